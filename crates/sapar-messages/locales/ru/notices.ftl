### Печатные бумаги: памятка о правах, которую человек берёт с собой, и бланк перенаправления.

## Общее
paper-invented = Демонстрация: этот человек вымышлен.
paper-signatures = Подписи

## Памятка о правах
notice-title = Ваши права
notice-person = Имя
notice-born = Дата рождения
notice-date = Дата
notice-place = Место
notice-post = Пункт пропуска
notice-agency = Кем вручена
notice-law = Закон
notice-law-as-of = по состоянию на { $date }
notice-must-not = Чего власти не вправе делать
notice-must = Что власти обязаны для вас сделать
notice-may = На что вы имеете право
notice-own = Что обязаны сделать вы
notice-nothing-certain = Здесь пока ничего нельзя сказать точно. Это не значит, что у вас нет прав: спросите.
notice-due = Срок: { $due }
notice-until = { $limit }: до { $day }
notice-between = { $limit }: не ранее чем до { $earliest } и не позднее чем до { $latest }
notice-ask = О чём вы всегда можете попросить
notice-say-afraid = Если вам страшно возвращаться в свою страну или ехать в другое место, скажите об этом. Это можно сказать любому сотруднику и в любое время.
notice-say-alone = Вы можете попросить поговорить с сотрудником наедине, без тех, с кем вы едете.
notice-say-interpreter = Вы можете попросить переводчика на язык, который вы понимаете.
notice-say-lawyer = Вы можете попросить адвоката и попросить сообщить вашей семье, где вы находитесь.
notice-say-consulate = Вы можете попросить о разговоре с консульством вашей страны. Вы не обязаны этого делать.
notice-say-needs = Если вы больны или ранены, если вам нужны вода, еда или отдых, скажите об этом.
notice-information = Эта бумага — информация, а не решение. Она не отнимает у вас никаких прав: если закон даёт вам больше, чем здесь написано, действует закон. Кое-что говорят только лично, поэтому спрашивайте и о том, чего вы здесь не нашли.
notice-signing = Подпись означает только, что бумагу вручили и объяснили на языке, который человек понимает. Подписывать никто не обязан.
notice-sign-person = Сам человек
notice-sign-person-line = дата, подпись
notice-sign-interpreter = Переводчик
notice-sign-interpreter-line = имя, язык, подпись
notice-sign-officer = Сотрудник
notice-sign-officer-line = имя, подпись

## Бланк перенаправления
referral-form-title = Перенаправление
referral-form-from = От кого
referral-form-to = Кому
referral-form-purpose = Цель
referral-form-offered = Отправлено
referral-form-reply-by = Ответить до
referral-form-printed = Напечатано
referral-form-person = О человеке
referral-form-nothing-shared = Никакие сведения о человеке с этим бланком не передаются.
referral-form-shared = Что передаётся
referral-form-rests-on = На чём основано перенаправление
referral-form-consent = Согласие человека на это перенаправление.
referral-form-article = Закон, без согласия человека: { $citation }
referral-form-message = Сообщение
referral-form-handed-over = Передал(а)
referral-form-received = Принял(а)
referral-form-sign-here = имя, дата, подпись
referral-form-confidential = Только для указанного здесь получателя и указанной цели. Не передавайте бланк никому другому и не оставляйте его без присмотра.
