### Что делает поправка, что не так в одном правопорядке и чем различаются два.
###
### $norm: норма, как её называет язык закона; $provision: ссылка словами.
### $conditions: условия, уже изложенные на том же языке.

## Ситуации

situations-when = когда { $conditions }
situations-or = или когда { $conditions }
situations-always = в любой ситуации
situations-example = Например: { $story }
situations-share = { $percent } % возможных ситуаций; по принятым вероятностям { $likely } %.
situations-more = и ещё { $count }; все показывает --full

## Поправки

amend-heading = Поправка { $id }: { $title }
amend-of = Изменяет: { $title }, с { $date }.
amend-insert = добавляет { $norm } с { $date }
amend-replace = заменяет { $old } на { $norm } с { $date }
amend-repeal = отменяет { $norm } с { $date }
amend-read = { $order }: на { $date }, без поправки и с ней.
amend-against = Стандарт: { $order }.
amend-gaps = Пробелы
amend-no-gaps = Ни один пробел не возникает, не закрывается и не меняется.
amend-gap-opened = ВОЗНИК: { $demand }
amend-gap-widened = ШИРЕ: { $demand }
amend-gap-moved = СДВИНУЛСЯ: { $demand }
amend-gap-other-reason = по другой причине: { $demand }
amend-gap-narrowed = уже: { $demand }
amend-gap-closed = закрыт: { $demand }
amend-gap-kinds = вид до: { $before }; после: { $after }
amend-part-closed = Что выполнено только с поправкой:
amend-part-opened = Что выполнено только без поправки:
amend-part-left = Что не выполнено ни так, ни так:
amend-nothing = нет
amend-conflicts = Коллизии
amend-no-conflicts = Ни одна коллизия не возникает и не исчезает.
amend-conflict-made = ВОЗНИКЛА: { $asks }; { $forbids }
amend-conflict-removed = устранена: { $asks }; { $forbids }
amend-positions = Положения
amend-no-positions = Ни одно положение не меняется.
amend-tests = Проверки
amend-tests-pass = { $count ->
    [one] { $count } проверка закона сохраняет исход на { $date }.
    [few] { $count } проверки закона сохраняют исход на { $date }.
   *[other] { $count } проверок закона сохраняют исход на { $date }.
}
amend-test-broken = другой исход на { $date }: { $test }
amend-own-test-failed = НЕ ПРОШЛА проверка поправки: { $test }
amend-own-tests = Пройдено проверок поправки: { $count }
amend-clean = Итог: ни в одной ситуации не стало хуже.
amend-not-clean = Итог: в некоторых ситуациях стало хуже; см. слова прописными буквами.

## Различия положений

change-begins = возникает: { $position }
change-ends = ПРЕКРАЩАЕТСЯ: { $position }
change-stronger = сильнее: { $position }
change-weaker = СЛАБЕЕ: { $position }
change-other-limit = другой срок: { $position }
change-limits = срок до: { $before }; после: { $after }
change-norms-before = до: { $norms }
change-norms-after = после: { $norms }
change-no-limit = нет
diff-heading = { $first } на { $first-date } и { $second } на { $second-date }
diff-nothing = Все ситуации решаются одинаково.
diff-count = { $count ->
    [one] { $count } различие
    [few] { $count } различия
   *[other] { $count } различий
}

## Проверка одного правопорядка

inspect-heading = { $order } на { $date }
inspect-nothing = Ничего не найдено.
inspect-conflicts = Коллизии: исполнить и то и другое нельзя
inspect-conflict = { $asks }; однако: { $forbids }
inspect-asking = по { $norms }
inspect-forbidding = против { $norms }
inspect-preferred = Порядок рангов предпочитает: { $position }
inspect-preferred-later = При равной силе предпочтение у более позднего закона: { $position }
inspect-preferred-none = Ни сила, ни дата не дают предпочтения одной стороне во всех этих ситуациях.
inspect-dead = Нормы, которые никогда не действуют
inspect-dead-impossible = { $norm }: ни одна возможная ситуация не отвечает условию без исключений
inspect-dead-overridden = { $norm }: везде, где могла бы действовать, уступает { $norms }
inspect-dead-no-day = { $norm }: нет дня, когда она и её акт действуют в этом правопорядке
inspect-redundant = Нормы, которые другие делают лишними: без них всех ни одно положение не станет слабее
inspect-redundant-norm = { $norm }: не меньше говорят { $norms }
inspect-exceptions = Исключения, которые ничего не исключают
inspect-exception-impossible = { $norm }, исключение { $number }: ему не отвечает никто из тех, кого охватывает условие и не исключает остальное
inspect-exception-overridden = { $norm }, исключение { $number }: тех, кого оно исключает, уже исключили { $norms }
inspect-silence = Молчание там, где родственное действие урегулировано
inspect-silence-act = не сказано, обязан ли кто-либо или не вправе { $act }
inspect-silence-elsewhere = { $provision } говорит об этом вместе с: { $act }
inspect-silence-related = а это здесь регулируют { $norms }
inspect-bearers = Обязанности органов, которых не называет ни один закон государства
inspect-bearer = { $actor }: обязывают { $norms }
inspect-count = { $count ->
    [one] { $count } замечание
    [few] { $count } замечания
   *[other] { $count } замечаний
}

## Предложения

propose-heading = Предложения для пробела { $gap }
propose-not-drafting = Каждое лишь отправная точка с доказательством, а не проект закона: что скажет закон, решает юрист.
propose-none = Ни одна малая правка не закрывает этот пробел, не открыв другого и не создав коллизии. Испробовано: { $count }.
propose-number = Предложение { $number } из { $count }, вес { $weight }
propose-proof = Доказательство: на { $date } оно закрывает пробел, не открывает других и не создаёт коллизий.
propose-also = Также закрывает или сужает: { $gaps }
propose-tried = { $count ->
    [one] Испробована { $count } правка.
    [few] Испробованы { $count } правки.
   *[other] Испробовано { $count } правок.
}
propose-file = Файл { $path }
propose-edit-limit = меняет срок в { $norm }
propose-edit-modality = усиливает слово в { $norm }
propose-edit-widen = расширяет условие { $norm }
propose-edit-narrow-exception = сужает исключения { $norm }
propose-edit-except = добавляет исключение в { $norm }
propose-edit-insert = добавляет норму в { $instrument }
propose-prose = Отправная точка, составленная программой и проверенная пересчётом; не проект закона.
