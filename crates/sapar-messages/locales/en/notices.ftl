### The printed papers: the notice of rights that a person takes along, and the form that goes with a referral.

## Both
paper-invented = Demonstration: this person is invented.
paper-signatures = Signatures

## Notice of rights
notice-title = Your rights
notice-person = Name
notice-born = Date of birth
notice-date = Date
notice-place = Place
notice-post = Crossing point
notice-agency = Handed over by
notice-law = Law
notice-law-as-of = as of { $date }
notice-must-not = What the authorities must not do
notice-must = What the authorities must do for you
notice-may = What you have a right to
notice-own = What you must do
notice-nothing-certain = Nothing can be said for certain here yet. That does not mean that you have no rights: ask.
notice-due = Time limit: { $due }
notice-until = { $limit }: until { $day }
notice-between = { $limit }: until { $earliest } at the earliest and { $latest } at the latest
notice-ask = What you can always ask
notice-say-afraid = If you are afraid to go back to your country or to go to another place, say so. You can say it to any officer and at any time.
notice-say-alone = You can ask to speak with an officer alone, without the people you travel with.
notice-say-interpreter = You can ask for an interpreter into a language that you understand.
notice-say-lawyer = You can ask for a lawyer, and ask that your family be told where you are.
notice-say-consulate = You can ask to speak with the consulate of your country. You do not have to.
notice-say-needs = If you are ill or hurt, or need water, food or rest, say so.
notice-information = This paper is information and not a decision. It takes no right away from you: where the law gives you more than is written here, the law counts. Some things are told only in person, so ask also about what you do not find here.
notice-signing = By signing, the person only says that this paper was handed over and explained in a language that the person understands. Nobody has to sign.
notice-sign-person = The person
notice-sign-person-line = date, signature
notice-sign-interpreter = Interpreter
notice-sign-interpreter-line = name, language, signature
notice-sign-officer = Officer
notice-sign-officer-line = name, signature

## Form of a referral
referral-form-title = Referral
referral-form-from = From
referral-form-to = To
referral-form-purpose = Purpose
referral-form-offered = Sent
referral-form-reply-by = Answer by
referral-form-printed = Printed
referral-form-person = The person
referral-form-nothing-shared = Nothing about the person is shared on this form.
referral-form-shared = What is shared
referral-form-rests-on = What the referral rests on
referral-form-consent = The person's consent to this referral.
referral-form-article = The law, without the person's consent: { $citation }
referral-form-message = Message
referral-form-handed-over = Handed over by
referral-form-received = Received by
referral-form-sign-here = name, date, signature
referral-form-confidential = Only for the receiver and the purpose named here. Give it to nobody else, and leave it lying nowhere.
