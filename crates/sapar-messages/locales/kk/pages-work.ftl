### Қайта бағыттау, тапсырма, іс, іздеу, шолу, әкімшілендіру, тексеру, заң және есептік жазба.

## Қайта бағыттаулар

referrals-inbox = Келгендері
referrals-inbox-empty = Ведомствоңызды күтіп тұрған ештеңе жоқ.
referrals-sent = Жіберілгендері
referrals-ended = Аяқталғандары
referral-new-title = Адамды қайта бағыттау
referral-agency = Қай ведомствоға?
referral-purpose = Қандай мақсатпен?
referral-permission = Неге негізделген
referral-permission-hint = Адамның келісімін немесе мұны келісімсіз талап ететін бапты таңдаңыз.
referral-consent = Келісім
referral-legal-basis = Бап
referral-receives = Ведомство не алады
referral-classes-hint = Мақсатқа керегінен артық емес. Қалғаны көрінбейді.
referral-words = Олар нені білуі керек?
referral-words-hint = Қажеттіліктері, тілі, не істелгені.
referral-send = Қайта бағыттауды жіберу
referral-what = Қайта бағыттау туралы
referral-from = Кімнен
referral-to = Кімге
referral-form = Бланкі (PDF), { $language }
referral-accept = Қабылдау
referral-decline = Қабылдамау
referral-decline-why = Неге қабылдамайсыз?
referral-arrived = Адам келді
referral-complete = Қайта бағыттауды аяқтау
referral-complete-how = Немен аяқталды?
referral-withdraw = Қайта бағыттауды қайтарып алу

## Тапсырмалар

tasks-overdue = Мерзімі өткендері
tasks-open = Орындалатындары
tasks-waiting = Мерзімі әлі басталмағандары
tasks-ended = Аяқталғандары
tasks-more-than-shown = Мұнда көрсетілгеннен көп тапсырма бар; мерзімі ең жақындары осылар.
tasks-more = Тағы { $count } көрсетілмеген.
tasks-agency = Қай ведомство
tasks-state = Күйі
tasks-all = Бәрі
tasks-show = Көрсету
feed-title = Тапсырмалар күнтізбеңізде
feed-text = Күнтізбе бағдарламасы мерзімдеріңізге жазыла алады. Мекенжайда есім жоқ, бірақ оны ешкімге бермеңіз. Жаңасы ескісін тоқтатады.
feed-make = Жаңа мекенжай жасау
feed-address = Мекенжай бір рет қана көрсетіледі. Оны күнтізбеге көшіріңіз:

## Істер

cases-of-team = Тобыңыздың істері
cases-offered = Тобыңызға ұсынылған
cases-closed = Жабылған істер
case-team = Топ
case-owner = Жауапты
case-opened = Ашылған уақыты
case-people = Басқа адамдар
case-no-people = Іске басқа адам байланыстырылмаған.
case-link = Адамды байланыстыру
case-link-person = Кімді?
case-steps = Келесі қадамдар
case-hand-over = Басқа топқа ұсыну
case-to-team = Қай топқа?
case-why = Неге?
case-close = Істі жабу
case-close-how = Іс немен аяқталды?
case-reopen = Істі қайта ашу

## Іздеу

search-what = Аты немесе құжат нөмірі
search-hint = Латын не кирилл әріптерімен. Іздеуіңіз жазылып алынады.
search-submit = Іздеу
search-found = { $count } адам табылды
search-nothing = Жазылуын тексеріңіз, басқа әліпбимен не құжат нөмірімен іздеңіз.
search-more = Тағы да бар. Атын толығырақ жазыңыз.

## Шолу

dashboard-period = Кезең: { $from } — { $until }
dashboard-outcomes = Адамдар заң айтқаны бойынша
dashboard-referral = Тіркеуден қайта бағыттауға дейінгі сағат
dashboard-overdue = Мерзімі өткен тапсырмалар ведомстволар бойынша
dashboard-people = адам
dashboard-hours = сағат
dashboard-tasks = тапсырма
dashboard-table = Сол кестемен
dashboard-described = Бағандар; сол сандар төмендегі кестеде.
dashboard-attention = назар аудару керек
dashboard-nothing = Әзірге санайтын ештеңе жоқ.

## Әкімшілендіру

administration-hint = Пайдаланушыларды тіркейтін адам ешкімнің деректерін көрмейді.
administration-users = Пайдаланушылар
administration-user = Пайдаланушы
administration-agencies = Ведомстволар
administration-posts = Бекеттер
administration-teams = Топтар
administration-new-user = Жаңа пайдаланушы
administration-new-agency = Жаңа ведомство
administration-new-post = Жаңа бекет
administration-new-team = Жаңа топ
administration-empty = Әзірге ештеңе тіркелмеген.
administration-closed = жабылған
administration-name = Атауы немесе аты
administration-sign-in-hint = Кіші латын әріптері, цифрлар, дефис.
administration-password = Алғашқы құпиясөз
administration-role = Рөлі
administration-agency = Ведомствосы
administration-team = Тобы
administration-kind = Түрі
administration-mandate = Қандай мақсаттармен әрекет ете алады?
administration-mandate-hint = Адамдарды қайтаратын және қорғайтын органдар бөлек екі ведомство ретінде тіркеледі: араларындағы шекара мақсаттарымен белгіленеді.
administration-time-zone = Уақыт белдеуі
administration-time-zone-hint = IANA базасындағы атауы бойынша, мысалы Asia/Almaty.
administration-close = Есептік жазба
administration-close-hint = Жабылған жазбамен кіруге болмайды; пайдаланушының істегені журналда қалады.
administration-close-yes = Жазба жабылған
administration-passkeys-hint = Құрылғы жоғалса, барлығын жойыңыз; құпиясөз қалады, пайдаланушы жаңасын қосады.
administration-passkeys-remove = Барлық кіру кілттерін жою
administration-identity = Орталық аппарат арқылы кіру
administration-identity-hint = Онда осы жазбамен кіретін адам мұнда осы пайдаланушы болады. Ешкім пошта не аты бойынша ізделмейді.
administration-issuer = Провайдер
administration-subject = Провайдердегі идентификатор
administration-subject-hint = Провайдер оны «sub» не subject деп атайды. Байланысты алып тастау үшін бос қалдырыңыз.

## Тексерулер

reviews-waiting = Тексеруді күтіп тұр
reviews-done = Тексерілді
reviews-none = Тексеретін ештеңе жоқ.
reviews-review = Тексеру
reviews-verdict = Қол жеткізу заңды болды ма?
review-rightful = Заңды
review-wrong = Заңсыз

## Заңдар

law-hint = Бағдарлама заң ретінде не оқиды: мәтін және нормалар түрінде. Әр норманың қаншалықты тексерілгені көрсетілген.
law-none = Заң пакеті жүктелмеген.
law-norms = { $count } норма
law-on = Мына күнгі жағдайы
law-on-wrong = Мұндай күн жоқ. Мысалы, 2026-11-25 деп жазыңыз.
law-no-norm = Бұл күні осы баптың күшіндегі нормасы жоқ.
law-when = Қашан:
law-limit = Мерзімі:
law-except = Мынадан басқа:

## Есептік жазба

account-title = Есептік жазбаңыз
account-password = Құпиясөзді ауыстыру
account-old = Қазіргі құпиясөз
account-new = Жаңа құпиясөз
account-again = Жаңа құпиясөз тағы бір рет
account-password-hint = Кемінде он екі таңба. Бірнеше сөз болса, жақсы.
account-change = Құпиясөзді ауыстыру
account-passkeys = Кіру кілттері
account-passkeys-hint = Құпиясөздің орнына құрылғыңыздағы не тасымалдағыштағы кілт.
account-no-passkey = Кіру кілті жоқ.
account-added = Қосылған:
account-used = Соңғы кіру:
account-unused = Әлі қолданылған жоқ
account-passkey-new = Жаңа кіру кілті
account-passkey-new-hint = Браузер осы құрылғының саусақ ізін, бет-әлпетін не PIN кодын немесе тасымалдағыштағы кілтті сұрайды.
account-passkey-name = Кілттің атауы
account-passkey-name-hint = Кейін тану үшін, мысалы «көк кілт» немесе «телефон».
account-passkey-add = Кіру кілтін қосу
account-passkey-change = Атын өзгерту не жою
account-passkey-rename = Атын өзгерту
account-passkey-remove = Кіру кілтін жою
