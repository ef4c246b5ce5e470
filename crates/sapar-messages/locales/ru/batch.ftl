### Что говорится о многих строках: подсчёты положений и сравнения двух законов.

batch-position = Положение
batch-certain = точно
batch-open = неясно
batch-excluded = исключено
batch-rows = строк
batch-contradictory = противоречивых

batch-nowhere = { $count ->
    [one] Ещё { $count } положение не действует и не остаётся неясным ни в одной строке.
    [few] Ещё { $count } положения не действуют и не остаются неясными ни в одной строке.
   *[other] Ещё { $count } положений не действуют и не остаются неясными ни в одной строке.
}
batch-written = Записано: { $path }
batch-rows-read = { $count ->
    [one] { $count } строка.
    [few] { $count } строки.
   *[other] { $count } строк.
}
batch-contradictory-rows = { $count ->
    [one] В { $count } строке сведения противоречат друг другу; по ней ответа нет. Проверьте её.
   *[other] В { $count } строках сведения противоречат друг другу; по ним ответа нет. Проверьте их.
}
batch-bad-values = { $count ->
    [one] { $count } значение невозможно для своего факта и считается неизвестным.
    [few] { $count } значения невозможны для своих фактов и считаются неизвестными.
   *[other] { $count } значений невозможны для своих фактов и считаются неизвестными.
}
batch-absent = { $count ->
    [one] { $count } факт не имеет столбца и неизвестен во всех строках: { $facts }
    [few] { $count } факта не имеют столбца и неизвестны во всех строках: { $facts }
   *[other] { $count } фактов не имеют столбца и неизвестны во всех строках: { $facts }
}

## Два закона. $before и $after: точно, неясно, исключено.

batch-impact-laws = До: { $before }. После: { $after }.
batch-impact-people = { $count ->
    [one] По-разному рассматривается { $count } строка;
    [few] По-разному рассматриваются { $count } строки;
   *[other] По-разному рассматриваются { $count } строк;
} { $certain ->
    [one] в { $certain } из них это точно, что бы ни было неизвестно.
   *[other] в { $certain } из них это точно, что бы ни было неизвестно.
}
batch-impact-nobody = В этой таблице ни к кому не применяется иное.
batch-impact-change = изменение
batch-impact-any = изменено
batch-impact-surely = точно
batch-impact-limit = другой срок
batch-impact-example = например, строки
batch-sampled = { $count ->
    [one] Записана { $count } вымышленная строка: { $path }
    [few] Записаны { $count } вымышленные строки: { $path }
   *[other] Записано { $count } вымышленных строк: { $path }
}
