### Where the law contradicts itself.

outcome-conflict-permission = The law both allows and forbids this. Do not use the permission before you have asked a second-line officer or a lawyer.
# By which rule the order prefers one side; the conflict stays.
conflict-preferred-rank = The norm of higher rank says: { $position }
conflict-preferred-later = The later norm of equal rank says: { $position }
# Beside a permission or duty; the conflict itself stands above.
screen-in-conflict = Do not act on this: the law contradicts itself here, see above.
# What was given in a facts file or a document, before any question.
given-contradiction = What is given cannot all be true: { $facts }. Correct at least one of these facts and start again.
