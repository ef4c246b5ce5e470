### Әр бет не айтады: жақтау, нысандар, кіру, жұмыс үстелі, қателер, анықтама.

## Жақтау

product-name = Сапар
skip-to-content = Мазмұнға өту
languages = Бет тілі
menu = Мәзір
navigation = Бөлімдер
demonstration-title = Көрсетілім.
demonstration-text = Мұндағы адамдар мен деректердің бәрі ойдан шығарылған.
title-error = Қате:
sign-out = Шығу
purpose-now = Қазіргі жұмыс мақсатыңыз
purpose-change = Ауыстыру
foot-motto = «Сапар» заңның не талап ететінін айтады. Шешімді қызметкер қабылдайды.
foot-zone = Уақыт мына жер бойынша: { $zone }. Қазір: { $moment }.

## Бөлімдер атауы

nav-desk = Жұмыс үстелі
nav-new-encounter = Жаңа кездесу
nav-search = Іздеу
nav-tasks = Тапсырмалар
nav-referrals = Қайта бағыттаулар
nav-cases = Істер
nav-dashboard = Шолу
nav-reviews = Шұғыл қол жеткізу
nav-administration = Әкімшілендіру
nav-law = Заңдар
nav-help = Анықтама
nav-overdue = мерзімі өткен тапсырма: { $count }
nav-unread = жауап күткен қайта бағыттау: { $count }
nav-waiting = күтіп тұрғаны: { $count }

## Уақыт

moment = { $date }, сағат { $time }
moment-today = бүгін, { $time }
moment-tomorrow = ертең, { $time }
moment-yesterday = кеше, { $time }
time-until = { KEY($unit) ->
    [hours] { $count } сағаттан кейін
    [days] { $count } күннен кейін
   *[other] { $count } минуттан кейін
}
time-since = { KEY($unit) ->
    [hours] { $count } сағат бұрын
    [days] { $count } күн бұрын
   *[other] { $count } минут бұрын
}
time-overdue = { KEY($unit) ->
    [hours] { $count } сағатқа кешікті
    [days] { $count } күнге кешікті
   *[other] { $count } минутқа кешікті
}
due-by = (мерзімі: { $moment })
due-between = (соңғы күні { $earliest } мен { $latest } аралығында: мереке әлі жарияланған жоқ)
due-promptly = Кідіріссіз
due-since = (басталғаны: { $moment })
due-waits = Мерзім мынадан басталады:
due-not-counted = Қолмен санаңыз: күнтізбе санай алмады

## Нысандар

form-optional = (толтырмауға болады)
form-choose = Таңдаңыз
form-errors = Мынаны түзетіңіз; жазғаныңыз сақталды
form-send = Жіберу
form-save = Сақтау
form-cancel = Бас тарту
form-required = Осы өрісті толтырыңыз
field-words = Сөзбен
field-reason = Себебі
column-when = Қашан
column-who = Кім
column-purpose = Мақсаты
column-what = Не

## Тізімдер

people-count = { $count } адам
person-erased = Деректері өшірілген
person-unnamed = Аты белгісіз
person-child = бала
timeline-empty = Әзірге ештеңе жазылмаған.
looks-title = Кім қарады
looks-empty = Әзірге ешкім қараған жоқ.
looks-break-glass = шұғыл қол жеткізу
task-complete = Орындалды
task-waive = Орындаудың қажеті жоқ
task-waive-why = Неге орындаудың қажеті жоқ?
task-escalated = басшының үстелінде
task-done = орындалды
task-done-late = кешігіп орындалды
task-waived = қажет емес
task-replaced = ауыстырылды: факт не заң өзгерді

## Кіру

sign-in-title = Кіру
sign-in-lead = Шекарадағы адамдармен айналысатын ведомстволардың қызметкерлеріне арналған.
sign-in-name = Пайдаланушы аты
sign-in-password = Құпиясөз
sign-in-submit = Кіру
sign-in-single = Орталық аппарат арқылы кіру
sign-in-demonstration = Көрсетілім пайдаланушылары
sign-in-demonstration-password = Кім болып кіретініңізді таңдаңыз. Бәрі ойдан шығарылған, құпиясөзі бірдей:
sign-in-wrong = Аты мен құпиясөз сәйкес келмейді. Екеуін де тексеріңіз; бас әріптер ескеріледі.
sign-in-locked = Әрекет тым көп болды. Бірнеше минут күтіңіз немесе әкімшіге хабарласыңыз.
sign-in-again = Ұзақ жұмыс істемегендіктен сеанс жабылды. Қайта кіріңіз.

## Жұмыс үстелі

desk-title = Жұмыс үстеліңіз
desk-new-encounter = Жаңа кездесу
desk-search = Адамды іздеу
desk-tasks = Тапсырмаларыңыз
desk-no-tasks = Орындалатын ештеңе жоқ.
desk-all-tasks = Барлық тапсырма
desk-more-tasks = тағы { $count } тапсырма
desk-encounters = Ашық кездесулер
desk-no-encounters = Ашық кездесу жоқ.
desk-people = Бүгінгі адамдар
desk-no-people = Бүгін ешкім тіркелген жоқ.
desk-continue = Сұрақ-жауапты жалғастыру
desk-outcome = Нәтижесі
stage-registered = тіркелді
stage-running = сұрақ-жауап жүріп жатыр
stage-stopped = сұрақ-жауап тоқтатылды
stage-finished = нәтижесі дайын

## Қателер

problem-403-title = Бұл сізге ашық емес
problem-403-text = Рөліңіз бен таңдаған мақсатыңыз бұған жол бермейді. Басқа мақсат таңдаңыз немесе басшыңызға хабарласыңыз.
problem-404-title = Мұнда ештеңе жоқ
problem-404-text = Мекенжайды тексеріңіз немесе адамды не істі іздеу арқылы табыңыз.
problem-409-title = Мұны осы арада басқа біреу өзгертті
problem-409-text = Сіздің өзгерісіңіз жазылған жоқ. Бетті қайта ашып, жаңасын қарап, әлі дұрысын қайталаңыз.
problem-413-title = Көлемі тым үлкен
problem-413-text = Файл 20 МБ-тан аспауы керек. Оны төменірек ажыратымдылықпен сканерлеңіз немесе бөліңіз.
problem-422-title = Сұрау түсініксіз
problem-422-text = Ештеңе жазылмады. Артқа қайтып, жазғаныңызды тексеріп, қайта жіберіңіз.
problem-429-title = Сұрау тым көп
problem-429-text = Сәл күтіп, қайталап көріңіз. Ештеңе жоғалған жоқ.
problem-500-title = Бағдарламадан қате кетті
problem-500-text = Бұрын жазылғандар сақталды. Тағы бір рет көріңіз; қайталанса, қолдау қызметіне хабарласып, төмендегі нөмірді айтыңыз.
problem-503-title = «Сапар» қазір жаза алмайды
problem-503-text = Бұл қадам жазылмады. Бір минут күтіп, қайталап көріңіз; шұғылын қағазға жазыңыз.
problem-retry = { $count } секундтан кейін қайталаңыз.
problem-to-desk = Жұмыс үстеліне
problem-whom-to-call = Кімге хабарласу керек
problem-status = Күй коды { $status }
problem-reference = Қолдау қызметіне арналған нөмір: { $reference }

## Анықтама

help-title = Анықтама
help-colours = Белгілер нені білдіреді
help-prohibition = Не талап етілсе де, мұны істеуге болмайды. Қызыл түсте тек тыйым көрсетіледі.
help-duty = Мұны істеу міндетті, көбіне белгілі бір мерзімге дейін.
help-right = Адамның не қызметкердің бұған құқығы бар.
help-open = Заң әлі айта алмайды: оны жауабы жоқ сұрақ шешеді. Бұл ешқашан «жоқ» деген сөз емес.
help-late-word = Мерзімі өтті
help-late = Мерзімі өтіп кетті. Қазір орындаңыз немесе себебін жазыңыз.
help-unknown-title = «Белгісіз» деген «жоқ» деген емес
help-unknown-text = Білмейтін немесе айтқысы келмейтін адам «жоқ» деген жоқ. «Сапар» үшеуін ажыратады, үндемегені үшін құқығы жойылмайды.
help-keys = Пернелер
help-key-tab = келесі өріс немесе түйме
help-key-enter = нысанды жіберу немесе түймені басу
help-key-digits = сұрақ-жауапта: сол нөмірлі жауапты таңдау
help-key-unknown = сұрақ-жауапта: адам білмейді
help-key-refuses = сұрақ-жауапта: адамның айтқысы келмейді
help-call = Кімге қоңырау шалу керек
help-no-contacts = Бекетіңіз үшін нөмірлер енгізілмеген. Басшыңыздан сұраңыз.
help-version = Нұсқасы { $version }
outcome-prohibition = Тыйым салынған
outcome-duty = Міндетті
outcome-right = Құқық
outcome-open = Анықталмаған

## Сұрақ-жауап пернелерін өшіруге болады, WCAG 2.1.4 талабы.

help-keys-turn-off = Осы құрылғыда сұрақ-жауап пернелерін өшіру
help-keys-turn-on = Сұрақ-жауап пернелерін қайта қосу
