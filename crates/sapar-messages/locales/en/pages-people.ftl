### Encounters, registration and a person's page.

## Encounter

encounter-title = Encounter
encounter-new-title = New encounter
encounter-where = Where was the person met?
encounter-post = Post
encounter-post-hint = For a crossing point or an airport.
encounter-place = Place
encounter-place-hint = A short code of the sector, the district or the hall.
encounter-how = How did it begin?
encounter-start = Start the encounter
encounter-register = Register a person
encounter-people = People present
encounter-nobody = Nobody is registered yet.
encounter-end = End the encounter
encounter-ended = ended { $moment }
screening-start = Start the interview

## Registration

registration-title = Register a person
registration-lead = Scan the document, or write what the person says. Whatever is not known stays empty.
registration-zone = Machine-readable zone
registration-zone-hint = The two or three lines of letters at the foot of the document: scan, paste or type them.
registration-zone-read = What the zone says
zone-good = The zone was read; every check digit is right.
zone-bad = The zone was not read: { $reason }
registration-who = Who the person is
registration-papers = Travel document
registration-submit = Register
field-surname = Surname
field-given = Given names
field-surname-cyrillic = Surname in Cyrillic
field-given-cyrillic = Given names in Cyrillic
field-as-in-document = As in the document, or as the person says it.
field-birth = Date of birth
field-birth-hint = Year, month and day, such as 1994-05-17; 1994-05 or 1994 if no more is known.
field-nationality = Nationality
field-nationality-hint = No nationality is a choice of its own; leave it open if it is not known.
field-sex = Sex
field-document-kind = Kind of document
field-document-number = Number
field-issuer = Issued by
field-no-document = No document, because
field-no-document-hint = Papers kept by another person can be a sign of trafficking.
duplicate-title = Is this person known already?
duplicate-lead = Look at both. The program does not decide; two people can have the same name and birthday.
duplicate-new = You are registering:
duplicate-last-met = last met
duplicate-same = It is the same person
duplicate-different = It is somebody else: register
duplicate-same-document = the same document number
duplicate-same-document-other-issuer = the same document number, but another issuer
duplicate-similar-name = names alike by { $percent } %
duplicate-birth-fits = the birth date can be the same

## A person

person-title = Person
person-erased-text = The personal data was erased. What was done stays recorded, without saying for whom.
person-who = Who
person-outcome = What the law says now
person-outcome-whole = The whole outcome
outcome-duties-count = { $count ->
    [one] { $count } duty
   *[other] { $count } duties
}
outcome-open-count = { $count ->
    [one] { $count } matter is not certain
   *[other] { $count } matters are not certain
}
person-refer = Refer the person
person-screenings = Interviews
person-correct = Correct this
person-correct-hint = What stood here before stays in the timeline.
screenings-none = Nobody has interviewed this person yet.
referrals-none = There is no referral.
cases-none = There is no case.
cases-open = Open a case
cases-kind = Kind of case
timeline-title = What happened
notes-title = Notes
notes-empty = There is no note.
notes-add = Write a note
notes-words = Note
notes-classes = What is it about?
notes-classes-hint = Only those who may see all that you choose will read it. In doubt choose more.
documents-title = Documents
documents-empty = There is no document.
documents-add = Add a document
documents-file = File
documents-file-hint = PDF, JPEG, PNG or WebP, at most 20 MB.
documents-kind = What is it?
document-withdrawn = withdrawn
size-kilobytes = { $count } kB
size-megabytes = { $count } MB
links-title = Links to other people
links-claims = What is said, not what is proved.
links-empty = No link is recorded.
links-add = Record a link
links-kind = This person is said to be
links-other = To whom?
links-basis = How is it known?
consents-title = Consents
consents-none = Nobody has asked for a consent. Not asked is not refused.
consents-add = Record an answer
consents-hint = Ask in a language the person understands. They may say no, and may take a yes back at any time.
consents-purpose = For what?
consents-agency = Towards which agency?
consents-agency-hint = Leave it open for any agency that acts for this purpose.
consents-answer = What does the person say?
looks-hint = Everybody who opened this page or found this person is listed here.
break-glass-title = Emergency: see what is hidden
break-glass-text = For danger to life or health only. Your supervisor is told at once, your name stays on this page, and the access is reviewed.
break-glass-reason = Why can it not wait?
break-glass-reason-hint = At least ten characters.
break-glass-submit = Open and be reviewed
erasure-title = Erase the personal data
erasure-text = The key of this person is destroyed. Nobody, not even a backup, can bring the data back.
erasure-reason = On what ground?
erasure-submit = Erase for ever
