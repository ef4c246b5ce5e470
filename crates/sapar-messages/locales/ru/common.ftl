### Слова, которыми пользуются все части Сапара.

## Ответы и значения

yes = да
no = нет
unknown = неизвестно
not-applicable = не относится к этому случаю
does-not-know = не знает
does-not-want-to-say = не хочет говорить

word-and = и
word-or = или
word-not = не

## Дата в родительном падеже: «24 ноября 2026 года».

date = { $day } { $month ->
    [1] января
    [2] февраля
    [3] марта
    [4] апреля
    [5] мая
    [6] июня
    [7] июля
    [8] августа
    [9] сентября
    [10] октября
    [11] ноября
    [12] декабря
   *[other] ({ $month })
} { $year } года

## Кто может спрашивать и как узнаётся факт

role-first-line = сотрудник первой линии
role-second-line = сотрудник второй линии
role-specialist = специалист

learned-observing = видит сам сотрудник
learned-document = прочитано в документе
learned-asking = спрошено у человека
learned-specialist = установлено специалистом
learned-deriving = следует из других ответов

## Насколько проверена записанная норма

verification-seen = сверено с источником: { $source }, { $date }
verification-memory = по памяти, с источником не сверено
verification-reviewed = проверено экспертом: { $name }, { $date }
verification-proposed = предложение, никем не принятое
