### Печатные бумаги: памятка о правах, которую человек берёт с собой, и бланк перенаправления.

## Памятка о правах
notice-title = Ваши права
notice-person = Для кого
notice-reference = Номер
notice-date = Дата
notice-place = Место
notice-must-not = Чего никто не вправе с вами делать
notice-must = Что обязаны сделать власти
notice-may = На что вы имеете право
notice-nothing-certain = Здесь пока ничего не установлено точно. Это не значит, что ничего нет: спросите.
notice-due = Срок: { $due }
notice-basis = Основание: { $citation }
notice-ask = Кого вы можете спросить
notice-ask-officer = Спросите сотрудника, который дал вам эту бумагу.
notice-information = Эта бумага — информация, а не решение. Она не отнимает у вас никаких прав: если закон даёт вам больше, чем здесь написано, действует закон.

## Бланк перенаправления
referral-form-title = Перенаправление
referral-form-from = От кого
referral-form-to = Кому
referral-form-purpose = Цель
referral-form-reply-by = Ответить до
referral-form-person = О человеке
referral-form-nothing-shared = Никакие сведения о человеке с этим бланком не передаются.
referral-form-rests-on = На чём основано перенаправление
referral-form-consent = Согласие человека: { $consent }
referral-form-article = Закон, без согласия человека: { $citation }
referral-form-message = Сообщение
referral-form-signatures = Подписи
referral-form-handed-over = Передал(а)
referral-form-received = Принял(а)
referral-form-sign-here = имя, дата, подпись
referral-form-confidential = Только для указанного здесь получателя и указанной цели.
