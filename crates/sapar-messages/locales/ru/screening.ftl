### Опрос на границе и то, что говорит закон по его окончании.

## Состояние вывода

status-certain = установлено точно
status-open = пока не решено
status-excluded = исключено

## Заголовки итога

heading-prohibitions = Что запрещено
heading-duties = Что обязательно
heading-recommendations = Что рекомендуется
heading-permissions = Что разрешено
heading-undecided = Пока не решено (от чего зависит)
heading-conflicts = Где закон противоречит сам себе
heading-deadlines = Сроки
heading-articles = Статьи
heading-why = Почему
heading-overridden-by = Уступает норме
heading-deciding-facts = Факты, от которых зависит решение
heading-verification = Насколько проверен записанный закон

outcome-nothing-certain = По этому закону для этого человека пока ничего точно не установлено.
outcome-not-a-decision = Это не решение; решает сотрудник.
outcome-conflict = Закон одновременно требует и запрещает это. Не действуйте, пока не спросите сотрудника второй линии или юриста.
outcome-depends-on = зависит от следующего: { $facts }
outcome-law-as-of = { $order }, закон по состоянию на: { $date }

warning-unanswered-is-not-no = Никогда не считайте вопрос без ответа ответом «нет».
warning-ask-second-line = Обратитесь к сотруднику второй линии.
warning-ask-specialist = Обратитесь к специалисту.
warning-not-checked = Часть сказанного основана на законе, записанном по памяти и ещё не сверенном с источником.

## Начало

interview-choose-language = Выберите язык
interview-document-prompt = Введите машиносчитываемую зону или нажмите Enter, если документа нет

## Вопросы

interview-question = Вопрос { $number }
interview-why = Вопрос задаётся, потому что от него зависят: { $articles }
interview-hint-yes-no = y = да, n = нет
interview-hint-choice = введите номер ответа
interview-hint-number = введите целое число от { $least } до { $most }
interview-hint-country = введите три буквы страны, например KAZ
interview-hint-always = u = не знает, r = не хочет говорить, b = назад, ? = зачем этот вопрос, q = закончить

interview-bad-answer-yes-no = Ответ не понят. Введите y — да, n — нет, u — человек не знает, r — человек не хочет говорить.
interview-bad-answer-choice = Ответ не понят. Введите номер от 1 до { $count }, u — человек не знает, r — человек не хочет говорить.
interview-bad-answer-number = Ответ не понят. Введите целое число от { $least } до { $most }, u — человек не знает, r — человек не хочет говорить.
interview-bad-answer-country = Код страны не понят. Введите три буквы, например KAZ, u — человек не знает, r — человек не хочет говорить.
interview-at-first-question = Это первый вопрос, возвращаться некуда.

## Окончание

interview-progress = { $count ->
    [one] Отвечено на { $count } вопрос
    [few] Отвечено на { $count } вопроса
   *[other] Отвечено на { $count } вопросов
}
interview-finished = Опрос закончен. Никакой другой вопрос, который вам разрешено задать, не изменит сказанного здесь.
interview-stopped = Опрос прерван раньше времени. То, что установлено точно, остаётся в силе; остальное не решено.

## The screening on the command line

screen-title = Проверка Sapar: { $order }, право на { $date }
screen-invalid-choice = Введите один из показанных номеров.
screen-document-read = Из документа:
screen-field-not-used = Поле «{ $field }» не использовано: проверка не сошлась или поле не читается.
screen-document-age-range = Документ оставляет возраст открытым: { $ages }.
screen-document-protected = Выдавшее государство указывает, что владелец — лицо без гражданства или беженец.
screen-accept-suggestion = Использовать это чтение? y = да, n = нет
screen-suggested = Enter = { $value } (так следует из документа; осмотрите его)
screen-contradiction = Эти ответы не могут быть верны вместе: { $facts }. Ничего не записано; ответьте снова или введите b, чтобы вернуться.
screen-due = если это происходит сейчас: не позднее { $date }
screen-due-between = если это происходит сейчас: между { $earliest } и { $latest }; праздник ещё не объявлен
screen-due-at-least = если это начинается сейчас: не раньше конца дня { $date }
screen-due-at-most = если это начинается сейчас: не дольше чем до { $date }
screen-barred = Не действуйте по этому пункту: закон также говорит или может говорить: { $prohibition }
screen-undecided-by = Может выяснить { $role }:
screen-undecided-answered = Никто не смог ответить на то, что решило бы это:
screen-undecided-more = { $count ->
    [one] и ещё { $count }; показать: --all
    [few] и ещё { $count }; показать: --all
   *[other] и ещё { $count }; показать: --all
}
screen-verified = Основано на нормах: сверено с источником — { $seen }, по памяти — { $memory }, проверено юристом — { $reviewed }.
screen-facts-known = Что известно
screen-standing = Всегда и для каждого
