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
