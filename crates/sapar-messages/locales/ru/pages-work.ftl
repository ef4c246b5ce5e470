### Перенаправления, задачи, дела, поиск, обзор, администрирование, проверки, законы и учётная запись.

## Перенаправления

referrals-inbox = Полученные
referrals-inbox-empty = Вашего ведомства ничего не ждёт.
referrals-sent = Отправленные
referrals-ended = Завершённые
referral-new-title = Перенаправить человека
referral-agency = В какое ведомство?
referral-purpose = С какой целью?
referral-permission = На чём это основано
referral-permission-hint = Выберите согласие человека или статью, которая требует этого без согласия.
referral-consent = Согласие
referral-legal-basis = Статья
referral-receives = Что получит ведомство
referral-classes-hint = Не больше, чем нужно для цели. Остальное ведомство не увидит.
referral-words = Что им нужно знать?
referral-words-hint = Потребности, язык, что уже сделано.
referral-send = Отправить перенаправление
referral-what = О перенаправлении
referral-from = От кого
referral-to = Кому
referral-form = Бланк (PDF), { $language }
referral-accept = Принять
referral-decline = Отклонить
referral-decline-why = Почему отклоняете?
referral-arrived = Человек прибыл
referral-complete = Завершить перенаправление
referral-complete-how = Чем закончилось?
referral-withdraw = Отозвать перенаправление

## Задачи

tasks-overdue = Просроченные
tasks-open = К выполнению
tasks-waiting = Срок ещё не идёт
tasks-ended = Завершённые
tasks-more-than-shown = Задач больше, чем здесь показано; у этих сроки раньше всех.
tasks-more = { $count ->
    [one] Ещё { $count } не показана.
    [few] Ещё { $count } не показаны.
   *[other] Ещё { $count } не показано.
}
tasks-agency = Ведомство
tasks-state = Состояние
tasks-all = Все
tasks-show = Показать
feed-title = Задачи в вашем календаре
feed-text = Календарь может подписаться на ваши сроки. В адресе нет имён, но никому его не давайте. Новый адрес отменяет старый.
feed-make = Создать новый адрес
feed-address = Адрес показан один раз. Скопируйте его в календарь:

## Дела

cases-of-team = Дела вашей группы
cases-offered = Предложено вашей группе
cases-closed = Закрытые
case-team = Группа
case-owner = Ответственный
case-opened = Открыто дело
case-people = Другие люди
case-no-people = С делом не связан никто другой.
case-link = Связать с человеком
case-link-person = Кого?
case-steps = Дальнейшие шаги
case-hand-over = Предложить другой группе
case-to-team = Какой группе?
case-why = Почему?
case-close = Закрыть дело
case-close-how = Чем закончилось дело?
case-reopen = Открыть дело снова

## Поиск

search-what = Имя или номер документа
search-hint = Латиницей или кириллицей. Ваш поиск записывается.
search-submit = Искать
search-found = { $count ->
    [one] Найден { $count } человек
    [few] Найдено { $count } человека
   *[other] Найдено { $count } человек
}
search-nothing = Проверьте написание, попробуйте другой алфавит или номер документа.
search-more = Есть и другие. Напишите имя полнее.

## Обзор

dashboard-period = С { $from } по { $until }
dashboard-outcomes = Люди по тому, что говорит закон
dashboard-referral = Часов от регистрации до перенаправления
dashboard-overdue = Просроченные задачи по ведомствам
dashboard-people = человек
dashboard-hours = часов
dashboard-tasks = задач
dashboard-table = То же в таблице
dashboard-described = Столбцы; те же числа приведены в таблице ниже.
dashboard-attention = требует внимания
dashboard-nothing = Считать пока нечего.

## Администрирование

administration-hint = Кто заводит пользователей, не видит ничьих данных.
administration-users = Пользователи
administration-user = Пользователь
administration-agencies = Ведомства
administration-posts = Посты
administration-teams = Группы
administration-new-user = Новый пользователь
administration-new-agency = Новое ведомство
administration-new-post = Новый пост
administration-new-team = Новая группа
administration-empty = Пока ничего не заведено.
administration-closed = закрыта
administration-name = Название или имя
administration-sign-in-hint = Строчные латинские буквы, цифры, дефисы.
administration-password = Первый пароль
administration-role = Роль
administration-agency = Ведомство пользователя
administration-team = Группа пользователя
administration-kind = Вид
administration-mandate = С какими целями оно действует?
administration-mandate-hint = Орган, который возвращает людей, и орган, который их защищает, заводятся как два ведомства: граница между ними проходит по целям.
administration-time-zone = Часовой пояс
administration-time-zone-hint = По названию в базе IANA, например Asia/Almaty.
administration-close = Учётная запись
administration-close-hint = Закрытая запись не позволяет войти; сделанное пользователем остаётся в журнале.
administration-close-yes = Запись закрыта
administration-passkeys-hint = Если устройство потеряно, удалите все; пароль останется, и пользователь добавит новые.
administration-passkeys-remove = Удалить все ключи доступа
administration-identity = Вход через центральный аппарат
administration-identity-hint = Кто входит там под этой записью, тот здесь этот пользователь. По почте или имени никто не ищется.
administration-issuer = Поставщик
administration-subject = Идентификатор у поставщика
administration-subject-hint = У поставщика он называется «sub» или subject. Оставьте пустым, чтобы убрать связь.

## Проверки

reviews-waiting = Ждут проверки
reviews-done = Проверено
reviews-none = Проверять нечего.
reviews-review = Проверить
reviews-verdict = Было ли обращение правомерным?
review-rightful = Правомерно
review-wrong = Неправомерно

## Законы

law-hint = Что программа читает как закон: текстом и нормами. У каждой нормы указано, насколько она проверена.
law-none = Пакеты законов не загружены.
law-norms = { $count ->
    [one] { $count } норма
    [few] { $count } нормы
   *[other] { $count } норм
}
law-on = По состоянию на день
law-on-wrong = Такого дня нет. Напишите, например, 2026-11-25.
law-no-norm = В этот день норм этой статьи нет в силе.
law-when = Когда:
law-limit = Срок:
law-except = Кроме случая:

## Учётная запись

account-title = Ваша учётная запись
account-password = Смена пароля
account-old = Нынешний пароль
account-new = Новый пароль
account-again = Новый пароль ещё раз
account-password-hint = Не меньше двенадцати знаков. Хорошо подойдут несколько слов.
account-change = Сменить пароль
account-passkeys = Ключи доступа
account-passkeys-hint = Ключ на вашем устройстве или носителе вместо пароля.
account-no-passkey = Ключей доступа нет.
account-added = Добавлен
account-used = Последний вход
account-unused = Ещё не использован
account-passkey-new = Новый ключ доступа
account-passkey-new-hint = Браузер попросит палец, лицо или PIN-код этого устройства либо ключ на носителе.
account-passkey-name = Название ключа
account-passkey-name-hint = Чтобы узнать его потом, например «синий ключ» или «телефон».
account-passkey-add = Добавить ключ доступа
account-passkey-change = Переименовать или удалить
account-passkey-rename = Переименовать
account-passkey-remove = Удалить ключ доступа
