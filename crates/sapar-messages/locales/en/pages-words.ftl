### The words of casework, by the codes that events carry: kinds, states, reasons.

## Where and how people were met

place-kind-post = Border crossing point
place-kind-green-border = Border between crossing points
place-kind-airport-transit = Transit zone of an airport
place-kind-inland = Inland
beginning-check = Check
beginning-interception = Interception
beginning-voluntary-approach = The person came by their own will
beginning-referral = Another agency sent the person

## A person

sex-female = Female
sex-male = Male
sex-unspecified = The document says neither
travel-document-kind-passport = Passport
travel-document-kind-identity-card = Identity card
travel-document-kind-convention-document = Travel document of a refugee or stateless person
travel-document-kind-return-certificate = Certificate of return
travel-document-kind-permit = Visa or residence permit
travel-document-kind-other = Another document
no-document-never-had = Never had one
no-document-lost = Lost
no-document-stolen = Stolen
no-document-held-by-another = Another person keeps it
no-document-destroyed = Destroyed
no-document-not-shown = Does not want to show one
no-document-not-known = The reason is not known
link-kind-spouse = Husband or wife of
link-kind-parent-of = Parent of
link-kind-child-of = Child of
link-kind-sibling = Brother or sister of
link-kind-other-relative = Other relative of
link-kind-guardian-of = Guardian of
link-kind-ward-of = Under guardianship of
link-kind-travels-with = Travels with
basis-said = The person says so
basis-said-by-other = Another person says so
basis-document = A document says so
basis-observed = An officer saw it
basis-authority = Another authority says so
claim-claimed = claimed, not settled
claim-confirmed = confirmed
claim-refuted = refuted
claim-withdrawn = taken back
consent-not-asked = not asked
consent-given = given
consent-refused = refused
consent-withdrawn = withdrawn
consent-answer-given = The person agrees
consent-answer-refused = The person does not agree

## What data is used for

purpose-protection = Asylum application
purpose-child-care = Care of a child
purpose-trafficking-help = Identifying and helping victims of trafficking
purpose-health = Medical help
purpose-family-tracing = Tracing and uniting a family
purpose-legal-help = Legal advice
purpose-basic-needs = Housing, food, basic needs
purpose-statelessness = Statelessness or nationality
purpose-investigation = Investigation of an offence
purpose-return = Return
purpose-readmission = Readmission

## Screening

how-observed = Seen
how-asked = Asked
how-document = Read in a document
how-specialist = Found by a specialist
how-authority = Told by another authority
how-derived = Follows from other answers
stop-reason-person-stopped = The person does not want to go on
stop-reason-needs-help-first = The person needs help first
stop-reason-no-interpreter = No interpreter
stop-reason-circumstances = Time or place does not permit
stop-reason-passed-on = A higher line goes on

## Tasks

waive-reason-done-elsewhere = Another agency does it
waive-reason-person-gone = The person left or cannot be found
waive-reason-person-refuses = The person refuses, and may
waive-reason-mistake = Recorded by mistake
waive-reason-other = Another reason, told in words

## Referrals

referral-state-offered = waits for an answer
referral-state-accepted = accepted
referral-state-declined = declined
referral-state-arrived = the person is there
referral-state-completed = completed
referral-state-withdrawn = withdrawn
decline-reason-no-capacity = No place or staff
decline-reason-not-competent = Not a matter of this agency
decline-reason-incomplete = Something needed is missing
decline-reason-person-refuses = The person does not want it
decline-reason-other = Another reason
completion-helped = Helped as asked
completion-helped-in-part = Helped in part
completion-passed-on = Passed on to another agency
completion-person-left = The person left before the end
completion-not-needed = Found not to be needed

## Cases

case-kind-protection = Protection
case-kind-asylum-referral = Passing on a wish for asylum
case-kind-trafficking-victim = Victim of trafficking
case-kind-smuggled-migrant = Smuggled migrant
case-kind-unaccompanied-child = Child alone
case-kind-statelessness = Statelessness
case-kind-detention-review = Review of detention
case-kind-return = Return
case-kind-readmission = Readmission
case-state-open = open
case-state-closed = closed
case-state-handover = offered to a team
case-outcome-protection-granted = Protection granted
case-outcome-protection-refused = Protection refused for good
case-outcome-application-withdrawn = Application withdrawn
case-outcome-passed-to-asylum-authority = The asylum authority has it
case-outcome-identified-as-victim = Identified as a victim and helped
case-outcome-not-identified-as-victim = Found not to be trafficked
case-outcome-residence-granted = Residence permit given
case-outcome-in-care = In the care of a guardian or family
case-outcome-found-adult = Found to be of age
case-outcome-nationality-confirmed = Nationality found or given
case-outcome-found-stateless = Found stateless
case-outcome-released = Released
case-outcome-detention-upheld = Detention upheld
case-outcome-left-voluntarily = Left by own will
case-outcome-returned = Returned
case-outcome-readmitted = Readmitted by the other state
case-outcome-readmission-refused = Refused by the other state
case-outcome-return-abandoned = Return is not permitted or not possible
case-outcome-taken-over = Another case has it
case-outcome-person-gone = The person cannot be found
case-outcome-mistake = Opened by mistake

## Documents

document-type-travel-document = Copy of a travel document
document-type-identity-paper = Other identity paper
document-type-photograph = Photograph
document-type-medical = Medical paper
document-type-application = Application
document-type-decision = Decision of an authority or court
document-type-interview-record = Record of an interview
document-type-consent = Signed consent
document-type-evidence = Evidence of an offence
document-type-other = Another document
