### Who may do what with which data: the words of access.

## The kinds of agencies.

access-agency-border-service = Пограничная служба
access-agency-migration-police = Миграционная полиция
access-agency-asylum-authority = Орган по вопросам убежища
access-agency-guardianship-authority = Орган опеки и попечительства
access-agency-social-services = Социальные службы
access-agency-ngo = Неправительственная организация
access-agency-iom = Международная организация по миграции
access-agency-anti-trafficking = Прокуратура или полиция по борьбе с торговлей людьми
access-agency-monitor = Омбудсмен или наблюдатель
access-agency-headquarters = Центральный аппарат

## What a user is trusted with.

access-role-first-line = Сотрудник первой линии
access-role-second-line = Сотрудник второй линии
access-role-specialist = Специалист
access-role-case-officer = Сотрудник, ведущий дело
access-role-agency-caseworker = Специалист по работе с делами
access-role-supervisor = Руководитель смены или группы
access-role-analyst = Аналитик
access-role-administrator = Администратор
access-role-auditor = Аудитор

## What a user is acting for.

access-purpose-border-check = Пограничная проверка
access-purpose-screening = Первичная проверка
access-purpose-protection = Защита
access-purpose-referral = Перенаправление
access-purpose-child-protection = Защита ребёнка
access-purpose-trafficking-assistance = Помощь жертвам торговли людьми
access-purpose-return = Возвращение
access-purpose-readmission = Реадмиссия
access-purpose-detention-review = Проверка законности содержания под стражей
access-purpose-statistics = Статистика
access-purpose-administration = Администрирование
access-purpose-audit = Аудит

## What a user does.

access-action-see = Видеть
access-action-search = Искать
access-action-count = Подсчитывать
access-action-export = Выгружать
access-action-record = Записывать
access-action-refer = Перенаправлять
access-action-accept = Принимать
access-action-decide = Решать
access-action-administer = Администрировать
access-action-audit = Проверять обращения к данным
access-action-break-glass = Экстренный доступ

## What data is about.

access-class-work = Работа: задачи, состояния и сроки
access-class-identity = Личность
access-class-contact = Контакты
access-class-travel = Поездка и документы
access-class-health = Здоровье
access-class-child = Детство и опека
access-class-trafficking = Торговля людьми
access-class-asylum = Убежище и защита
access-class-investigation = Расследование

## How a user stands to a record.

access-relation-own-post = Вашего поста
access-relation-own-agency-referral = Перенаправлено в ваше ведомство
access-relation-own-team-case = Дело вашей группы
