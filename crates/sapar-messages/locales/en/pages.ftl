### What every page of the web application says: frame, forms, sign-in, desk, problems, help.

## The frame

product-name = Sapar
skip-to-content = Skip to the content
languages = Language
menu = Menu
navigation = Sections
demonstration-title = Demonstration.
demonstration-text = All people and all data here are invented.
title-error = Error:
sign-out = Sign out
purpose-now = You are working for this purpose
purpose-change = Change
foot-motto = Sapar says what the law demands. The officer decides.
foot-zone = Times are those of { $zone }. It is { $moment }.

## Navigation

nav-desk = Desk
nav-new-encounter = New encounter
nav-search = Search
nav-tasks = Tasks
nav-referrals = Referrals
nav-cases = Cases
nav-dashboard = Overview
nav-reviews = Emergency access
nav-administration = Administration
nav-law = Law
nav-help = Help
nav-overdue = { $count ->
    [one] { $count } task overdue
   *[other] { $count } tasks overdue
}
nav-unread = { $count ->
    [one] { $count } referral waits for an answer
   *[other] { $count } referrals wait for an answer
}
nav-waiting = { $count ->
    [one] { $count } matter waits
   *[other] { $count } matters wait
}

## Time

moment = { $date }, { $time }
moment-today = today, { $time }
moment-tomorrow = tomorrow, { $time }
moment-yesterday = yesterday, { $time }
time-until = { KEY($unit) ->
    [hours] { $count ->
        [one] in { $count } hour
       *[other] in { $count } hours
    }
    [days] { $count ->
        [one] in { $count } day
       *[other] in { $count } days
    }
   *[other] { $count ->
        [one] in { $count } minute
       *[other] in { $count } minutes
    }
}
time-since = { KEY($unit) ->
    [hours] { $count ->
        [one] { $count } hour ago
       *[other] { $count } hours ago
    }
    [days] { $count ->
        [one] { $count } day ago
       *[other] { $count } days ago
    }
   *[other] { $count ->
        [0] just now
        [one] { $count } minute ago
       *[other] { $count } minutes ago
    }
}
time-overdue = { KEY($unit) ->
    [hours] { $count ->
        [one] { $count } hour overdue
       *[other] { $count } hours overdue
    }
    [days] { $count ->
        [one] { $count } day overdue
       *[other] { $count } days overdue
    }
   *[other] { $count ->
        [one] { $count } minute overdue
       *[other] { $count } minutes overdue
    }
}
due-by = (due { $moment })
due-between = (last day between { $earliest } and { $latest }: a holiday is not announced yet)
due-promptly = Without delay
due-since = (since { $moment })
due-waits = The time runs from:
due-not-counted = Count by hand: the calendar could not

## Forms

form-optional = (may be left out)
form-choose = Choose
form-errors = Please mend this; what you wrote is kept
form-send = Send
form-save = Save
form-cancel = Cancel
form-required = Fill this in
field-words = In words
field-reason = Reason
column-when = When
column-who = Who
column-purpose = Purpose
column-what = What

## Lists

people-count = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
person-erased = Data erased
person-unnamed = Name not known
person-child = child
timeline-empty = Nothing is recorded yet.
looks-title = Who looked
looks-empty = Nobody has looked yet.
looks-break-glass = emergency access
task-complete = Done
task-waive = Need not be done
task-waive-why = Why need it not be done?
task-escalated = on the supervisor's desk
task-done = done
task-done-late = done late
task-waived = not needed
task-replaced = replaced, since facts or law changed

## Sign in

sign-in-title = Sign in
sign-in-lead = For staff of the agencies that look after people at the border.
sign-in-name = User name
sign-in-password = Password
sign-in-submit = Sign in
sign-in-single = Sign in through headquarters
sign-in-passkey = Sign in with a passkey
passkey-elsewhere = Passkeys belong to another address of this site, and none can belong to an address of numbers. Open it to use one:
passkey-none-here = Passkeys need an address with a name, and this server was given none. Your administrator sets it.
passkey-refused = The passkey was not accepted. Try again, or use your password.
openid-unreachable = Headquarters’ sign-in does not answer. Sign in with your user name and password, or try again in a few minutes.
openid-refused = Headquarters’ sign-in did not succeed. Start it again, or sign in with your user name and password.
openid-unknown = Headquarters knows you, but no active account here is linked to you. Give your administrator this identifier: { $subject }
sign-in-not-done = You are not signed in
sign-in-done = You are signed in
sign-in-onward = Go on to your desk
sign-in-demonstration = Demonstration users
sign-in-demonstration-password = Choose somebody to be. They are invented, and all have the password
sign-in-wrong = Name and password do not fit together. Check both; capital letters count.
sign-in-locked = Too many attempts. Wait some minutes, or ask your administrator.
sign-in-again = You were signed out, since nothing was done for a while. Sign in again.

## Desk

desk-title = Your desk
desk-new-encounter = New encounter
desk-search = Find a person
desk-tasks = Your tasks
desk-no-tasks = Nothing is due.
desk-all-tasks = All tasks
desk-more-tasks = { $count ->
    [one] { $count } more task
   *[other] { $count } more tasks
}
desk-encounters = Open encounters
desk-no-encounters = No encounter is open.
desk-people = People of today
desk-no-people = Nobody was registered today.
desk-continue = Go on with the interview
desk-outcome = Outcome
stage-registered = registered
stage-running = interview runs
stage-stopped = interview stopped
stage-finished = outcome is there

## Problems

problem-403-title = This is not open to you
problem-403-text = Your role and the purpose you chose do not permit it. Choose another purpose, or ask your supervisor.
problem-404-title = There is nothing here
problem-404-text = Check the address, or look for the person or the case by search.
problem-409-title = Somebody changed this meanwhile
problem-409-text = Nothing of yours was recorded. Open the page again, look at what is new, and repeat what is still right.
problem-413-title = This is too large
problem-413-text = A file may have 20 MB. Scan it with a lower resolution, or split it.
problem-422-title = This could not be understood
problem-422-text = Nothing was recorded. Go back, check what you wrote and send it again.
problem-429-title = Too many requests
problem-429-text = Wait a little and try again. Nothing was lost.
problem-500-title = The program made a mistake
problem-500-text = What was recorded before is safe. Try once more; if it happens again, call support and name the number below.
problem-503-title = Sapar cannot record now
problem-503-text = Nothing of this step was recorded. Wait a minute and try again; write on paper what cannot wait.
problem-retry = { $count ->
    [one] Try again in { $count } second.
   *[other] Try again in { $count } seconds.
}
problem-to-desk = To your desk
problem-whom-to-call = Whom to call
problem-status = Status { $status }
problem-reference = Number for support: { $reference }

## Help

help-title = Help
help-colours = What the signs mean
help-prohibition = You must not do this, whatever else is asked of you. Only a prohibition is red.
help-duty = This must be done, often by a certain time.
help-right = The person or an officer may do this.
help-open = The law cannot say yet; a question that is still open decides it. It is never a no.
help-late-word = Overdue
help-late = The due time has passed. Do it now, or say why not.
help-unknown-title = Not known is not no
help-unknown-text = Whoever does not know or does not want to say has not said no. Sapar keeps the three apart, and no right is lost by silence.
help-keys = Keys
help-key-tab = goes to the next field or button
help-key-enter = sends the form, or presses the button
help-key-digits = in an interview: chooses the answer with that number
help-key-unknown = in an interview: the person does not know
help-key-refuses = in an interview: the person does not want to say
help-call = Whom to call
help-no-contacts = No numbers are entered for your post. Ask your supervisor.
help-version = Version { $version }
outcome-prohibition = Forbidden
outcome-duty = Must be done
outcome-right = Right
outcome-open = Not certain

## The keys of the interview can be turned off, as WCAG 2.1.4 asks.

help-keys-turn-off = Turn the keys of the interview off on this device
help-keys-turn-on = Turn the keys of the interview on again
