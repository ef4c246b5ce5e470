### Referrals, tasks, cases, search, overview, administration, reviews, law and account.

## Referrals

referrals-inbox = Received
referrals-inbox-empty = Nothing waits for your agency.
referrals-sent = Sent
referrals-ended = At their end
referral-new-title = Refer the person
referral-agency = To which agency?
referral-purpose = For what?
referral-permission = What permits it
referral-permission-hint = Choose a consent of the person, or the article that requires this without consent.
referral-consent = Consent
referral-legal-basis = Article
referral-receives = What the agency receives
referral-classes-hint = No more than the purpose needs. Nothing else of the file will be seen.
referral-words = What should they know?
referral-words-hint = Needs, language, what has been done already.
referral-send = Send the referral
referral-what = The referral
referral-from = From
referral-to = To
referral-form = Form (PDF), { $language }
referral-accept = Accept
referral-decline = Decline
referral-decline-why = Why do you decline?
referral-arrived = The person is here
referral-complete = It is completed
referral-complete-how = How did it end?
referral-withdraw = Take the referral back

## Tasks

tasks-overdue = Overdue
tasks-open = To be done
tasks-waiting = Not running yet
tasks-ended = At their end
tasks-more-than-shown = There are more tasks than are shown here; these are due first.
tasks-more = { $count ->
    [one] { $count } more is not shown.
   *[other] { $count } more are not shown.
}
tasks-agency = Agency
tasks-state = State
tasks-all = All
tasks-show = Show
feed-title = Tasks in your calendar
feed-text = A calendar program can subscribe to your due times. The address holds no names; keep it to yourself all the same. Making a new one ends the old.
feed-make = Make a new address
feed-address = This is shown once. Copy it into your calendar program:

## Cases

cases-of-team = Cases of your team
cases-offered = Offered to your team
cases-closed = Closed
case-team = Team
case-owner = Owner
case-opened = Opened
case-people = Other people
case-no-people = No other person is linked to this case.
case-link = Link a person
case-link-person = Whom?
case-steps = Next steps
case-hand-over = Offer to another team
case-to-team = To which team?
case-why = Why?
case-close = Close the case
case-close-how = How did it end?
case-reopen = Open the case again

## Search

search-what = Name or document number
search-hint = In Latin or Cyrillic letters. Your search is recorded.
search-submit = Search
search-found = { $count ->
    [one] { $count } person found
   *[other] { $count } people found
}
search-nothing = Check the spelling, try the other alphabet, or search by the number of the document.
search-more = There are more. Write more of the name.

## Overview

dashboard-period = From { $from } until { $until }
dashboard-outcomes = People by what the law says
dashboard-referral = Hours from registration to referral
dashboard-overdue = Overdue tasks by agency
dashboard-people = people
dashboard-hours = hours
dashboard-tasks = tasks
dashboard-table = The same as a table
dashboard-described = Bars; the same figures stand in the table below.
dashboard-attention = needs attention
dashboard-nothing = There is nothing to count yet.

## Administration

administration-hint = Whoever sets up users sees nobody's file.
administration-users = Users
administration-user = User
administration-agencies = Agencies
administration-posts = Posts
administration-teams = Teams
administration-new-user = New user
administration-new-agency = New agency
administration-new-post = New post
administration-new-team = New team
administration-empty = Nothing is set up yet.
administration-closed = closed
administration-name = Name
administration-sign-in-hint = Small Latin letters, digits, hyphens.
administration-password = First password
administration-role = Role
administration-agency = Agency
administration-team = Team
administration-kind = Kind
administration-mandate = For what may it act?
administration-mandate-hint = A body that returns people and one that protects them are two agencies here: the wall between them runs through the mandate.
administration-time-zone = Time zone
administration-time-zone-hint = By its name in the IANA database, such as Asia/Almaty.
administration-close = Account
administration-close-hint = A closed account cannot sign in; what its user did stays recorded.
administration-close-yes = The account is closed
administration-passkeys-hint = After a lost device, remove them all; the password stays, and the user adds new ones.
administration-passkeys-remove = Remove all passkeys
administration-identity = Headquarters’ sign-in
administration-identity-hint = Who signs in there as this person is this user here. Nobody is found by e-mail or name.
administration-issuer = Provider
administration-subject = Identifier at the provider
administration-subject-hint = The provider calls it “sub” or subject. Leave it empty to take the link away.

## Reviews

reviews-waiting = To be reviewed
reviews-done = Reviewed
reviews-none = Nothing waits for a review.
reviews-review = Review
reviews-verdict = Was the access rightful?
review-rightful = Rightful
review-wrong = Not rightful

## Law

law-hint = What the program reads as law, in prose and as norms. Each norm says how far it was checked.
law-none = No law package is loaded.
law-norms = { $count ->
    [one] { $count } norm
   *[other] { $count } norms
}
law-on = As of the day
law-on-wrong = There is no such day. Write it as 2026-11-25.
law-no-norm = No norm of this article is in force on that day.
law-when = When:
law-limit = In what time:
law-except = Except:

## Account

account-title = Your account
account-password = Password
account-old = Password now
account-new = New password
account-again = New password again
account-password-hint = At least twelve characters. Several words are good.
account-change = Change the password
account-passkeys = Passkeys
account-passkeys-hint = A key on your device or a stick instead of a password.
account-no-passkey = You have no passkey.
account-added = Added
account-used = Last used
account-unused = Not used yet
account-passkey-new = Add a passkey
account-passkey-new-hint = Your browser then asks for the finger, the face or the PIN of this device, or for a key on a stick.
account-passkey-name = Name of the passkey
account-passkey-name-hint = So that you know it again, such as “blue key” or “telephone”.
account-passkey-add = Add a passkey
account-passkey-change = Rename or remove
account-passkey-rename = Rename
account-passkey-remove = Remove the passkey
