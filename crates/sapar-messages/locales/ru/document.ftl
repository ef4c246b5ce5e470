### Чтение машиносчитываемой зоны проездного документа.

## Виды документов

document-kind-passport = паспорт
document-kind-card = удостоверение личности или проездной документ в виде карты
document-kind-visa = виза
document-kind-unknown = документ неизвестного вида

## Названия прочитанного

document-kind = Документ
document-issuing-state = Кем выдан
document-number = Номер (частично скрыт)
document-name = Имя и фамилия
document-surname = Фамилия
document-given-names = Имена
document-nationality = Гражданство
document-birth-date = Дата рождения
document-sex = Пол
document-sex-female = женский
document-sex-male = мужской
document-sex-unspecified = не указан
document-expiry = Действителен до
document-personal-number = Личный номер или другие данные
document-whole = вся зона

## Ошибки в прочитанном

document-check-digit-failed = Контрольная цифра не сходится в поле «{ $field }». Прочитайте строку ещё раз: возможна опечатка, или документ изменён.
document-suggestion = Возможно, вместо { $found } должно быть { $suggested }. Сравните с документом, прежде чем принять это.
document-not-read = Это не машиносчитываемая зона. В ней 2 строки по 44 или 36 знаков либо 3 строки по 30: буквы от A до Z, цифры и знак <.
document-line-length = Число знаков в строке { $line }: { $found }; требуется: { $expected }.
document-character = В строке { $line } стоит знак { $character }, которого в машиносчитываемой зоне не бывает.
document-not-protected = Имя, гражданство и пол не защищены контрольной цифрой. Сравните их с напечатанной страницей.
document-name-truncated = Имя, возможно, обрезано. Возьмите полное имя с напечатанной страницы.
document-birth-date-incomplete = Дата рождения указана в документе не полностью.

## Действителен ли документ

document-expired = Последний день действия документа прошёл: { $date }.
document-expires = Документ действителен по { $date } включительно.
document-no-expiry = В документе не указан срок действия.
document-none = Документа нет
document-none-is-not-a-reason = Отсутствие документа не лишает человека права просить о защите.

## Другие ошибки в прочитанном и в индивидуальном идентификационном номере

document-check-digit-missing = В поле «{ $field }» нет контрольной цифры. Прочитайте строку ещё раз.
document-check-digit-not-digit = В поле «{ $field }» на месте контрольной цифры стоит буква. Прочитайте строку ещё раз.
document-date-not-digits = В поле «{ $field }» должно быть шесть цифр; неизвестные части пишутся знаками <<.
document-date-impossible = В поле «{ $field }» указан день, которого не бывает. Прочитайте строку ещё раз.
document-field-not-letters = В поле «{ $field }» стоит цифра, а там бывают только буквы. Прочитайте строку ещё раз.
document-field-empty = Поле «{ $field }» пустое.
document-sex-unknown = В поле «{ $field }» неизвестный знак. Там бывает M, F, X или <.
document-code-unknown = Документы со строками такой длины не начинаются с этой буквы. Проверьте первую букву первой строки.
document-write-characters = В поле «{ $field }» есть знак, которого там быть не может.
document-write-too-long = Поле «{ $field }» длиннее отведённого места.
iin-length = В индивидуальном идентификационном номере 12 цифр; введено знаков: { $found }.
iin-not-digit = Знак { $position } индивидуального идентификационного номера — не цифра.
iin-date = Первые шесть цифр индивидуального идентификационного номера не образуют дату.
iin-century = Седьмая цифра индивидуального идентификационного номера не обозначает век.
iin-check-digit = Последняя цифра индивидуального идентификационного номера не сходится с остальными. Прочитайте номер ещё раз.
