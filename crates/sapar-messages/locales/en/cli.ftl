### What the command line says of documents and deadlines.

## A deadline. $date, $earliest, $latest, $first and $last are told by the message `date`.

weekday = { $day ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
    [7] Sunday
   *[other] ({ $day })
}

deadline-asked = { $period }, counted from: { $event }
deadline-last-day = Last day: { $date }, { $weekday }
deadline-over = Over at: { $date }, { $time } ({ $zone })
deadline-rule-as-counted = Rule: the period ends on the day it was counted to, worked or not.
deadline-rule-roll-forward = Rule: a last day that is off moves to the next working day; hours do not move.
deadline-rule-regulation-1182 = Rule: Regulation (EEC, Euratom) No 1182/71, Article 3.
deadline-skipped = { $count ->
    [one] { $count } day does not count:
   *[other] { $count } days do not count:
}
deadline-while-rolling = the end moves past it
deadline-while-reaching-two = so that two working days are included

day-off-weekend = weekend
day-off-holiday = public holiday
day-off-instead = free in place of { $name } on { $date }
day-off-transferred = free by decree in exchange for { $date }

deadline-caveat-transfers = The decrees that move days off in { $year } are not recorded here; one may still shift this deadline.
deadline-caveat-memory = That { $date } is off was written from memory and not checked against a source.
deadline-caveat-other = There is a reservation about this deadline that this program cannot put into words; count it again by hand.
deadline-uncertain = The last day is { $earliest }, or as late as { $latest }: it depends on a holiday that is not announced yet.
deadline-uncertain-safe = Whoever must act is safe with the earlier day. The days in doubt:
deadline-outside-calendar = The calendar reaches from { $first } to { $last }, and this period goes beyond it. Count it by hand.
deadline-too-long = This period is longer than dates can express. Check the number.
deadline-hours-need-a-time = Hours are counted from a moment. Give the time as well, for example: --from 2026-03-19T14:00

## A travel document

mrz-prompt = Type the lines of the machine-readable zone; end with an empty line.
mrz-document = Document: { $kind } ({ $format })
mrz-kind-diplomatic = diplomatic passport
mrz-kind-official = official or service passport
mrz-kind-emergency = emergency travel document
mrz-kind-refugee = travel document of a refugee
mrz-kind-alien = travel document of a foreigner or a stateless person
mrz-kind-laissez-passer = laissez-passer of an organisation
mrz-kind-crew = crew certificate
mrz-kind-passport-card = passport card
mrz-number = Number
mrz-optional-data = Personal number or other data
mrz-second-optional-data = Other data, second field
mrz-composite = Check over the whole zone
mrz-nothing = (nothing)
mrz-not-readable = (cannot be read)
mrz-check-passed = check digit fits
mrz-check-failed = CHECK DIGIT DOES NOT FIT
mrz-check-missing = CHECK DIGIT MISSING
mrz-check-not-digit = A LETTER IN PLACE OF THE CHECK DIGIT
mrz-check-none = no check digit

mrz-code-stateless = { $code }: stateless person
mrz-code-refugee = { $code }: refugee
mrz-code-unspecified = { $code }: nationality not stated
mrz-code-specimen = { $code }: a specimen, not a country
mrz-code-unlisted = { $code }: not a known code; it may be misread

mrz-birth-one-of = { $date } (the document leaves the century open: { $years })
mrz-birth-parts = year { $year }, month { $month }, day { $day } (?? is not stated)
mrz-may-be-child = By this document the holder may be under 18. Treat the person as a child until this is ruled out.
mrz-sound = All check digits fit. That proves that the zone was read as printed, not that the document is genuine.
mrz-problems = { $count ->
    [one] { $count } mistake was found; what was read is not to be relied on:
   *[other] { $count } mistakes were found; what was read is not to be relied on:
}
mrz-suggestion-checked = Line { $line }, character { $position }: perhaps { $suggested } instead of { $found }; with it the check digit fits. Compare with the document; nothing was changed.
mrz-suggestion-unchecked = Line { $line }, character { $position }: perhaps { $suggested } instead of { $found }; no check digit covers this place. Compare with the document; nothing was changed.
mrz-adjusted-case = { $count ->
    [one] { $count } small letter was read as a capital.
   *[other] { $count } small letters were read as capitals.
}
mrz-adjusted-space = Spaces or empty lines were passed over: { $count }
mrz-adjusted-cut = One long line was cut into { $count } lines.
mrz-too-long = The text is far too long for a machine-readable zone. Type its 2 or 3 lines only.
mrz-not-text = The input is not text. Type the lines of the zone, or save the file as UTF-8.
