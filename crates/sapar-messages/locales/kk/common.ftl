### Сапардың барлық бөлігі қолданатын сөздер.

## Жауаптар мен мәндер

yes = иә
no = жоқ
unknown = белгісіз
not-applicable = бұл жағдайға қатысы жоқ
does-not-know = білмейді
does-not-want-to-say = айтқысы келмейді

word-and = және
word-or = немесе
word-not = емес

## Күн: «2026 жылғы 24 қараша».

date = { $year } жылғы { $day } { $month ->
    [1] қаңтар
    [2] ақпан
    [3] наурыз
    [4] сәуір
    [5] мамыр
    [6] маусым
    [7] шілде
    [8] тамыз
    [9] қыркүйек
    [10] қазан
    [11] қараша
    [12] желтоқсан
   *[other] ({ $month })
}

## Кім сұрай алады және факт қалай анықталады

role-first-line = бірінші желі қызметкері
role-second-line = екінші желі қызметкері
role-specialist = маман

learned-observing = қызметкердің өзі байқайды
learned-document = құжаттан оқылады
learned-asking = адамнан сұралады
learned-specialist = маман анықтайды
learned-deriving = басқа жауаптардан шығады

## Жазылған норма қаншалықты тексерілген

verification-seen = дереккөзбен салыстырылды: { $source }, { $date }
verification-memory = жадтан жазылған, дереккөзбен салыстырылмаған
verification-reviewed = сарапшы тексерді: { $name }, { $date }
verification-proposed = ешкім қабылдамаған ұсыныс
