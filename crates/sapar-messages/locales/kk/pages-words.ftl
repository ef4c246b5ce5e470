### Іспен жұмыстың сөздері, оқиғалардағы кодтары бойынша: түрлері, күйлері, себептері.

## Адамдар қайда және қалай кездесті

place-kind-post = Өткізу пункті
place-kind-green-border = Өткізу пункттерінен тыс шекара
place-kind-airport-transit = Әуежайдың транзит аймағы
place-kind-inland = Ел ішінде
beginning-check = Тексеру
beginning-interception = Шекарадан өткенде ұстау
beginning-voluntary-approach = Адам өзі келді
beginning-referral = Басқа ведомство жіберді

## Адам

sex-female = Әйел
sex-male = Ер
sex-unspecified = Құжатта көрсетілмеген
travel-document-kind-passport = Төлқұжат (паспорт)
travel-document-kind-identity-card = Жеке куәлік
travel-document-kind-convention-document = Босқынның не азаматтығы жоқ адамның жол жүру құжаты
travel-document-kind-return-certificate = Қайтып оралу куәлігі
travel-document-kind-permit = Виза немесе тұруға рұқсат
travel-document-kind-other = Басқа құжат
no-document-never-had = Ешқашан болмаған
no-document-lost = Жоғалған
no-document-stolen = Ұрланған
no-document-held-by-another = Басқа адамның қолында
no-document-destroyed = Жойылған
no-document-not-shown = Көрсеткісі келмейді
no-document-not-known = Себебі белгісіз
link-kind-spouse = Ері немесе әйелі
link-kind-parent-of = Ата-анасы
link-kind-child-of = Баласы
link-kind-sibling = Бауыры
link-kind-other-relative = Басқа туысы
link-kind-guardian-of = Қорғаншысы немесе қамқоршысы
link-kind-ward-of = Қамқорлығында
link-kind-travels-with = Бірге жүр
basis-said = Адамның өзі айтады
basis-said-by-other = Басқа адам айтады
basis-document = Құжат бойынша
basis-observed = Қызметкер көрді
basis-authority = Басқа ведомство хабарлады
claim-claimed = мәлімделді, тексерілген жоқ
claim-confirmed = расталды
claim-refuted = теріске шығарылды
claim-withdrawn = қайтарып алынды
consent-not-asked = сұралған жоқ
consent-given = берілді
consent-refused = бас тартты
consent-withdrawn = қайтарып алынды
consent-answer-given = Адам келіседі
consent-answer-refused = Адам келіспейді

## Деректер не үшін қолданылады

purpose-protection = Баспана туралы өтініш
purpose-child-care = Балаға қамқорлық
purpose-trafficking-help = Адам саудасының құрбандарын анықтау және көмектесу
purpose-health = Медициналық көмек
purpose-family-tracing = Отбасын іздеу және біріктіру
purpose-legal-help = Заң кеңесі
purpose-basic-needs = Баспана-қоныс, тамақ, ең қажетті нәрселер
purpose-statelessness = Азаматтықтың болмауы не азаматтық
purpose-investigation = Құқық бұзушылықты тергеу
purpose-return = Қайтару
purpose-readmission = Реадмиссия (келісім бойынша тапсыру)

## Бастапқы тексеру

how-observed = Көрінді
how-asked = Сұралды
how-document = Құжаттан оқылды
how-specialist = Маман анықтады
how-authority = Басқа ведомство хабарлады
how-derived = Басқа жауаптардан шығады
stop-reason-person-stopped = Адамның жалғастырғысы келмейді
stop-reason-needs-help-first = Алдымен адамға көмек керек
stop-reason-no-interpreter = Аудармашы жоқ
stop-reason-circumstances = Уақыт не орын мүмкіндік бермейді
stop-reason-passed-on = Келесі желі жалғастырады

## Тапсырмалар

waive-reason-done-elsewhere = Мұны басқа ведомство істейді
waive-reason-person-gone = Адам кетіп қалды немесе табылмады
waive-reason-person-refuses = Адам бас тартады және құқығы бар
waive-reason-mistake = Қате жазылған
waive-reason-other = Басқа себеп, сөзбен жазылған

## Қайта бағыттаулар

referral-state-offered = жауап күтуде
referral-state-accepted = қабылданды
referral-state-declined = қабылданбады
referral-state-arrived = адам келді
referral-state-completed = аяқталды
referral-state-withdrawn = жіберуші қайтарып алды
decline-reason-no-capacity = Орын не қызметкер жоқ
decline-reason-not-competent = Бұл ведомствоның ісі емес
decline-reason-incomplete = Қажетті нәрсе жетіспейді
decline-reason-person-refuses = Адам мұны қаламайды
decline-reason-other = Басқа себеп
completion-helped = Көмек толық көрсетілді
completion-helped-in-part = Көмек ішінара көрсетілді
completion-passed-on = Басқа ведомствоға берілді
completion-person-left = Адам аяқталмай кетіп қалды
completion-not-needed = Қажет емес болып шықты

## Істер

case-kind-protection = Қорғау
case-kind-asylum-referral = Баспана сұрауын жеткізу
case-kind-trafficking-victim = Адам саудасының құрбаны
case-kind-smuggled-migrant = Заңсыз әкелінген мигрант
case-kind-unaccompanied-child = Жалғыз бала
case-kind-statelessness = Азаматтықтың болмауы
case-kind-detention-review = Қамауда ұстауды қайта қарау
case-kind-return = Қайтару
case-kind-readmission = Реадмиссия ісі
case-state-open = ашық
case-state-closed = жабық
case-state-handover = топқа ұсынылды
case-outcome-protection-granted = Қорғау берілді
case-outcome-protection-refused = Қорғаудан түпкілікті бас тартылды
case-outcome-application-withdrawn = Өтініш қайтарып алынды
case-outcome-passed-to-asylum-authority = Баспана мәселелері жөніндегі органға берілді
case-outcome-identified-as-victim = Құрбан деп танылды, көмек көрсетілді
case-outcome-not-identified-as-victim = Адам саудасының белгісі табылмады
case-outcome-residence-granted = Тұруға рұқсат берілді
case-outcome-in-care = Қамқорлықта немесе отбасында
case-outcome-found-adult = Кәмелетке толғаны анықталды
case-outcome-nationality-confirmed = Азаматтығы анықталды не берілді
case-outcome-found-stateless = Азаматтығы жоқ деп танылды
case-outcome-released = Босатылды
case-outcome-detention-upheld = Қамауда ұстау күшінде қалды
case-outcome-left-voluntarily = Өз еркімен кетті
case-outcome-returned = Қайтарылды
case-outcome-readmitted = Басқа мемлекет қабылдап алды
case-outcome-readmission-refused = Басқа мемлекет бас тартты
case-outcome-return-abandoned = Қайтаруға болмайды немесе мүмкін емес
case-outcome-taken-over = Басқа іске өтті
case-outcome-person-gone = Адам табылмады
case-outcome-mistake = Қате ашылған

## Құжаттар

document-type-travel-document = Жол жүру құжатының көшірмесі
document-type-identity-paper = Жеке басын куәландыратын басқа құжат
document-type-photograph = Фотосурет
document-type-medical = Медициналық құжат
document-type-application = Өтініш
document-type-decision = Ведомство не сот шешімі
document-type-interview-record = Сұрақ-жауап жазбасы
document-type-consent = Қол қойылған келісім
document-type-evidence = Құқық бұзушылықтың дәлелі
document-type-other = Басқа құжат түрі
