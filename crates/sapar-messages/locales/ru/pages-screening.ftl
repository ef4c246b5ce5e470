### Опрос, вопрос для самого человека и результат.

## Опрос

interview-how = Откуда это известно?
interview-answer = Ответ
interview-answer-many = Выберите всё, что верно
interview-range = Целое число от { $least } до { $most }.
interview-next = Далее
interview-before = ответ был таким
interview-not-said = Ответа нет
interview-back = На вопрос назад
interview-turn = Показать человеку
interview-why-asked = Зачем этот вопрос?
interview-last-answers = Последние ответы
interview-stop = Прервать опрос
interview-stop-hint = Ответы сохранятся, а результат покажет, что уже точно установлено.
interview-stop-why = Почему прерываете?
interview-nothing-more = Больше спрашивать нечего
interview-finish = Закончить опрос
interview-suggested = По документу: { $value }. Посмотрите на человека и на документ.
interview-care-child = Ребёнка спрашивает только специалист в присутствии опекуна.
interview-care-quiet = Спрашивайте в тихой комнате, без спутников, с переводчиком, на которого человек согласен.
answers-title = Ответы
answers-hint = Ответ можно исправить. Прежний ответ останется в записях.
answers-none = Ответов пока нет.
answers-corrected = исправлено
answers-correct = Исправить ответ
answers-back = К вопросу
answers-outcome = Результат на сейчас

## Это читает сам человек

traveller-title = Вопрос для вас
traveller-back = Сотруднику
traveller-does-not-know = Я не знаю
traveller-does-not-want = Я не хочу говорить
traveller-free = Вы можете не отвечать и можете остановиться в любой момент. Это не будет использовано против вас.

## Результат

outcome-title = Что говорит закон
outcome-no-prohibition = Пока ничего точно не запрещено. Это не разрешение.
outcome-perhaps-forbidden = Возможно, запрещено
outcome-perhaps-forbidden-text = Это не исключено. Пока не исключено, действуйте так, как если бы это было запрещено.
outcome-perhaps = Возможно, запрещено
outcome-partial = Опрос прерван
outcome-partial-text = Указанное здесь всё равно точно; остальное не решено, а не отвергнуто.
outcome-preferred = По иерархии актов преимущество имеет:
outcome-changes = Что изменилось с прошлого результата
outcome-change-begins = Новое:
outcome-change-ends = Больше нет:
outcome-advice = Рекомендуется
outcome-advice-against = Не рекомендуется
outcome-rights = Права и дозволения
outcome-undecided = Пока не определено
outcome-no-duty = Пока ни одна обязанность не установлена точно.
outcome-decided-by = Это решит ответ на вопрос:
outcome-asker = Спросить может: { $role }
outcome-barred = Не действуйте: закон также говорит или может говорить: { $act }
outcome-why = Статьи и основания
outcome-notice = Памятка о правах (PDF), { $language }
outcome-go-on = Продолжить опрос и уточнить
