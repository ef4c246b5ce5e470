### Шекарадағы сұрақ-жауап және ол аяқталғанда заңның айтатыны.

## Қорытындының күйі

status-certain = нақты анықталды
status-open = әлі шешілген жоқ
status-excluded = жоққа шығарылды

## Қорытындының тақырыптары

heading-prohibitions = Не істеуге тыйым салынады
heading-duties = Не істеу міндетті
heading-recommendations = Не істеу ұсынылады
heading-permissions = Не істеуге рұқсат етіледі
heading-undecided = Әлі шешілген жоқ (неге байланысты)
heading-conflicts = Заң өзіне-өзі қайшы келетін жерлер
heading-deadlines = Мерзімдер
heading-articles = Баптар
heading-why = Неліктен
heading-overridden-by = Басым норма
heading-deciding-facts = Шешім байланысты фактілер
heading-verification = Жазылған заң қаншалықты тексерілген

outcome-nothing-certain = Осы заң бойынша бұл адам үшін әзірге ештеңе нақты анықталған жоқ.
outcome-not-a-decision = Бұл шешім емес; шешімді қызметкер қабылдайды.
outcome-conflict = Заң мұны бір мезгілде талап етеді әрі оған тыйым салады. Екінші желі қызметкерінен немесе заңгерден сұрамайынша, әрекет етпеңіз.
outcome-depends-on = мынаған байланысты: { $facts }
outcome-law-as-of = { $order }, заңның мына күнгі жағдайы: { $date }

warning-unanswered-is-not-no = Жауабы жоқ сұрақты ешқашан «жоқ» деп есептемеңіз.
warning-ask-second-line = Екінші желі қызметкеріне жүгініңіз.
warning-ask-specialist = Маманға жүгініңіз.
warning-not-checked = Мұның бір бөлігі жадтан жазылған және дереккөзбен әлі салыстырылмаған заңға негізделген.

## Басы

interview-choose-language = Тілді таңдаңыз
interview-document-prompt = Машинамен оқылатын аймақты енгізіңіз немесе құжат болмаса, Enter пернесін басыңыз

## Сұрақтар

interview-question = { $number }-сұрақ
interview-why = Бұл сұрақ мына баптарға байланысты қойылады: { $articles }
interview-hint-yes-no = y = иә, n = жоқ
interview-hint-choice = жауаптың нөмірін енгізіңіз
interview-hint-number = бүтін сан енгізіңіз: ең азы { $least }, ең көбі { $most }
interview-hint-country = елдің үш әрпін енгізіңіз, мысалы KAZ
interview-hint-always = u = білмейді, r = айтқысы келмейді, b = артқа, ? = не үшін сұралады, q = тоқтату

interview-bad-answer-yes-no = Жауап түсініксіз. Енгізіңіз: y — иә, n — жоқ, u — адам білмейді, r — адамның айтқысы келмейді.
interview-bad-answer-choice = Жауап түсініксіз. 1 мен { $count } аралығындағы нөмірді енгізіңіз; u — адам білмейді, r — адамның айтқысы келмейді.
interview-bad-answer-number = Жауап түсініксіз. Бүтін сан енгізіңіз: ең азы { $least }, ең көбі { $most }; u — адам білмейді, r — адамның айтқысы келмейді.
interview-bad-answer-country = Елдің коды түсініксіз. Үш әріп енгізіңіз, мысалы KAZ; u — адам білмейді, r — адамның айтқысы келмейді.
interview-at-first-question = Бұл бірінші сұрақ, артқа қайтатын жер жоқ.

## Соңы

interview-progress = { $count } сұраққа жауап берілді
interview-finished = Сұрақ-жауап аяқталды. Сізге қоюға рұқсат етілген басқа бірде-бір сұрақ осында айтылғанды өзгерте алмайды.
interview-stopped = Сұрақ-жауап мерзімінен бұрын тоқтатылды. Нақты анықталғаны күшінде қалады; қалғаны шешілген жоқ.

## The screening on the command line

screen-title = Sapar тексеруі: { $order }, { $date } күнгі құқық
screen-invalid-choice = Көрсетілген нөмірлердің бірін теріңіз.
screen-document-read = Құжаттан:
screen-field-not-used = «{ $field }» өрісі пайдаланылмады: тексеру сәйкес келмеді немесе өріс оқылмайды.
screen-document-age-range = Құжат жасты ашық қалдырады: { $ages }.
screen-document-protected = Берген мемлекет иесін азаматтығы жоқ адам немесе босқын деп көрсетеді.
screen-accept-suggestion = Осы оқылымды пайдалану керек пе? y = иә, n = жоқ
screen-suggested = Enter = { $value } (құжаттан солай шығады; құжатты қараңыз)
screen-contradiction = Бұл жауаптар бірге дұрыс бола алмайды: { $facts }. Ештеңе жазылмады; қайта жауап беріңіз немесе қайту үшін b теріңіз.
screen-due = егер бұл қазір болса: { $date } күнінен кешіктірмей
screen-due-between = егер бұл қазір болса: { $earliest } мен { $latest } аралығында; мереке әлі жарияланған жоқ
screen-due-at-least = егер бұл қазір басталса: { $date } күні аяқталғанға дейін емес
screen-due-at-most = егер бұл қазір басталса: { $date } күнінен аспайды
screen-barred = Бұл тармақ бойынша әрекет етпеңіз: заң мынаны да айтады немесе айтуы мүмкін: { $prohibition }
screen-undecided-by = Мұны анықтай алады: { $role }:
screen-undecided-answered = Мұны шешетін сұраққа ешкім жауап бере алмады:
screen-undecided-more = тағы { $count }; көру үшін: --all
screen-verified = Негізінде: дереккөзбен салыстырылған нормалар — { $seen }, жадтан жазылғаны — { $memory }, заңгер тексергені — { $reviewed }.
screen-facts-known = Не белгілі
screen-standing = Әрқашан, әркімге
