### The printed papers: the notice of rights that a person takes along, and the form that goes with a referral.

## Notice of rights
notice-title = Your rights
notice-person = For
notice-reference = Reference
notice-date = Date
notice-place = Place
notice-must-not = What nobody may do to you
notice-must = What the authorities must do
notice-may = What you have a right to
notice-nothing-certain = Nothing is certain here yet. That does not mean that there is nothing: ask.
notice-due = Time limit: { $due }
notice-basis = Basis: { $citation }
notice-ask = Whom you can ask
notice-ask-officer = Ask the officer who gave you this paper.
notice-information = This paper is information and not a decision. It takes no right away from you: where the law gives you more than is written here, the law counts.

## Form of a referral
referral-form-title = Referral
referral-form-from = From
referral-form-to = To
referral-form-purpose = Purpose
referral-form-reply-by = Reply by
referral-form-person = The person
referral-form-nothing-shared = Nothing about the person is shared on this form.
referral-form-rests-on = What the referral rests on
referral-form-consent = The person's consent: { $consent }
referral-form-article = The law, without the person's consent: { $citation }
referral-form-message = Message
referral-form-signatures = Signatures
referral-form-handed-over = Handed over by
referral-form-received = Received by
referral-form-sign-here = name, date, signature
referral-form-confidential = Only for the receiver and the purpose named here.
