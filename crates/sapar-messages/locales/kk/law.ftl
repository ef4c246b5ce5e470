### Нормаларды, олардың мерзімдері мен негіздерін баяндайтын сөйлемдер.
###
### Оқиғалар мен органдардың атаулары атау септігінде тұрады, сондықтан сөйлемдер оларға жалғау талап етпейтіндей құрылған.

## Ұзақтық. Сан есімнен кейін зат есім көптелмейді.

duration = { KEY($unit) ->
    [hours] { $amount } сағат
    [days] { $amount } күн
    [working-days] { $amount } жұмыс күні
    [weeks] { $amount } апта
    [months] { $amount } ай
    [years] { $amount } жыл
   *[other] { $amount } ({ $unit })
}

## Мерзімдер

limit-within = { duration } ішінде (мерзім басы: { $event })
limit-at-least = кемінде { duration } (мерзім басы: { $event })
limit-at-most = ең көбі { duration } (мерзім басы: { $event })
limit-every = әр { duration } сайын (мерзім басы: { $event })
limit-without-delay = кідіріссіз (мерзім басы: { $event })
limit-at-once = дереу (мерзім басы: { $event })
limit-as-soon-as-possible = мүмкіндігінше тез (мерзім басы: { $event })
limit-until = мына оқиға болғанға дейін: { $event }

## Нормалардың түрлері. CAPITAL бірінші әріпті бас әріпке айналдырады.

must = { CAPITAL($bearer) } — міндетті: { $act }
must-not = { CAPITAL($bearer) } — тыйым салынады: { $act }
should = { CAPITAL($bearer) } — ұсынылады: { $act }
should-not = { CAPITAL($bearer) } — ұсынылмайды: { $act }
may = { CAPITAL($bearer) } — рұқсат етіледі: { $act }

## Түсіндірме

explanation-because = Себебі: { $reasons }
explanation-fact-is = { $fact }: { $value }
explanation-fact-unknown = { $fact }: белгісіз
explanation-fact-not-applicable = { $fact }: бұл адамға қатысы жоқ
explanation-fact-does-not-know = { $fact }: сұралды, адам білмейді
explanation-fact-does-not-say = { $fact }: сұралды, адамның айтқысы келмейді
explanation-term-holds = «{ $term }» белгісі бар, себебі: { $reasons }
explanation-term-fails = «{ $term }» белгісі жоқ, себебі: { $reasons }
explanation-term-open = «{ $term }» белгісінің бар-жоғы әлі анықталған жоқ; ол мынаған байланысты: { $reasons }
explanation-condition-met = Шарт орындалды: { $reasons }
explanation-condition-open = Шарттың орындалғаны әлі анықталған жоқ; ол мынаған байланысты: { $reasons }
explanation-always = Бұл ешқандай шартсыз қолданылады.
explanation-exception-does-not-apply = Ерекше жағдай қолданылмайды: { $exception }
explanation-exception-applies = Ерекше жағдай қолданылады: { $exception }
explanation-exception-open = Ерекше жағдайдың қолданылатыны әлі анықталған жоқ: { $exception }
explanation-overridden = { $norm } — мына норма одан басым: { $by }
explanation-not-overridden = Одан басым басқа норма жоқ.
explanation-counted = { $total } белгінің { $count } орындалды; қажеті: { $needed }

## Қолданылу уақыты

in-force-from = күшіне енген күні: { $date }
in-force-until = күшінде болатын соңғы күн: { $date }
in-force-between = күшінде: { $from } — { $until } (соңғы күнді қоса алғанда)
in-force-not-yet = әлі күшіне енген жоқ; күшіне енетін күні: { $date }
in-force-no-longer = енді күшінде емес; соңғы күні: { $date }

## Қайда жазылған

citation = { $title }, { $provision }
provision-article = { $number }-бап
