### The interview at the border, and what the law says when it ends.

## Statuses of a position

status-certain = certain
status-open = not decided yet
status-excluded = ruled out

## Headings of the outcome

heading-prohibitions = What is forbidden
heading-duties = What must be done
heading-recommendations = What should be done
heading-permissions = What is allowed
heading-undecided = Not decided yet (depends on)
heading-conflicts = Where the law contradicts itself
heading-deadlines = Deadlines
heading-articles = Articles
heading-why = Why
heading-overridden-by = Gives way to
heading-deciding-facts = Facts that would decide it
heading-verification = How far the encoded law was checked

outcome-nothing-certain = Nothing in this law is certain for this person yet.
outcome-not-a-decision = This is not a decision; the officer decides.
outcome-conflict = The law both demands and forbids this. Do not act before you have asked a second-line officer or a lawyer.
outcome-depends-on = depends on: { $facts }
outcome-law-as-of = { $order }, law as of { $date }

warning-unanswered-is-not-no = Never treat an unanswered question as no.
warning-ask-second-line = Ask a second-line officer.
warning-ask-specialist = Ask a specialist.
warning-not-checked = Part of this rests on law written from memory and not yet checked against the source.

## Beginning

interview-choose-language = Choose a language
interview-document-prompt = Type the machine-readable zone, or press Enter if there is no document

## Asking. The letters stay the same in every language, so that no keyboard has to be switched.

interview-question = Question { $number }
interview-why = This is asked because of: { $articles }
interview-hint-yes-no = y = yes, n = no
interview-hint-choice = type the number of the answer
interview-hint-number = type a whole number from { $least } to { $most }
interview-hint-country = type the three letters of the country, for example KAZ
interview-hint-always = u = does not know, r = does not want to say, b = back, ? = why, q = stop

interview-bad-answer-yes-no = This answer was not understood. Type y for yes, n for no, u if the person does not know, r if the person does not want to say.
interview-bad-answer-choice = This answer was not understood. Type a number from 1 to { $count }, u if the person does not know, or r if the person does not want to say.
interview-bad-answer-number = This answer was not understood. Type a whole number from { $least } to { $most }, u if the person does not know, or r if the person does not want to say.
interview-bad-answer-country = This country code was not understood. Type three letters, for example KAZ, u if the person does not know, or r if the person does not want to say.
interview-at-first-question = This is the first question; there is nothing to go back to.

## Ending

interview-progress = { $count ->
    [one] { $count } question answered
   *[other] { $count } questions answered
}
interview-finished = The interview is finished. No further question that you may ask could change what is stated here.
interview-stopped = The interview was stopped early. What is certain still stands; the rest is not decided.

## The screening on the command line

screen-title = Sapar screening: { $order }, law as of { $date }
screen-invalid-choice = Type one of the numbers shown.
screen-document-read = From the document:
screen-field-not-used = The field “{ $field }” was not used, because its check failed or it cannot be read.
screen-document-age-range = The document leaves the age open: { $ages }.
screen-document-protected = The issuing state declares the holder stateless or a refugee.
screen-accept-suggestion = Use this reading? y = yes, n = no
screen-suggested = Enter = { $value } (as the document suggests; look at it)
screen-contradiction = These answers cannot all be true: { $facts }. Nothing was recorded; answer again, or type b to go back.
screen-due = if this happens now: at the latest { $date }
screen-due-between = if this happens now: between { $earliest } and { $latest }; a holiday is not announced yet
screen-due-at-least = if this begins now: not before the end of { $date }
screen-due-at-most = if this begins now: no longer than { $date }
screen-barred = Do not act on this: the law also says, or may say: { $prohibition }
screen-undecided-by = Can be decided by a { $role }:
screen-undecided-answered = Nobody could answer what would decide these:
screen-undecided-more = { $count ->
    [one] and { $count } more; see it with --all
   *[other] and { $count } more; see them with --all
}
screen-verified = Rests on { $seen } norms seen in their source, { $memory } written from memory, { $reviewed } reviewed by a lawyer.
screen-facts-known = What is known
screen-standing = Always, for everyone
