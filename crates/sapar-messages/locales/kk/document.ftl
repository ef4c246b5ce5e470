### Жол жүру құжатының машинамен оқылатын аймағын оқу.

## Құжат түрлері

document-kind-passport = паспорт
document-kind-card = жеке куәлік немесе карта түріндегі жол жүру құжаты
document-kind-visa = виза
document-kind-unknown = түрі белгісіз құжат

## Оқылған деректердің атаулары

document-kind = Құжат
document-issuing-state = Берген мемлекет
document-number = Нөмірі (бір бөлігі жасырылған)
document-name = Аты-жөні
document-surname = Тегі
document-given-names = Аты
document-nationality = Азаматтығы
document-birth-date = Туған күні
document-sex = Жынысы
document-sex-female = әйел
document-sex-male = ер
document-sex-unspecified = көрсетілмеген
document-expiry = Жарамды мерзімі
document-personal-number = Жеке нөмірі немесе басқа деректер
document-whole = бүкіл аймақ

## Оқудағы қателер

document-check-digit-failed = «{ $field }» жолағында бақылау цифры сәйкес келмейді. Жолды қайта оқыңыз: қате терілген немесе құжат өзгертілген болуы мүмкін.
document-suggestion = Мүмкін, { $found } орнына { $suggested } болуы керек. Қабылдамас бұрын құжатпен салыстырыңыз.
document-not-read = Бұл машинамен оқылатын аймақ емес. Онда 44 немесе 36 таңбадан тұратын 2 жол не 30 таңбадан тұратын 3 жол болады: A-дан Z-ке дейінгі әріптер, цифрлар және < белгісі.
document-line-length = { $line }-жолдағы таңбалар саны: { $found }; қажеті: { $expected }.
document-character = { $line }-жолда { $character } таңбасы тұр, машинамен оқылатын аймақта ондай таңба болмайды.
document-not-protected = Аты-жөні, азаматтығы мен жынысы бақылау цифрымен қорғалмаған. Оларды басылған бетпен салыстырыңыз.
document-name-truncated = Аты-жөні толық сыймаған болуы мүмкін. Толық аты-жөнін басылған беттен алыңыз.
document-birth-date-incomplete = Құжатта туған күні толық көрсетілмеген.

## Құжат жарамды ма

document-expired = Құжаттың мерзімі өтіп кеткен, соңғы күні: { $date }.
document-expires = Құжат жарамды, соңғы күні: { $date }.
document-no-expiry = Құжатта жарамдылық мерзімі көрсетілмеген.
document-none = Құжат жоқ
document-none-is-not-a-reason = Құжаттың болмауы адамды қорғау сұрау құқығынан айырмайды.
