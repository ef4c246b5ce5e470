### Words that every part of Sapar uses.

## Answers and values

yes = yes
no = no
unknown = unknown
not-applicable = not applicable
does-not-know = does not know
does-not-want-to-say = does not want to say

word-and = and
word-or = or
word-not = not

## A civil date. $year, $month and $day are numbers.

date = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
    [12] December
   *[other] ({ $month })
} { $year }

## Who may ask, and how a fact is learned

role-first-line = first-line officer
role-second-line = second-line officer
role-specialist = specialist

learned-observing = observed by the officer
learned-document = read from a document
learned-asking = asked of the person
learned-specialist = established by a specialist
learned-deriving = follows from other answers

## How far an encoded norm was checked

verification-seen = seen in the source: { $source }, { $date }
verification-memory = from memory, not checked against the source
verification-reviewed = reviewed by { $name }, { $date }
verification-proposed = a proposal that nobody has adopted
