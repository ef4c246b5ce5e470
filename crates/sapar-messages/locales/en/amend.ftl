### What an amendment does, what is wrong with one legal order, and how two orders differ.
###
### $norm is a norm as the law language names it; $provision is a citation in words.
### $conditions are conditions already told in the same language.

## Situations

situations-when = when { $conditions }
situations-or = or when { $conditions }
situations-always = in every situation
situations-example = For example: { $story }
situations-share = { $percent } % of the situations that can occur; by the prior, { $likely } %.
situations-more = and { $count } more; --full shows them

## Amendments

amend-heading = Amendment { $id }: { $title }
amend-of = It amends { $title }, from { $date }.
amend-insert = inserts { $norm } from { $date }
amend-replace = replaces { $old } by { $norm } from { $date }
amend-repeal = repeals { $norm } from { $date }
amend-read = { $order } is read as on { $date }, without the amendment and with it.
amend-against = The standard is { $order }.
amend-gaps = Gaps
amend-no-gaps = No gap opens, closes or changes.
amend-gap-opened = OPENED: { $demand }
amend-gap-widened = WIDER: { $demand }
amend-gap-moved = MOVED: { $demand }
amend-gap-other-reason = for another reason: { $demand }
amend-gap-narrowed = narrower: { $demand }
amend-gap-closed = closed: { $demand }
amend-gap-kinds = kind before: { $before }; after: { $after }
amend-part-closed = What is met only with the amendment:
amend-part-opened = What is met only without the amendment:
amend-part-left = What is met neither way:
amend-nothing = none
amend-conflicts = Conflicts
amend-no-conflicts = No conflict is made or removed.
amend-conflict-made = MADE: { $asks }; { $forbids }
amend-conflict-removed = removed: { $asks }; { $forbids }
amend-positions = Positions
amend-no-positions = No position changes.
amend-tests = Tests
amend-tests-pass = { $count ->
    [one] { $count } test of the law keeps its outcome on { $date }.
   *[other] { $count } tests of the law keep their outcome on { $date }.
}
amend-test-broken = another outcome on { $date }: { $test }
amend-own-test-failed = FAILED, a test of the amendment: { $test }
amend-own-tests = Tests of the amendment that pass: { $count }
amend-clean = In short: nothing is worse in any situation.
amend-not-clean = In short: something is worse in some situation; see what is in capitals.

## Positions that differ

change-begins = begins: { $position }
change-ends = ENDS: { $position }
change-stronger = stronger: { $position }
change-weaker = WEAKER: { $position }
change-other-limit = other limit: { $position }
change-limits = limit before: { $before }; after: { $after }
change-norms-before = before: { $norms }
change-norms-after = after: { $norms }
change-no-limit = none
diff-heading = { $first } on { $first-date }, and { $second } on { $second-date }
diff-nothing = Every situation is treated alike.
diff-count = { $count ->
    [one] { $count } difference
   *[other] { $count } differences
}

## One order looked through

inspect-heading = { $order } on { $date }
inspect-nothing = Nothing was found.
inspect-conflicts = Conflicts: both cannot be followed
inspect-conflict = { $asks }; yet: { $forbids }
inspect-asking = by { $norms }
inspect-forbidding = against { $norms }
inspect-preferred = The order of ranks prefers: { $position }
inspect-preferred-later = Of equal ranks the later law is preferred: { $position }
inspect-preferred-none = Neither rank nor date prefers one side in all of these situations.
inspect-dead = Norms that never apply
inspect-dead-impossible = { $norm }: no situation that can occur meets its condition and none of its exceptions
inspect-dead-overridden = { $norm }: overridden wherever it would apply, by { $norms }
inspect-dead-no-day = { $norm }: on no day is it in force together with its instrument in this order
inspect-redundant = Norms that others make needless: without all of them no position would be weaker
inspect-redundant-norm = { $norm }: at least as much is said by { $norms }
inspect-exceptions = Exceptions that take nothing away
inspect-exception-impossible = { $norm }, exception { $number }: nobody whom the condition covers and the other exceptions leave meets it
inspect-exception-overridden = { $norm }, exception { $number }: whom it excludes is excluded already, by { $norms }
inspect-silence = Silence where a related act is regulated
inspect-silence-act = nothing says whether anybody must or must not { $act }
inspect-silence-elsewhere = { $provision } speaks of it beside: { $act }
inspect-silence-related = and that is regulated here by { $norms }
inspect-bearers = Duties of bodies that no law of the state names
inspect-bearer = { $actor }, bound by { $norms }
inspect-count = { $count ->
    [one] { $count } finding
   *[other] { $count } findings
}

## Proposals

propose-heading = Proposals for the gap { $gap }
propose-not-drafting = Each is a starting point with its proof, and not legal drafting: a lawyer decides what the law should say.
propose-none = No small edit closes this gap without opening another or making a conflict. { $count } were tried.
propose-number = Proposal { $number } of { $count }, weight { $weight }
propose-proof = Proof: read as on { $date }, it closes the gap, opens none and makes no conflict.
propose-also = It also closes or narrows: { $gaps }
propose-tried = { $count ->
    [one] { $count } edit was tried.
   *[other] { $count } edits were tried.
}
propose-file = File { $path }
propose-edit-limit = changes the limit of { $norm }
propose-edit-modality = strengthens the word of { $norm }
propose-edit-widen = widens the condition of { $norm }
propose-edit-narrow-exception = narrows the exceptions of { $norm }
propose-edit-except = adds an exception to { $norm }
propose-edit-insert = inserts a norm into { $instrument }
propose-prose = A starting point made by a program and checked by recomputing; not legal drafting.
