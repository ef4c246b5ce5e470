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

## Оқудағы басқа қателер және жеке сәйкестендіру нөміріндегі қателер

document-check-digit-missing = «{ $field }» жолағында бақылау цифры жоқ. Жолды қайта оқыңыз.
document-check-digit-not-digit = «{ $field }» жолағында бақылау цифрының орнында әріп тұр. Жолды қайта оқыңыз.
document-date-not-digits = «{ $field }» жолағында алты цифр болуы керек; белгісіз бөліктері << белгілерімен жазылады.
document-date-impossible = «{ $field }» жолағында жоқ күн көрсетілген. Жолды қайта оқыңыз.
document-field-not-letters = «{ $field }» жолағында цифр тұр, ал онда тек әріптер болады. Жолды қайта оқыңыз.
document-field-empty = «{ $field }» жолағы бос.
document-sex-unknown = «{ $field }» жолағында белгісіз таңба тұр. Онда M, F, X немесе < болады.
document-code-unknown = Жолдары осындай ұзындықтағы құжат бұл әріптен басталмайды. Бірінші жолдың бірінші әрпін тексеріңіз.
document-write-characters = «{ $field }» жолағында онда тұра алмайтын таңба бар.
document-write-too-long = «{ $field }» жолағы бөлінген орыннан ұзын.
iin-length = Жеке сәйкестендіру нөмірінде 12 цифр болады; енгізілген таңбалар саны: { $found }.
iin-not-digit = Жеке сәйкестендіру нөмірінің { $position }-таңбасы цифр емес.
iin-date = Жеке сәйкестендіру нөмірінің алғашқы алты цифры күнді білдірмейді.
iin-century = Жеке сәйкестендіру нөмірінің жетінші цифры ғасырды білдірмейді.
iin-check-digit = Жеке сәйкестендіру нөмірінің соңғы цифры басқаларына сәйкес келмейді. Нөмірді қайта оқыңыз.
