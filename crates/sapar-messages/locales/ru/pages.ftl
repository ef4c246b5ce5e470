### Что говорит каждая страница: рамка, формы, вход, рабочий стол, ошибки, справка.

## Рамка

product-name = Сапар
skip-to-content = Перейти к содержанию
languages = Язык страницы
menu = Меню
navigation = Разделы
demonstration-title = Демонстрация.
demonstration-text = Все люди и все данные здесь вымышлены.
title-error = Ошибка:
sign-out = Выйти
purpose-now = Сейчас вы работаете с целью
purpose-change = Сменить
foot-motto = Сапар говорит, чего требует закон. Решает сотрудник.
foot-zone = Время указано по месту: { $zone }. Сейчас { $moment }.

## Навигация

nav-desk = Рабочий стол
nav-new-encounter = Новый контакт
nav-search = Поиск
nav-tasks = Задачи
nav-referrals = Перенаправления
nav-cases = Дела
nav-dashboard = Обзор
nav-reviews = Экстренный доступ
nav-administration = Администрирование
nav-law = Законы
nav-help = Справка
nav-overdue = { $count ->
    [one] { $count } задача просрочена
    [few] { $count } задачи просрочены
   *[other] { $count } задач просрочено
}
nav-unread = { $count ->
    [one] { $count } перенаправление ждёт ответа
    [few] { $count } перенаправления ждут ответа
   *[other] { $count } перенаправлений ждут ответа
}
nav-waiting = { $count ->
    [one] { $count } вопрос ждёт
    [few] { $count } вопроса ждут
   *[other] { $count } вопросов ждут
}

## Время

moment = { $date } в { $time }
moment-today = сегодня в { $time }
moment-tomorrow = завтра в { $time }
moment-yesterday = вчера в { $time }
time-until = { KEY($unit) ->
    [hours] { $count ->
        [one] через { $count } час
        [few] через { $count } часа
       *[other] через { $count } часов
    }
    [days] { $count ->
        [one] через { $count } день
        [few] через { $count } дня
       *[other] через { $count } дней
    }
   *[other] { $count ->
        [one] через { $count } минуту
        [few] через { $count } минуты
       *[other] через { $count } минут
    }
}
time-since = { KEY($unit) ->
    [hours] { $count ->
        [one] { $count } час назад
        [few] { $count } часа назад
       *[other] { $count } часов назад
    }
    [days] { $count ->
        [one] { $count } день назад
        [few] { $count } дня назад
       *[other] { $count } дней назад
    }
   *[other] { $count ->
        [0] только что
        [one] { $count } минуту назад
        [few] { $count } минуты назад
       *[other] { $count } минут назад
    }
}
time-overdue = { KEY($unit) ->
    [hours] { $count ->
        [one] просрочено на { $count } час
        [few] просрочено на { $count } часа
       *[other] просрочено на { $count } часов
    }
    [days] { $count ->
        [one] просрочено на { $count } день
        [few] просрочено на { $count } дня
       *[other] просрочено на { $count } дней
    }
   *[other] { $count ->
        [one] просрочено на { $count } минуту
        [few] просрочено на { $count } минуты
       *[other] просрочено на { $count } минут
    }
}
due-by = (срок: { $moment })
due-between = (последний день между { $earliest } и { $latest }: праздник ещё не объявлен)
due-promptly = Незамедлительно
due-since = (начало: { $moment })
due-waits = Срок пойдёт с события:
due-not-counted = Посчитайте вручную: календарь не смог

## Формы

form-optional = (можно не заполнять)
form-choose = Выберите
form-errors = Исправьте, пожалуйста; написанное сохранено
form-send = Отправить
form-save = Сохранить
form-cancel = Отменить
form-required = Заполните это поле
field-words = Словами
field-reason = Причина
column-when = Когда
column-who = Кто
column-purpose = Цель
column-what = Что

## Списки

people-count = { $count ->
    [one] { $count } человек
    [few] { $count } человека
   *[other] { $count } человек
}
person-erased = Данные удалены
person-unnamed = Имя неизвестно
person-child = ребёнок
timeline-empty = Пока ничего не записано.
looks-title = Кто смотрел
looks-empty = Пока никто не смотрел.
looks-break-glass = экстренный доступ
task-complete = Сделано
task-waive = Делать не нужно
task-waive-why = Почему делать не нужно?
task-escalated = на столе у руководителя
task-done = сделано
task-done-late = сделано с опозданием
task-waived = не требуется
task-replaced = заменена: изменились факты или закон

## Вход

sign-in-title = Вход
sign-in-lead = Для сотрудников ведомств, которые занимаются людьми на границе.
sign-in-name = Имя пользователя
sign-in-password = Пароль
sign-in-submit = Войти
sign-in-single = Войти через центральный аппарат
sign-in-passkey = Войти с ключом доступа
passkey-elsewhere = Ключи доступа действуют по другому адресу этого сайта, а по адресу из цифр не действуют никогда. Откройте его, чтобы войти с ключом:
passkey-none-here = Ключам доступа нужен адрес с именем, а у этого сервера его нет. Адрес задаёт администратор.
passkey-refused = Ключ доступа не принят. Попробуйте ещё раз или введите пароль.
openid-unreachable = Служба входа центрального аппарата не отвечает. Войдите по имени и паролю или попробуйте через несколько минут.
openid-refused = Войти через центральный аппарат не удалось. Начните снова или войдите по имени и паролю.
openid-unknown = Центральный аппарат вас знает, но ни одна действующая запись здесь с вами не связана. Сообщите администратору этот идентификатор: { $subject }
sign-in-not-done = Вы не вошли
sign-in-done = Вы вошли
sign-in-onward = Перейти к рабочему столу
sign-in-demonstration = Пользователи для демонстрации
sign-in-demonstration-password = Выберите, кем войти. Все они вымышлены, и пароль у всех один:
sign-in-wrong = Имя и пароль не подходят друг к другу. Проверьте оба; прописные буквы различаются.
sign-in-locked = Слишком много попыток. Подождите несколько минут или обратитесь к администратору.
sign-in-again = Вы вышли, так как долго не работали. Войдите снова.

## Рабочий стол

desk-title = Ваш рабочий стол
desk-new-encounter = Новый контакт
desk-search = Найти человека
desk-tasks = Ваши задачи
desk-no-tasks = Ничего не нужно делать.
desk-all-tasks = Все задачи
desk-more-tasks = { $count ->
    [one] ещё { $count } задача
    [few] ещё { $count } задачи
   *[other] ещё { $count } задач
}
desk-encounters = Открытые контакты
desk-no-encounters = Открытых контактов нет.
desk-people = Люди за сегодня
desk-no-people = Сегодня никто не зарегистрирован.
desk-continue = Продолжить опрос
desk-outcome = Результат
stage-registered = зарегистрирован
stage-running = идёт опрос
stage-stopped = опрос прерван
stage-finished = результат готов

## Ошибки

problem-403-title = Вам это недоступно
problem-403-text = Ваша роль и выбранная цель этого не позволяют. Выберите другую цель или обратитесь к руководителю.
problem-404-title = Здесь ничего нет
problem-404-text = Проверьте адрес или найдите человека либо дело через поиск.
problem-409-title = Это тем временем изменил кто-то другой
problem-409-text = Ваше изменение не записано. Откройте страницу снова, посмотрите, что нового, и повторите то, что ещё верно.
problem-413-title = Слишком большой объём
problem-413-text = Файл может быть не больше 20 МБ. Отсканируйте его с меньшим разрешением или разделите.
problem-422-title = Запрос не понят
problem-422-text = Ничего не записано. Вернитесь, проверьте написанное и отправьте снова.
problem-429-title = Слишком много запросов
problem-429-text = Подождите немного и попробуйте снова. Ничего не потеряно.
problem-500-title = Ошибка программы
problem-500-text = Записанное ранее сохранно. Попробуйте ещё раз; если повторится, обратитесь в поддержку и назовите номер ниже.
problem-503-title = Сапар сейчас не может записывать
problem-503-text = Этот шаг не записан. Подождите минуту и попробуйте снова; срочное запишите на бумаге.
problem-retry = { $count ->
    [one] Повторите через { $count } секунду.
    [few] Повторите через { $count } секунды.
   *[other] Повторите через { $count } секунд.
}
problem-to-desk = К рабочему столу
problem-whom-to-call = К кому обратиться
problem-status = Код состояния { $status }
problem-reference = Номер для поддержки: { $reference }

## Справка

help-title = Справка
help-colours = Что означают знаки
help-prohibition = Этого делать нельзя, чего бы ещё ни требовали. Красным показан только запрет.
help-duty = Это нужно сделать, часто к определённому сроку.
help-right = Человек или сотрудник вправе это сделать.
help-open = Закон пока не даёт ответа: решает вопрос, на который ещё не ответили. Это никогда не «нет».
help-late-word = Просрочено
help-late = Срок прошёл. Сделайте сейчас или объясните, почему нет.
help-unknown-title = «Неизвестно» не значит «нет»
help-unknown-text = Кто не знает или не хочет говорить, не сказал «нет». Сапар различает эти три ответа, и молчание не лишает прав.
help-keys = Клавиши
help-key-tab = следующее поле или кнопка
help-key-enter = отправить форму или нажать кнопку
help-key-digits = в опросе: выбрать ответ с этим номером
help-key-unknown = в опросе: человек не знает
help-key-refuses = в опросе: человек не хочет говорить
help-call = Кому звонить
help-no-contacts = Для вашего поста номера не внесены. Спросите руководителя.
help-version = Версия { $version }
outcome-prohibition = Запрещено
outcome-duty = Обязательно
outcome-right = Право
outcome-open = Не определено

## Клавиши опроса можно отключить, как требует WCAG 2.1.4.

help-keys-turn-off = Отключить клавиши опроса на этом устройстве
help-keys-turn-on = Снова включить клавиши опроса
