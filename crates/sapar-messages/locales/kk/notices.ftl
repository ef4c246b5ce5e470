### Басып шығарылатын қағаздар: адам өзімен алып кететін құқықтар туралы жадынама және қайта бағыттау парағы.

## Құқықтар туралы жадынама
notice-title = Сіздің құқықтарыңыз
notice-person = Кімге
notice-reference = Нөмірі
notice-date = Күні
notice-place = Орны
notice-must-not = Сізге ешкімнің істеуге құқығы жоқ нәрселер
notice-must = Билік органдары не істеуге міндетті
notice-may = Сіздің неге құқығыңыз бар
notice-nothing-certain = Мұнда әзірге ештеңе нақты анықталмаған. Бұл ештеңе жоқ деген сөз емес: сұраңыз.
notice-due = Мерзімі: { $due }
notice-basis = Негізі: { $citation }
notice-ask = Кімнен сұрай аласыз
notice-ask-officer = Осы қағазды сізге берген қызметкерден сұраңыз.
notice-information = Бұл қағаз — шешім емес, ақпарат. Ол сіздің ешбір құқығыңызды шектемейді: заң сізге мұнда жазылғаннан көп құқық берсе, заң күшінде болады.

## Қайта бағыттау парағы
referral-form-title = Қайта бағыттау
referral-form-from = Кімнен
referral-form-to = Кімге
referral-form-purpose = Мақсаты
referral-form-reply-by = Жауап беру мерзімі
referral-form-person = Адам туралы
referral-form-nothing-shared = Бұл парақпен адам туралы ешқандай мәлімет берілмейді.
referral-form-rests-on = Қайта бағыттау неге негізделген
referral-form-consent = Адамның келісімі: { $consent }
referral-form-article = Адамның келісімінсіз, заң бойынша: { $citation }
referral-form-message = Хабарлама
referral-form-signatures = Қолдар
referral-form-handed-over = Тапсырған
referral-form-received = Қабылдаған
referral-form-sign-here = аты-жөні, күні, қолы
referral-form-confidential = Тек осында көрсетілген қабылдаушы мен мақсат үшін.
