### Пробелы между стандартом и национальным правом: реестр и один пробел как история человека.

## Реестр

gaps-title = Пробелы: { $national } рядом со стандартом «{ $standard }»
gaps-order-as-of = { $order }, право на { $date }
gaps-count = { $count ->
    [one] { $count } пробел
    [few] { $count } пробела
   *[other] { $count } пробелов
}
gaps-none = Пробелов нет: везде, где стандарт чего-либо требует, национальное право даёт не меньше.
gaps-own-law = Нормы стандарта, которые сами входят в национальное право, например действующие договоры, не учтены: показано то, что дают собственные законы государства.
gaps-encoded = Сравнивается то, что закодировано, а не то, что делается на практике. Многие нормы записаны по памяти или ждут проверки: прежде чем полагаться на пробел, прочтите статьи.
gaps-heading-summary = По тяжести и виду
gaps-heading-register = Реестр
gaps-heading-matrix = Положение рядом с положением
gaps-heading-kinds = Что означают виды
gaps-all = всего
gaps-column-severity = тяжесть
gaps-column-kind = вид
gaps-column-demand = чего требует стандарт
gaps-column-standard = стандарт
gaps-column-national = национальное право
gaps-column-share = доля
gaps-column-likely = вероятность
gaps-column-person = с кем это случается
gaps-column-id = имя пробела
gaps-column-best = ответ
gaps-more-norms = и ещё { $count }
gaps-no-provision = нет нормы
gaps-tell-one = Один пробел как история: { $command }

## Тяжесть: что поставлено на карту

gaps-stake-life = жизнь
gaps-stake-liberty = свобода
gaps-stake-child = ребёнок
gaps-stake-procedure = процедура
gaps-stake-data = данные
gaps-stake-other = прочее

## Виды

gaps-kind-contrary = противоречие
gaps-kind-contested = спорно
gaps-kind-taken-away = отнято
gaps-kind-limit-too-weak = срок слабее
gaps-kind-limit-unsaid = срок несравним
gaps-kind-weaker-modality = слабее слово
gaps-kind-too-narrow = слишком узко
gaps-kind-silent = молчание
gaps-means-contrary = Национальное право требует обратного или разрешает его, и ничто в нём не даёт того, чего требует стандарт.
gaps-means-contested = Национальное право даёт то, чего требует стандарт, но другая его норма требует обратного или разрешает его.
gaps-means-taken-away = Национальное право дало бы достаточно, но исключение или преобладающая норма это отнимает.
gaps-means-limit-too-weak = Национальное право действует, но его срок слабее срока стандарта или отсутствует.
gaps-means-limit-unsaid = Национальное право действует, но нельзя сказать, так ли силён его срок.
gaps-means-weaker-modality = Национальное право говорит об этом более слабым словом, например «вправе» вместо «обязан».
gaps-means-too-narrow = Национальное право даёт достаточно в других ситуациях или запрещает это лишь некоторым из тех, кого связывает стандарт.
gaps-means-silent = Ни одна норма национального права не дала бы достаточно ни в одной ситуации.

## Какое отношение норма имеет к пробелу

gaps-part-opposes = требует обратного или разрешает его
gaps-part-gives = даёт то, чего требует стандарт, но ей противоречат
gaps-part-taken-away = дала бы это, если бы не исключение или преобладающая норма
gaps-part-overrides = преобладает над нормой, которая дала бы это
gaps-part-weak-limit = срок слишком слаб или отсутствует
gaps-part-unsaid-limit = срок нельзя сравнить
gaps-part-weaker = говорит об этом более слабым словом
gaps-part-narrow-bearer = связывает лишь некоторых из тех, кого связывает стандарт
gaps-part-gives-elsewhere = даёт это в других ситуациях

## Один пробел как история

gaps-section-person = Человек
gaps-section-demand = Чего стандарт требует для этого человека
gaps-section-national = Что говорит национальное право
gaps-section-when = Когда это случается
gaps-section-share = Как часто
gaps-section-comparators = Что дают здесь другие законы
gaps-section-id = Имя пробела
gaps-child-aged = { $age ->
    [one] Ребёнок, { $age } год
    [few] Ребёнок, { $age } года
   *[other] Ребёнок, { $age } лет
}
gaps-adult-aged = { $age ->
    [one] Человек, { $age } год
    [few] Человек, { $age } года
   *[other] Человек, { $age } лет
}
gaps-someone = Человек
gaps-story = { $who }; о нём верно следующее: { $facts }
gaps-story-ordinary = { $who }; ничего необычного
gaps-when-any = Любое из следующего, и ничто другое:
gaps-when-always = всегда
gaps-share-of = { $share } возможных ситуаций ({ $situations } из { $possible })
gaps-likely-of = { $likely } людей при принятых допущениях о частоте
gaps-gives-everywhere = даёт не меньше во всех этих ситуациях
gaps-gives-in-part = даёт не меньше в некоторых из этих ситуаций; не даёт, когда верно любое из следующего:
gaps-gives-nowhere = не даёт этого ни в одной из этих ситуаций

## Условия

gaps-not = неверно: { $label }
gaps-value = { $label }: { $value }
gaps-number-under = { $label }: меньше { $number }
gaps-number-from = { $label }: { $number } или больше
gaps-number-is = { $label }: { $number }
gaps-number-between = { $label }: от { $from } до { $to }
gaps-values-none = { $label }: ни одно из { $values }

## Степени

gaps-degree-full = полностью
gaps-degree-partial = частично
gaps-degree-contrary = противоречит
gaps-degree-none = нет
