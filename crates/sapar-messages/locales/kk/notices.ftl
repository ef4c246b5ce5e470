### Басып шығарылатын қағаздар: адам өзімен алып кететін құқықтар туралы жадынама және қайта бағыттау парағы.

## Ортақ
paper-invented = Көрсетілім: бұл адам ойдан шығарылған.
paper-signatures = Қолдар

## Құқықтар туралы жадынама
notice-title = Сіздің құқықтарыңыз
notice-person = Аты-жөні
notice-born = Туған күні
notice-date = Күні
notice-place = Орны
notice-post = Өткізу пункті
notice-agency = Тапсырған мекеме
notice-law = Заң
notice-law-as-of = { $date } күнгі жағдай бойынша
notice-must-not = Билік органдарының не істеуге құқығы жоқ
notice-must = Билік органдары сіз үшін не істеуге міндетті
notice-may = Сіздің неге құқығыңыз бар
notice-own = Сіз не істеуге міндеттісіз
notice-nothing-certain = Мұнда әзірге ештеңені нақты айту мүмкін емес. Бұл сіздің құқығыңыз жоқ деген сөз емес: сұраңыз.
notice-due = Мерзімі: { $due }
notice-until = { $limit }: { $day } дейін
notice-between = { $limit }: ең ерте { $earliest } дейін, ең кеш { $latest } дейін
notice-ask = Сіз әрқашан не сұрай аласыз
notice-say-afraid = Егер еліңізге қайтуға немесе басқа жерге баруға қорқсаңыз, осыны айтыңыз. Мұны кез келген қызметкерге, кез келген уақытта айта аласыз.
notice-say-alone = Қызметкермен бірге жүрген адамдарыңызсыз, оңаша сөйлесуді сұрай аласыз.
notice-say-interpreter = Өзіңіз түсінетін тілдің аудармашысын сұрай аласыз.
notice-say-lawyer = Адвокат сұрай аласыз және отбасыңызға қайда екеніңізді хабарлауды сұрай аласыз.
notice-say-consulate = Еліңіздің консулдығымен сөйлесуді сұрай аласыз. Бұған міндетті емессіз.
notice-say-needs = Егер ауырып немесе жарақаттанып тұрсаңыз, су, тамақ немесе демалыс керек болса, айтыңыз.
notice-information = Бұл қағаз — шешім емес, ақпарат. Ол сіздің ешбір құқығыңызды шектемейді: заң сізге мұнда жазылғаннан көп құқық берсе, заң күшінде болады. Кейбір нәрселер тек жеке айтылады, сондықтан мұнда таппағаныңызды да сұраңыз.
notice-signing = Қол қою тек қағаздың тапсырылғанын және адам түсінетін тілде түсіндірілгенін білдіреді. Ешкім қол қоюға міндетті емес.
notice-sign-person = Адамның өзі
notice-sign-person-line = күні, қолы
notice-sign-interpreter = Аудармашы
notice-sign-interpreter-line = аты-жөні, тілі, қолы
notice-sign-officer = Қызметкер
notice-sign-officer-line = аты-жөні, қолы

## Қайта бағыттау парағы
referral-form-title = Қайта бағыттау
referral-form-from = Кімнен
referral-form-to = Кімге
referral-form-purpose = Мақсаты
referral-form-offered = Жіберілген уақыты
referral-form-reply-by = Жауап беру мерзімі
referral-form-printed = Басып шығарылған күні
referral-form-person = Адам туралы
referral-form-nothing-shared = Бұл парақпен адам туралы ешқандай мәлімет берілмейді.
referral-form-shared = Не беріледі
referral-form-rests-on = Қайта бағыттау неге негізделген
referral-form-consent = Адамның осы қайта бағыттауға келісімі.
referral-form-article = Адамның келісімінсіз, заң бойынша: { $citation }
referral-form-message = Хабарлама
referral-form-handed-over = Тапсырған
referral-form-received = Қабылдаған
referral-form-sign-here = аты-жөні, күні, қолы
referral-form-confidential = Тек осында көрсетілген қабылдаушы мен мақсат үшін. Басқа ешкімге бермеңіз және қараусыз қалдырмаңыз.
