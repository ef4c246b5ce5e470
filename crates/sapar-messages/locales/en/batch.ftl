### What is said of many rows: counts of positions, and comparisons of two laws.

batch-position = Position
batch-certain = certain
batch-open = open
batch-excluded = excluded
batch-rows = rows
batch-contradictory = contradictory

batch-nowhere = { $count ->
    [one] { $count } further position holds in no row, and is open in none.
   *[other] { $count } further positions hold in no row, and are open in none.
}
batch-written = Written: { $path }
batch-rows-read = { $count ->
    [one] { $count } row.
   *[other] { $count } rows.
}
batch-contradictory-rows = { $count ->
    [one] In { $count } row the facts contradict each other; it is answered nowhere. Check it.
   *[other] In { $count } rows the facts contradict each other; they are answered nowhere. Check them.
}
batch-bad-values = { $count ->
    [one] { $count } value is none its fact can have, and counted as unknown.
   *[other] { $count } values are none their facts can have, and counted as unknown.
}
batch-absent = { $count ->
    [one] { $count } fact has no column and is unknown in every row: { $facts }
   *[other] { $count } facts have no column and are unknown in every row: { $facts }
}

## Two laws. $before and $after are statuses: certain, open, excluded.

batch-impact-laws = Before: { $before }. After: { $after }.
batch-impact-people = { $count ->
    [one] { $count } row is treated differently;
   *[other] { $count } rows are treated differently;
} { $certain ->
    [one] in { $certain } of them that is certain, whatever is unknown.
   *[other] in { $certain } of them that is certain, whatever is unknown.
}
batch-impact-nobody = Nobody in this table is treated differently.
batch-impact-change = change
batch-impact-any = changed
batch-impact-surely = surely
batch-impact-limit = another limit
batch-impact-example = such as rows
batch-sampled = { $count ->
    [one] { $count } invented row written: { $path }
   *[other] { $count } invented rows written: { $path }
}
