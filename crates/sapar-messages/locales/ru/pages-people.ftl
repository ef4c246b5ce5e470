### Контакты, регистрация и страница человека.

## Контакт

encounter-title = Контакт
encounter-new-title = Новый контакт
encounter-where = Где встретили человека?
encounter-post = Пост
encounter-post-hint = Для пункта пропуска или аэропорта.
encounter-place = Место
encounter-place-hint = Короткий код участка, района или зала.
encounter-how = Как это началось?
encounter-start = Начать контакт
encounter-register = Зарегистрировать человека
encounter-people = Кто здесь
encounter-nobody = Пока никто не зарегистрирован.
encounter-end = Завершить контакт
encounter-ended = завершён { $moment }
screening-start = Начать опрос

## Регистрация

registration-title = Регистрация человека
registration-lead = Отсканируйте документ или запишите со слов человека. Чего не знаете, оставьте пустым.
registration-zone = Машиносчитываемая зона
registration-zone-hint = Две или три строки букв внизу документа: отсканируйте, вставьте или наберите.
registration-zone-read = Что говорит зона
zone-good = Зона прочитана; все контрольные цифры сходятся.
zone-bad = Зона не прочитана: { $reason }
registration-who = Кто этот человек
registration-papers = Проездной документ
registration-submit = Зарегистрировать
field-surname = Фамилия
field-given = Имена
field-surname-cyrillic = Фамилия кириллицей
field-given-cyrillic = Имена кириллицей
field-as-in-document = Как в документе или как говорит человек.
field-birth = Дата рождения
field-birth-hint = Год, месяц и день, например 1994-05-17; 1994-05 или 1994, если больше не известно.
field-nationality = Гражданство
field-nationality-hint = «Нет гражданства» — отдельный ответ; если неизвестно, не выбирайте ничего.
field-sex = Пол
field-document-kind = Вид документа
field-document-number = Номер
field-issuer = Кем выдан
field-no-document = Документа нет, потому что
field-no-document-hint = Документы у другого человека могут быть признаком торговли людьми.
duplicate-title = Этот человек уже известен?
duplicate-lead = Посмотрите на обе записи. Программа не решает: у двух людей могут быть одинаковые имя и день рождения.
duplicate-new = Вы регистрируете:
duplicate-last-met = последняя встреча
duplicate-same = Это тот же человек
duplicate-different = Это другой человек: зарегистрировать
duplicate-same-document = тот же номер документа
duplicate-same-document-other-issuer = тот же номер документа, но другой орган выдачи
duplicate-similar-name = имена похожи на { $percent } %
duplicate-birth-fits = дата рождения может совпадать

## Человек

person-title = Человек
person-erased-text = Персональные данные удалены. Записи о действиях остались, но без указания, о ком они.
person-who = Кто это
person-outcome = Что сейчас говорит закон
person-outcome-whole = Весь результат
outcome-duties-count = { $count ->
    [one] { $count } обязанность
    [few] { $count } обязанности
   *[other] { $count } обязанностей
}
outcome-open-count = { $count ->
    [one] { $count } вопрос не решён
    [few] { $count } вопроса не решены
   *[other] { $count } вопросов не решено
}
person-refer = Перенаправить человека
person-screenings = Опросы
person-correct = Исправить
person-correct-hint = Прежние сведения останутся в хронологии.
screenings-none = Этого человека ещё не опрашивали.
referrals-none = Перенаправлений нет.
cases-none = Дел нет.
cases-open = Открыть дело
cases-kind = Вид дела
timeline-title = Что происходило
notes-title = Заметки
notes-empty = Заметок нет.
notes-add = Написать заметку
notes-words = Заметка
notes-classes = О чём она?
notes-classes-hint = Её прочтут только те, кому доступно всё выбранное. При сомнении выберите больше.
documents-title = Документы
documents-empty = Документов нет.
documents-add = Добавить документ
documents-file = Файл
documents-file-hint = PDF, JPEG, PNG или WebP, не больше 20 МБ.
documents-kind = Что это?
document-withdrawn = отозван
size-kilobytes = { $count } КБ
size-megabytes = { $count } МБ
links-title = Связи с другими людьми
links-claims = Это слова, а не доказанные факты.
links-empty = Связи не записаны.
links-add = Записать связь
links-kind = Кем приходится этот человек
links-other = Кому?
links-basis = Откуда это известно?
consents-title = Согласия
consents-none = Согласия не спрашивали. Не спросить не значит получить отказ.
consents-add = Записать ответ
consents-hint = Спрашивайте на понятном человеку языке. Он вправе отказаться и в любое время отозвать согласие.
consents-purpose = Для чего?
consents-agency = Для какого ведомства?
consents-agency-hint = Не выбирайте, если согласие дано любому ведомству с этой целью.
consents-answer = Что говорит человек?
looks-hint = Здесь перечислены все, кто открывал эту страницу или находил этого человека.
break-glass-title = Экстренный случай: открыть скрытое
break-glass-text = Только при угрозе жизни или здоровью. Руководитель узнает сразу, ваше имя останется на этой странице, обращение будет проверено.
break-glass-reason = Почему нельзя ждать?
break-glass-reason-hint = Не меньше десяти знаков.
break-glass-submit = Открыть с последующей проверкой
erasure-title = Удалить персональные данные
erasure-text = Ключ этого человека будет уничтожен. Данные не вернёт никто, даже резервная копия.
erasure-reason = На каком основании?
erasure-submit = Удалить навсегда
