### Стандарт пен ұлттық құқық арасындағы олқылықтар: тізілім және бір олқылық адамның тарихы ретінде.

## Тізілім

gaps-title = Олқылықтар: { $national }, стандарт: { $standard }
gaps-order-as-of = { $order }, { $date } күнгі құқық
gaps-count = { $count } олқылық
gaps-none = Олқылық жоқ: стандарт талап қойған жердің бәрінде ұлттық құқық одан кем бермейді.
gaps-own-law = Стандарттың ұлттық құқыққа кіретін нормалары, мысалы күшіндегі шарттар, есепке алынбады: мемлекеттің өз заңдары не беретіні көрсетілген.
gaps-encoded = Іс жүзінде не істелетіні емес, кодталған нормалар салыстырылады. Көп норма жадтан жазылған немесе тексеруді күтуде: олқылыққа сүйенбес бұрын баптарды оқыңыз.
gaps-heading-summary = Ауырлығы мен түрі бойынша
gaps-heading-register = Тізілім
gaps-heading-matrix = Ереже мен ереже қатар
gaps-heading-kinds = Түрлер нені білдіреді
gaps-all = барлығы
gaps-column-severity = ауырлығы
gaps-column-kind = түрі
gaps-column-demand = стандарттың талабы
gaps-column-standard = стандарт
gaps-column-national = ұлттық құқық
gaps-column-share = үлесі
gaps-column-likely = ықтималдығы
gaps-column-person = кімге қатысты
gaps-column-id = олқылықтың аты
gaps-column-best = жауабы
gaps-more-norms = және тағы { $count }
gaps-no-provision = норма жоқ
gaps-tell-one = Бір олқылық адамның тарихы ретінде: { $command }

## Ауырлығы: не қауіпте тұр

gaps-stake-life = өмір
gaps-stake-liberty = бостандық
gaps-stake-child = бала
gaps-stake-procedure = рәсім
gaps-stake-data = деректер
gaps-stake-other = өзге

## Түрлері

gaps-kind-contrary = қайшы
gaps-kind-contested = даулы
gaps-kind-taken-away = алып тасталған
gaps-kind-limit-too-weak = мерзімі әлсіз
gaps-kind-limit-unsaid = мерзімі салыстырылмайды
gaps-kind-weaker-modality = сөзі әлсіз
gaps-kind-too-narrow = тым тар
gaps-kind-silent = үнсіз
gaps-means-contrary = Ұлттық құқық керісінше талап етеді немесе соған рұқсат береді, стандарт талабын беретін ештеңе жоқ.
gaps-means-contested = Ұлттық құқық стандарт талабын береді, бірақ оның басқа нормасы керісінше талап етеді немесе соған рұқсат береді.
gaps-means-taken-away = Ұлттық құқық жеткілікті берер еді, бірақ ерекше жағдай немесе басым норма оны алып тастайды.
gaps-means-limit-too-weak = Ұлттық құқық әрекет етеді, бірақ оның мерзімі стандарттағыдан әлсіз немесе мүлде жоқ.
gaps-means-limit-unsaid = Ұлттық құқық әрекет етеді, бірақ мерзімінің сондай күшті екенін айту мүмкін емес.
gaps-means-weaker-modality = Ұлттық құқық мұны әлсіз сөзбен айтады, мысалы «міндетті» орнына «құқылы».
gaps-means-too-narrow = Ұлттық құқық басқа жағдайларда жеткілікті береді немесе стандарт міндеттейтіндердің кейбіріне ғана тыйым салады.
gaps-means-silent = Ұлттық құқықтың бірде-бір нормасы ешбір жағдайда жеткілікті бермес еді.

## Норманың олқылыққа қатысы

gaps-part-opposes = керісінше талап етеді немесе соған рұқсат береді
gaps-part-gives = стандарт талабын береді, бірақ оған қайшы норма бар
gaps-part-taken-away = ерекше жағдай немесе басым норма болмаса, мұны берер еді
gaps-part-overrides = мұны беретін нормадан басым
gaps-part-weak-limit = мерзімі тым әлсіз немесе жоқ
gaps-part-unsaid-limit = мерзімін салыстыруға болмайды
gaps-part-weaker = мұны әлсіз сөзбен айтады
gaps-part-narrow-bearer = стандарт міндеттейтіндердің кейбірін ғана міндеттейді
gaps-part-gives-elsewhere = мұны басқа жағдайларда береді

## Бір олқылық адамның тарихы ретінде

gaps-section-person = Адам
gaps-section-demand = Стандарттың осы адам үшін талабы
gaps-section-national = Ұлттық құқық не дейді
gaps-section-when = Қашан болады
gaps-section-share = Қаншалықты жиі
gaps-section-comparators = Басқа заңдар мұнда не береді
gaps-section-id = Олқылықтың аты
gaps-child-aged = { $age } жастағы бала
gaps-adult-aged = { $age } жастағы адам
gaps-someone = Адам
gaps-story = { $who }; ол туралы мынау дұрыс: { $facts }
gaps-story-ordinary = { $who }; ерекше ештеңе жоқ
gaps-when-any = Мыналардың кез келгені, басқа ештеңе емес:
gaps-when-always = әрқашан
gaps-share-of = болуы мүмкін жағдайлардың { $share } ({ $possible } ішінен { $situations })
gaps-likely-of = жиілік туралы болжам бойынша адамдардың { $likely }
gaps-gives-everywhere = осы жағдайлардың бәрінде кем бермейді
gaps-gives-in-part = осы жағдайлардың кейбірінде кем бермейді; мына кездердің кез келгенінде бермейді:
gaps-gives-nowhere = осы жағдайлардың ешқайсысында бермейді

## Шарттар

gaps-not = дұрыс емес: { $label }
gaps-value = { $label }: { $value }
gaps-number-under = { $label }: { $number } аз
gaps-number-from = { $label }: { $number } немесе одан көп
gaps-number-is = { $label }: { $number }
gaps-number-between = { $label }: { $from }–{ $to }
gaps-values-none = { $label }: мыналардың ешқайсысы емес: { $values }

## Дәрежелері

gaps-degree-full = толық
gaps-degree-partial = ішінара
gaps-degree-contrary = қайшы
gaps-degree-none = жоқ
