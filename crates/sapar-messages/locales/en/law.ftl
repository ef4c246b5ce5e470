### Sentences in which norms, their limits and their reasons are told.
###
### $bearer, $act, $event, $fact and $term are labels of the vocabulary, in the same language as the sentence.
### $act is an infinitive phrase.
### $unit is one of hours, days, working days, weeks, months, years; KEY writes it as one word with hyphens.

## How long

duration = { KEY($unit) ->
    [hours] { $amount ->
        [one] { $amount } hour
       *[other] { $amount } hours
    }
    [days] { $amount ->
        [one] { $amount } day
       *[other] { $amount } days
    }
    [working-days] { $amount ->
        [one] { $amount } working day
       *[other] { $amount } working days
    }
    [weeks] { $amount ->
        [one] { $amount } week
       *[other] { $amount } weeks
    }
    [months] { $amount ->
        [one] { $amount } month
       *[other] { $amount } months
    }
    [years] { $amount ->
        [one] { $amount } year
       *[other] { $amount } years
    }
   *[other] { $amount } ({ $unit })
}

## Limits

limit-within = within { duration } from { $event }
limit-at-least = for at least { duration } from { $event }
limit-at-most = for at most { duration } from { $event }
limit-every = every { duration } from { $event }
limit-without-delay = without delay from { $event }
limit-at-once = at once from { $event }
limit-as-soon-as-possible = as soon as possible from { $event }
limit-until = until { $event }

## Modalities. THE puts the article before a bearer that has none.

must = { THE($bearer) } must { $act }
must-not = { THE($bearer) } must not { $act }
should = { THE($bearer) } should { $act }
should-not = { THE($bearer) } should not { $act }
may = { THE($bearer) } may { $act }

## Facts, terms and norms in an explanation. $reasons is a list already joined.

explanation-because = Because: { $reasons }
explanation-fact-is = { $fact }: { $value }
explanation-fact-unknown = { $fact }: not known
explanation-fact-not-applicable = { $fact }: does not apply to this person
explanation-fact-does-not-know = { $fact }: asked; the person does not know
explanation-fact-does-not-say = { $fact }: asked; the person does not want to say
explanation-term-holds = “{ $term }” is met, because: { $reasons }
explanation-term-fails = “{ $term }” is not met, because: { $reasons }
explanation-term-open = “{ $term }” is not decided; it depends on: { $reasons }
explanation-condition-met = The condition is met: { $reasons }
explanation-condition-open = The condition is not decided; it depends on: { $reasons }
explanation-always = This holds without any condition.
explanation-exception-does-not-apply = The exception does not apply: { $exception }
explanation-exception-applies = The exception applies: { $exception }
explanation-exception-open = Not decided whether the exception applies: { $exception }
explanation-overridden = { $norm } gives way to { $by }
explanation-not-overridden = No other norm takes precedence over it.
explanation-counted = { $count } of { $total } hold; needed: { $needed }

## Time in force. $date is told by the message `date`.

in-force-from = in force from { $date }
in-force-until = in force until { $date }
in-force-between = in force from { $from } until { $until }
in-force-not-yet = not yet in force; in force from { $date }
in-force-no-longer = no longer in force since the end of { $date }

## Where it is written. $title is the instrument's, $provision such as Article 33(1).

citation = { $title }, { $provision }
provision-article = Article { $number }
