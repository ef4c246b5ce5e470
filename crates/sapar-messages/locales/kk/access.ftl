### Who may do what with which data: the words of access.

## The kinds of agencies.

access-agency-border-service = Шекара қызметі
access-agency-migration-police = Көші-қон полициясы
access-agency-asylum-authority = Баспана мәселелері жөніндегі орган
access-agency-guardianship-authority = Қорғаншылық және қамқоршылық органы
access-agency-social-services = Әлеуметтік қызметтер
access-agency-ngo = Үкіметтік емес ұйым
access-agency-iom = Халықаралық көші-қон ұйымы
access-agency-anti-trafficking = Адам саудасына қарсы прокуратура немесе полиция
access-agency-monitor = Омбудсмен немесе бақылаушы
access-agency-headquarters = Орталық аппарат

## What a user is trusted with.

access-role-first-line = Бірінші желі қызметкері
access-role-second-line = Екінші желі қызметкері
access-role-specialist = Маман
access-role-case-officer = Іс жүргізуші қызметкер
access-role-agency-caseworker = Ведомствоның іс маманы
access-role-supervisor = Ауысым немесе топ басшысы
access-role-analyst = Талдаушы
access-role-administrator = Әкімші
access-role-auditor = Аудитор

## What a user is acting for.

access-purpose-border-check = Шекарадағы тексеру
access-purpose-screening = Бастапқы тексеру
access-purpose-protection = Қорғау
access-purpose-referral = Қайта бағыттау
access-purpose-child-protection = Баланы қорғау
access-purpose-trafficking-assistance = Адам саудасының құрбандарына көмек
access-purpose-return = Қайтару
access-purpose-readmission = Реадмиссия
access-purpose-detention-review = Қамауда ұстауды тексеру
access-purpose-statistics = Статистика
access-purpose-administration = Әкімшілендіру
access-purpose-audit = Аудит

## What a user does.

access-action-see = Көру
access-action-search = Іздеу
access-action-count = Санау
access-action-export = Сыртқа шығару
access-action-record = Жазу
access-action-refer = Қайта бағыттау
access-action-accept = Қабылдау
access-action-decide = Шешу
access-action-administer = Әкімшілендіру
access-action-audit = Деректерге қол жеткізуді тексеру
access-action-break-glass = Шұғыл қол жеткізу

## What data is about.

access-class-work = Жұмыс: тапсырмалар, күйлер және мерзімдер
access-class-identity = Жеке басы
access-class-contact = Байланыс
access-class-travel = Сапар және құжаттар
access-class-health = Денсаулық
access-class-child = Балалық және қамқорлық
access-class-trafficking = Адам саудасы
access-class-asylum = Баспана және қорғау
access-class-investigation = Тергеу

## How a user stands to a record.

access-relation-own-post = Өз бекетіңіздікі
access-relation-own-agency-referral = Сіздің ведомствоңызға бағытталған
access-relation-own-team-case = Сіздің тобыңыздың ісі
