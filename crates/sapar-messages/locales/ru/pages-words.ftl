### Слова работы с делами по кодам, которые стоят в событиях: виды, состояния, причины.

## Где и как встретили людей

place-kind-post = Пункт пропуска
place-kind-green-border = Участок границы вне пунктов пропуска
place-kind-airport-transit = Транзитная зона аэропорта
place-kind-inland = Внутри страны
beginning-check = Проверка
beginning-interception = Задержание при пересечении
beginning-voluntary-approach = Человек обратился сам
beginning-referral = Направило другое ведомство

## Человек

sex-female = Женский
sex-male = Мужской
sex-unspecified = В документе не указан
travel-document-kind-passport = Паспорт
travel-document-kind-identity-card = Удостоверение личности
travel-document-kind-convention-document = Проездной документ беженца или лица без гражданства
travel-document-kind-return-certificate = Свидетельство на возвращение
travel-document-kind-permit = Виза или вид на жительство
travel-document-kind-other = Другой документ
no-document-never-had = Никогда не было
no-document-lost = Потерян
no-document-stolen = Украден
no-document-held-by-another = Находится у другого человека
no-document-destroyed = Уничтожен
no-document-not-shown = Не хочет показывать
no-document-not-known = Причина неизвестна
link-kind-spouse = Супруг или супруга
link-kind-parent-of = Родитель
link-kind-child-of = Ребёнок
link-kind-sibling = Брат или сестра
link-kind-other-relative = Другой родственник
link-kind-guardian-of = Опекун или попечитель
link-kind-ward-of = Подопечный
link-kind-travels-with = Едет вместе с
basis-said = Говорит сам человек
basis-said-by-other = Говорит другой человек
basis-document = По документу
basis-observed = Видел сотрудник
basis-authority = Сообщило другое ведомство
claim-claimed = заявлено, не проверено
claim-confirmed = подтверждено
claim-refuted = опровергнуто
claim-withdrawn = взято назад
consent-not-asked = не спрашивали
consent-given = дано
consent-refused = отказано
consent-withdrawn = отозвано
consent-answer-given = Человек согласен
consent-answer-refused = Человек не согласен

## Для чего используются данные

purpose-protection = Ходатайство об убежище
purpose-child-care = Забота о ребёнке
purpose-trafficking-help = Выявление жертв торговли людьми и помощь им
purpose-health = Медицинская помощь
purpose-family-tracing = Розыск и воссоединение семьи
purpose-legal-help = Юридическая консультация
purpose-basic-needs = Жильё, питание, самое необходимое
purpose-statelessness = Безгражданство или гражданство
purpose-investigation = Расследование правонарушения
purpose-return = Возвращение
purpose-readmission = Реадмиссия (передача по соглашению)

## Первичная проверка

how-observed = Увидено
how-asked = Спрошено
how-document = Прочитано в документе
how-specialist = Установлено специалистом
how-authority = Сообщено другим ведомством
how-derived = Следует из других ответов
stop-reason-person-stopped = Человек не хочет продолжать
stop-reason-needs-help-first = Сначала человеку нужна помощь
stop-reason-no-interpreter = Нет переводчика
stop-reason-circumstances = Не позволяет время или место
stop-reason-passed-on = Продолжит следующая линия

## Задачи

waive-reason-done-elsewhere = Это делает другое ведомство
waive-reason-person-gone = Человек уехал или не найден
waive-reason-person-refuses = Человек отказывается и вправе
waive-reason-mistake = Записано по ошибке
waive-reason-other = Другая причина, указанная словами

## Перенаправления

referral-state-offered = ждёт ответа
referral-state-accepted = принято
referral-state-declined = отклонено
referral-state-arrived = человек прибыл
referral-state-completed = завершено
referral-state-withdrawn = отозвано отправителем
decline-reason-no-capacity = Нет мест или сотрудников
decline-reason-not-competent = Не относится к этому ведомству
decline-reason-incomplete = Не хватает нужного
decline-reason-person-refuses = Человек этого не хочет
decline-reason-other = Другая причина
completion-helped = Помощь оказана полностью
completion-helped-in-part = Помощь оказана частично
completion-passed-on = Передано другому ведомству
completion-person-left = Человек ушёл до завершения
completion-not-needed = Оказалось не нужно

## Дела

case-kind-protection = Защита
case-kind-asylum-referral = Передача просьбы об убежище
case-kind-trafficking-victim = Жертва торговли людьми
case-kind-smuggled-migrant = Незаконно ввезённый мигрант
case-kind-unaccompanied-child = Ребёнок без сопровождения
case-kind-statelessness = Безгражданство
case-kind-detention-review = Пересмотр содержания под стражей
case-kind-return = Возвращение
case-kind-readmission = Реадмиссия
case-state-open = открыто
case-state-closed = закрыто
case-state-handover = предложено группе
case-outcome-protection-granted = Защита предоставлена
case-outcome-protection-refused = В защите окончательно отказано
case-outcome-application-withdrawn = Ходатайство отозвано
case-outcome-passed-to-asylum-authority = Передано органу по вопросам убежища
case-outcome-identified-as-victim = Признан жертвой, помощь оказана
case-outcome-not-identified-as-victim = Признаков торговли людьми не найдено
case-outcome-residence-granted = Дано разрешение на проживание
case-outcome-in-care = Под опекой или в семье
case-outcome-found-adult = Установлено совершеннолетие
case-outcome-nationality-confirmed = Гражданство установлено или предоставлено
case-outcome-found-stateless = Признан лицом без гражданства
case-outcome-released = Освобождён
case-outcome-detention-upheld = Содержание под стражей оставлено в силе
case-outcome-left-voluntarily = Выехал добровольно
case-outcome-returned = Возвращён
case-outcome-readmitted = Принят другим государством
case-outcome-readmission-refused = Другое государство отказало
case-outcome-return-abandoned = Возвращение недопустимо или невозможно
case-outcome-taken-over = Перешло в другое дело
case-outcome-person-gone = Человек не найден
case-outcome-mistake = Открыто по ошибке

## Документы

document-type-travel-document = Копия проездного документа
document-type-identity-paper = Другой документ о личности
document-type-photograph = Фотография
document-type-medical = Медицинский документ
document-type-application = Заявление
document-type-decision = Решение ведомства или суда
document-type-interview-record = Запись опроса
document-type-consent = Подписанное согласие
document-type-evidence = Доказательство правонарушения
document-type-other = Другой документ
