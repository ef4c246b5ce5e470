### The interview, the question turned to the traveller, and the outcome.

## Interview

interview-how = How do you know?
interview-answer = Answer
interview-answer-many = Choose all that are true
interview-range = A whole number from { $least } to { $most }.
interview-next = Next
interview-before = answered before
interview-not-said = No answer
interview-back = One question back
interview-turn = Show to the person
interview-why-asked = Why is this asked?
interview-last-answers = Last answers
interview-stop = Stop the interview
interview-stop-hint = What was answered is kept, and the outcome says what is certain so far.
interview-stop-why = Why stop?
interview-nothing-more = There is nothing more to ask
interview-finish = Finish
interview-suggested = The document says: { $value }. Look at the person and the paper.
interview-care-child = A child is asked by a specialist only, with the guardian present.
interview-care-quiet = Ask in a quiet room, without companions, with an interpreter the person accepts.
answers-title = Answers so far
answers-hint = An answer can be corrected. What was answered before stays recorded.
answers-none = Nothing is answered yet.
answers-corrected = corrected
answers-correct = Correct
answers-back = Back to the question
answers-outcome = Outcome so far

## The person reads this

traveller-title = A question for you
traveller-back = Back to the officer
traveller-does-not-know = I do not know
traveller-does-not-want = I do not want to say
traveller-free = You may choose not to answer, and you may stop at any time. It will not be counted against you.

## Outcome

outcome-title = What the law says
outcome-no-prohibition = Nothing is certainly forbidden yet. That is not a permission.
outcome-perhaps-forbidden = Perhaps forbidden
outcome-perhaps-forbidden-text = This is not ruled out. Until it is, act as if it were forbidden.
outcome-perhaps = Perhaps forbidden
outcome-partial = The interview was stopped
outcome-partial-text = What stands here is certain all the same; the rest is open and not denied.
outcome-preferred = The order of ranks prefers:
outcome-changes = What changed since the last outcome
outcome-change-begins = New:
outcome-change-ends = No longer:
outcome-advice = Should be done
outcome-advice-against = Should not be done
outcome-rights = Rights and permissions
outcome-undecided = Not certain yet
outcome-no-duty = No duty is certain yet.
outcome-decided-by = This would decide it:
outcome-asker = May be asked by: { $role }
outcome-barred = Do not act on this: the law also says or may say: { $act }
outcome-why = Articles and reasons
outcome-notice = Notice of rights (PDF), { $language }
outcome-go-on = Go on with the interview
