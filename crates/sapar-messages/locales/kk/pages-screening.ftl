### Сұрақ-жауап, адамның өзіне арналған сұрақ және нәтиже.

## Сұрақ-жауап

interview-how = Бұл қайдан белгілі?
interview-answer = Жауап
interview-answer-many = Дұрысының бәрін таңдаңыз
interview-range = { $least } мен { $most } арасындағы бүтін сан.
interview-next = Келесі
interview-before = бұрын осылай жауап берілген
interview-not-said = Жауап жоқ
interview-back = Бір сұрақ артқа
interview-turn = Адамға көрсету
interview-why-asked = Бұл не үшін сұралады?
interview-last-answers = Соңғы жауаптар
interview-stop = Сұрақ-жауапты тоқтату
interview-stop-hint = Жауаптар сақталады, ал нәтиже қазірге дейін не анықталғанын көрсетеді.
interview-stop-why = Неге тоқтатасыз?
interview-nothing-more = Енді сұрайтын ештеңе жоқ
interview-finish = Сұрақ-жауапты аяқтау
interview-suggested = Құжат бойынша: { $value }. Адамға да, құжатқа да қараңыз.
interview-care-child = Баладан қорғаншысының қатысуымен тек маман сұрайды.
interview-care-quiet = Тыныш бөлмеде, серіктерінсіз, адам келіскен аудармашымен сұраңыз.
answers-title = Жауаптар
answers-hint = Жауапты түзетуге болады. Бұрынғы жауап жазбада қалады.
answers-none = Әзірге жауап жоқ.
answers-corrected = түзетілген
answers-correct = Жауапты түзету
answers-back = Сұраққа оралу
answers-outcome = Қазіргі нәтиже

## Мұны адамның өзі оқиды

traveller-title = Сізге сұрақ
traveller-back = Қызметкерге
traveller-does-not-know = Білмеймін
traveller-does-not-want = Айтқым келмейді
traveller-free = Жауап бермеуіңізге және кез келген уақытта тоқтатуыңызға болады. Бұл сізге қарсы қолданылмайды.

## Нәтиже

outcome-title = Заң не дейді
outcome-no-prohibition = Әзірге ештеңеге нақты тыйым салынбаған. Бұл рұқсат емес.
outcome-perhaps-forbidden = Тыйым салынған болуы мүмкін
outcome-perhaps-forbidden-text = Бұл жоққа шығарылмаған. Шығарылғанша, тыйым салынғандай әрекет етіңіз.
outcome-perhaps = Тыйым салынған болуы мүмкін
outcome-partial = Сұрақ-жауап тоқтатылды
outcome-partial-text = Мұндағы нәрсе бәрібір анық; қалғаны шешілмеген, бірақ жоққа шығарылмаған.
outcome-preferred = Актілер сатысы бойынша басымы:
outcome-changes = Алдыңғы нәтижеден бері не өзгерді
outcome-change-begins = Жаңа:
outcome-change-ends = Енді жоқ:
outcome-advice = Ұсынылады
outcome-advice-against = Ұсынылмайды
outcome-rights = Құқықтар мен рұқсаттар
outcome-undecided = Әлі анықталмаған
outcome-no-duty = Әзірге бірде-бір міндет нақты анықталмаған.
outcome-decided-by = Мұны мына сұрақтар шешеді:
outcome-asker = Сұрай алатын: { $role }
outcome-barred = Әрекет етпеңіз: заң мынаны да айтады немесе айтуы мүмкін: { $act }
outcome-why = Баптар мен негіздер
outcome-notice = Құқықтар туралы жадынама (PDF), { $language }
outcome-go-on = Сұрақ-жауапты жалғастырып, нақтылау
