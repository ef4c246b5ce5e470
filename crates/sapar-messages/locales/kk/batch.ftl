### Көп жол туралы айтылатындар: жағдайлар санағы және екі заңды салыстыру.

batch-position = Жағдай
batch-certain = анық
batch-open = белгісіз
batch-excluded = жоққа шығарылған
batch-rows = жол
batch-contradictory = қайшы

batch-nowhere = Тағы { $count } жағдай бірде-бір жолда қолданылмайды және белгісіз болып қалмайды.
batch-written = Жазылды: { $path }
batch-rows-read = { $count } жол.
batch-contradictory-rows = { $count } жолда мәліметтер бір-біріне қайшы; ол бойынша жауап жоқ. Тексеріңіз.
batch-bad-values = { $count } мән өз фактісі үшін мүмкін емес және белгісіз деп саналады.
batch-absent = { $count } фактінің бағаны жоқ және барлық жолда белгісіз: { $facts }

## Екі заң. $before және $after: анық, белгісіз, жоққа шығарылған.

batch-impact-laws = Дейін: { $before }. Кейін: { $after }.
batch-impact-people = { $count } жол басқаша қаралады; оның { $certain } жолында бұл анық, белгісіз мәліметтерге қарамастан.
batch-impact-nobody = Бұл кестеде ешкімге басқаша қаралмайды.
batch-impact-change = өзгеріс
batch-impact-any = өзгерген
batch-impact-surely = анық
batch-impact-limit = басқа мерзім
batch-impact-example = мысалы, жолдар
batch-sampled = { $count } ойдан шығарылған жол жазылды: { $path }
