### Түзету не істейді, бір құқықтық тәртіпте не дұрыс емес және екеуінің айырмасы неде.
###
### $norm: заң тілі атағандай норма; $provision: сөзбен берілген сілтеме.
### $conditions: сол тілде айтылған шарттар.

## Жағдайлар

situations-when = мынадай жағдайда: { $conditions }
situations-or = немесе мынадай жағдайда: { $conditions }
situations-always = кез келген жағдайда
situations-example = Мысалы: { $story }
situations-share = болуы мүмкін жағдайлардың { $percent } %-ы; қабылданған ықтималдық бойынша { $likely } %.
situations-more = және тағы { $count }; бәрін --full көрсетеді

## Түзетулер

amend-heading = { $id } түзетуі: { $title }
amend-of = Өзгертетіні: { $title }, { $date } бастап.
amend-insert = { $norm } нормасын { $date } бастап қосады
amend-replace = { $old } орнына { $date } бастап { $norm } қояды
amend-repeal = { $norm } нормасының күшін { $date } бастап жояды
amend-read = { $order }: { $date } күнгі жағдай, түзетусіз және түзетумен.
amend-against = Өлшем болатын стандарт: { $order }.
amend-gaps = Олқылықтар
amend-no-gaps = Бірде-бір олқылық пайда болмайды, жабылмайды және өзгермейді.
amend-gap-opened = ПАЙДА БОЛДЫ: { $demand }
amend-gap-widened = КЕҢЕЙДІ: { $demand }
amend-gap-moved = ЖЫЛЖЫДЫ: { $demand }
amend-gap-other-reason = басқа себеппен: { $demand }
amend-gap-narrowed = тарылды: { $demand }
amend-gap-closed = жабылды: { $demand }
amend-gap-kinds = бұрынғы түрі: { $before }; кейінгісі: { $after }
amend-part-closed = Тек түзетумен орындалатыны:
amend-part-opened = Тек түзетусіз орындалатыны:
amend-part-left = Екі жағдайда да орындалмайтыны:
amend-nothing = жоқ
amend-conflicts = Қайшылықтар
amend-no-conflicts = Бірде-бір қайшылық пайда болмайды және жойылмайды.
amend-conflict-made = ПАЙДА БОЛДЫ: { $asks }; { $forbids }
amend-conflict-removed = жойылды: { $asks }; { $forbids }
amend-positions = Ережелер
amend-no-positions = Бірде-бір ереже өзгермейді.
amend-tests = Тексерулер
amend-tests-pass = { $count ->
    [one] Заңның { $count } тексеруі { $date } күні нәтижесін сақтайды.
   *[other] Заңның { $count } тексеруі { $date } күні нәтижесін сақтайды.
}
amend-test-broken = { $date } күні нәтижесі басқа: { $test }
amend-own-test-failed = Түзетудің тексеруі ӨТПЕДІ: { $test }
amend-own-tests = Түзетудің өткен тексерулері: { $count }
amend-clean = Қорытынды: ешбір жағдайда нашарламады.
amend-not-clean = Қорытынды: кейбір жағдайда нашарлады; бас әріппен жазылғанын қараңыз.

## Ережелердің айырмасы

change-begins = пайда болады: { $position }
change-ends = ТОҚТАЙДЫ: { $position }
change-stronger = күштірек: { $position }
change-weaker = ӘЛСІЗІРЕК: { $position }
change-other-limit = басқа мерзім: { $position }
change-limits = бұрынғы мерзім: { $before }; кейінгісі: { $after }
change-norms-before = бұрын: { $norms }
change-norms-after = кейін: { $norms }
change-no-limit = жоқ
diff-heading = { $first }, { $first-date } және { $second }, { $second-date }
diff-nothing = Барлық жағдай бірдей шешіледі.
diff-count = { $count ->
    [one] { $count } айырма
   *[other] { $count } айырма
}

## Бір құқықтық тәртіпті тексеру

inspect-heading = { $order }, { $date }
inspect-nothing = Ештеңе табылмады.
inspect-conflicts = Қайшылықтар: екеуін де орындау мүмкін емес
inspect-conflict = { $asks }; бірақ: { $forbids }
inspect-asking = негізі { $norms }
inspect-forbidding = қарсысы { $norms }
inspect-preferred = Дәрежелер тәртібі мынаны артық көреді: { $position }
inspect-preferred-later = Күші тең болғанда кейінгі заңға басымдық беріледі: { $position }
inspect-preferred-none = Күші де, күні де осы жағдайлардың бәрінде бір тарапқа басымдық бермейді.
inspect-dead = Ешқашан қолданылмайтын нормалар
inspect-dead-impossible = { $norm }: болуы мүмкін ешбір жағдай шартына ерекшеліксіз сай келмейді
inspect-dead-overridden = { $norm }: қолданылатын жердің бәрінде мынаған жол береді: { $norms }
inspect-dead-no-day = { $norm }: бұл тәртіпте ол да, актісі де күшінде болатын күн жоқ
inspect-redundant = Басқалары артық ететін нормалар: олардың бәрінсіз ешбір ереже әлсіремейді
inspect-redundant-norm = { $norm }: кем емесін мынау айтады: { $norms }
inspect-exceptions = Ештеңені шығармайтын ерекшеліктер
inspect-exception-impossible = { $norm }, { $number }-ерекшелік: шарт қамтып, қалғаны шығармағандардың ешқайсысы оған сай келмейді
inspect-exception-overridden = { $norm }, { $number }-ерекшелік: ол шығаратындарды мыналар шығарып қойған: { $norms }
inspect-silence = Туыс әрекет реттелген жердегі үнсіздік
inspect-silence-act = біреу міндетті ме, әлде тыйым салынған ба, айтылмаған: { $act }
inspect-silence-elsewhere = { $provision } бұл туралы мынамен бірге айтады: { $act }
inspect-silence-related = ал мұны мұнда реттейтіні: { $norms }
inspect-bearers = Мемлекеттің бірде-бір заңы атамаған органдардың міндеттері
inspect-bearer = { $actor }: міндеттейтіні { $norms }
inspect-count = { $count ->
    [one] { $count } ескерту
   *[other] { $count } ескерту
}

## Ұсыныстар

propose-heading = { $gap } олқылығына ұсыныстар
propose-not-drafting = Әрқайсысы дәлелі бар бастау ғана, заң жобасы емес: заң не айтуы керегін заңгер шешеді.
propose-none = Басқасын ашпай, қайшылық тудырмай бұл олқылықты жабатын шағын түзету табылмады. Сыналғаны: { $count }.
propose-number = { $count } ұсыныстың { $number }-і, салмағы { $weight }
propose-proof = Дәлел: { $date } күні ол олқылықты жабады, басқасын ашпайды және қайшылық тудырмайды.
propose-also = Қоса жабатыны не тарылтатыны: { $gaps }
propose-tried = { $count ->
    [one] { $count } түзету сыналды.
   *[other] { $count } түзету сыналды.
}
propose-file = { $path } файлы
propose-edit-limit = { $norm } мерзімін өзгертеді
propose-edit-modality = { $norm } сөзін күшейтеді
propose-edit-widen = { $norm } шартын кеңейтеді
propose-edit-narrow-exception = { $norm } ерекшеліктерін тарылтады
propose-edit-except = { $norm } нормасына ерекшелік қосады
propose-edit-insert = { $instrument } актісіне норма қосады
propose-prose = Бағдарлама құрған, қайта есептеп тексерілген бастау; заң жобасы емес.
