### Gaps between a standard and a national order: the register, and one gap told as a person's story.

## The register

gaps-title = Gaps: { $national } beside { $standard }
gaps-order-as-of = { $order }, law as of { $date }
gaps-count = { $count ->
    [one] { $count } gap
   *[other] { $count } gaps
}
gaps-none = No gap: wherever the standard demands something, the national order gives at least as much.
gaps-own-law = Norms of the standard that are themselves part of the national order, such as treaties in force, are left out: this is what the state's own laws give.
gaps-encoded = This compares what was encoded, not what is done in practice. Many norms are written from memory or await review; read the articles before relying on a gap.
gaps-heading-summary = By severity and kind
gaps-heading-register = The register
gaps-heading-matrix = Provision beside provision
gaps-heading-kinds = What the kinds mean
gaps-all = all
gaps-column-severity = severity
gaps-column-kind = kind
gaps-column-demand = what the standard demands
gaps-column-standard = standard
gaps-column-national = national law
gaps-column-share = share
gaps-column-likely = likely
gaps-column-person = to whom it happens
gaps-column-id = name of the gap
gaps-column-best = answered
gaps-more-norms = and { $count } more
gaps-no-provision = no provision
gaps-tell-one = One gap as a story: { $command }

## Severity, by what is at stake

gaps-stake-life = life
gaps-stake-liberty = liberty
gaps-stake-child = child
gaps-stake-procedure = procedure
gaps-stake-data = data
gaps-stake-other = other

## Kinds

gaps-kind-contrary = contrary
gaps-kind-contested = contested
gaps-kind-taken-away = taken away
gaps-kind-limit-too-weak = limit too weak
gaps-kind-limit-unsaid = limit cannot be compared
gaps-kind-weaker-modality = weaker word
gaps-kind-too-narrow = too narrow
gaps-kind-silent = silent
gaps-means-contrary = The national law demands or allows the opposite, and nothing in it gives what the standard demands.
gaps-means-contested = The national law gives what the standard demands, and another norm of it demands or allows the opposite.
gaps-means-taken-away = The national law would give enough, but an exception or an overriding norm takes it away.
gaps-means-limit-too-weak = The national law acts, but its limit in time is weaker than the standard's, or there is none.
gaps-means-limit-unsaid = The national law acts, but whether its limit in time is as strong cannot be said.
gaps-means-weaker-modality = The national law says so with a weaker word, such as may for must.
gaps-means-too-narrow = The national law gives enough in other situations, or forbids it only to some of those whom the standard binds.
gaps-means-silent = No norm of the national law would give enough in any situation.

## What a national norm has to do with a gap

gaps-part-opposes = demands or allows the opposite
gaps-part-gives = gives what the standard demands, and is opposed
gaps-part-taken-away = would give it, but for an exception or an overriding norm
gaps-part-overrides = overrides a norm that would give it
gaps-part-weak-limit = its limit is too weak or missing
gaps-part-unsaid-limit = its limit cannot be compared
gaps-part-weaker = says so with a weaker word
gaps-part-narrow-bearer = binds only some of those whom the standard binds
gaps-part-gives-elsewhere = gives it in other situations

## One gap as a story

gaps-section-person = The person
gaps-section-demand = What the standard demands for this person
gaps-section-national = What the national law says
gaps-section-when = When it happens
gaps-section-share = How often
gaps-section-comparators = What other laws give there
gaps-section-id = Name of the gap
gaps-child-aged = A child of { $age }
gaps-adult-aged = { $age ->
    [one] A person of { $age } year
   *[other] A person of { $age } years
}
gaps-someone = A person
gaps-story = { $who }, of whom this is so: { $facts }
gaps-story-ordinary = { $who }, with nothing unusual
gaps-when-any = Any of these, and nothing else:
gaps-when-always = always
gaps-share-of = { $share } of the situations that can occur ({ $situations } of { $possible })
gaps-likely-of = { $likely } of the people assumed by the prior
gaps-gives-everywhere = gives at least as much in all these situations
gaps-gives-in-part = gives at least as much in some of these situations, and not when:
gaps-gives-nowhere = does not give it in any of these situations

## Conditions

gaps-not = not so: { $label }
gaps-value = { $label }: { $value }
gaps-number-under = { $label }: under { $number }
gaps-number-from = { $label }: { $number } or more
gaps-number-is = { $label }: { $number }
gaps-number-between = { $label }: { $from } to { $to }
gaps-values-none = { $label }: none of { $values }

## Degrees

gaps-degree-full = full
gaps-degree-partial = partial
gaps-degree-contrary = contrary
gaps-degree-none = none
