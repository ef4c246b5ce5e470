### Предложения, которыми излагаются нормы, их сроки и основания.
###
### Названия событий и органов стоят в именительном падеже, поэтому фразы построены так, чтобы падеж не требовался.

## Продолжительность: сама по себе в именительном падеже, в родительном (в течение, не менее, не более), в винительном (раз в).

duration = { KEY($unit) ->
    [hours] { $amount ->
        [one] { $amount } час
        [few] { $amount } часа
       *[other] { $amount } часов
    }
    [days] { $amount ->
        [one] { $amount } день
        [few] { $amount } дня
       *[other] { $amount } дней
    }
    [working-days] { $amount ->
        [one] { $amount } рабочий день
        [few] { $amount } рабочих дня
       *[other] { $amount } рабочих дней
    }
    [weeks] { $amount ->
        [one] { $amount } неделя
        [few] { $amount } недели
       *[other] { $amount } недель
    }
    [months] { $amount ->
        [one] { $amount } месяц
        [few] { $amount } месяца
       *[other] { $amount } месяцев
    }
    [years] { $amount ->
        [one] { $amount } год
        [few] { $amount } года
       *[other] { $amount } лет
    }
   *[other] { $amount } ({ $unit })
}
    .genitive = { KEY($unit) ->
        [hours] { $amount ->
            [one] { $amount } часа
           *[other] { $amount } часов
        }
        [days] { $amount ->
            [one] { $amount } дня
           *[other] { $amount } дней
        }
        [working-days] { $amount ->
            [one] { $amount } рабочего дня
           *[other] { $amount } рабочих дней
        }
        [weeks] { $amount ->
            [one] { $amount } недели
           *[other] { $amount } недель
        }
        [months] { $amount ->
            [one] { $amount } месяца
           *[other] { $amount } месяцев
        }
        [years] { $amount ->
            [one] { $amount } года
           *[other] { $amount } лет
        }
       *[other] { $amount } ({ $unit })
    }
    .accusative = { KEY($unit) ->
        [weeks] { $amount ->
            [one] { $amount } неделю
            [few] { $amount } недели
           *[other] { $amount } недель
        }
       *[other] { duration }
    }

## Сроки

limit-within = в течение { duration.genitive } (начало отсчёта: { $event })
limit-at-least = не менее { duration.genitive } (начало отсчёта: { $event })
limit-at-most = не более { duration.genitive } (начало отсчёта: { $event })
limit-every = раз в { duration.accusative } (начало отсчёта: { $event })
limit-without-delay = без промедления (начало отсчёта: { $event })
limit-at-once = немедленно (начало отсчёта: { $event })
limit-as-soon-as-possible = как можно скорее (начало отсчёта: { $event })
limit-until = до наступления события: { $event }

## Виды норм. CAPITAL ставит заглавную букву.

must = { CAPITAL($bearer) } — обязательно: { $act }
must-not = { CAPITAL($bearer) } — запрещается: { $act }
should = { CAPITAL($bearer) } — рекомендуется: { $act }
should-not = { CAPITAL($bearer) } — не рекомендуется: { $act }
may = { CAPITAL($bearer) } — разрешается: { $act }

## Объяснение

explanation-because = Потому что: { $reasons }
explanation-fact-is = { $fact }: { $value }
explanation-fact-unknown = { $fact }: неизвестно
explanation-fact-not-applicable = { $fact }: к этому человеку не относится
explanation-fact-does-not-know = { $fact }: вопрос задан, человек не знает
explanation-fact-does-not-say = { $fact }: вопрос задан, человек не хочет говорить
explanation-term-holds = Признак «{ $term }» есть, потому что: { $reasons }
explanation-term-fails = Признака «{ $term }» нет, потому что: { $reasons }
explanation-term-open = Есть ли признак «{ $term }», ещё не решено; это зависит от следующего: { $reasons }
explanation-condition-met = Условие выполнено: { $reasons }
explanation-condition-open = Выполнено ли условие, ещё не решено; это зависит от следующего: { $reasons }
explanation-always = Это действует без каких-либо условий.
explanation-exception-does-not-apply = Исключение не применяется: { $exception }
explanation-exception-applies = Исключение применяется: { $exception }
explanation-exception-open = Ещё не решено, применяется ли исключение: { $exception }
explanation-overridden = { $norm } — уступает норме: { $by }
explanation-not-overridden = Ни одна другая норма не имеет перед ней преимущества.
explanation-counted = Выполнено { $count } из { $total }; требуется: { $needed }

## Действие во времени

in-force-from = действует с { $date }
in-force-until = действует по { $date } включительно
in-force-between = действует с { $from } по { $until } включительно
in-force-not-yet = ещё не действует; вступает в силу с { $date }
in-force-no-longer = больше не действует; последний день действия: { $date }

## Где написано

citation = { $title }, { $provision }
provision-article = статья { $number }
