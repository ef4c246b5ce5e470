//! How alike two names are, across Cyrillic and Latin and the many ways to write one in the other.
//!
//! Cyrillic is written in Latin by the table of ICAO Doc 9303 part 3 section 6 where it has the letter, as far as it is known from memory;
//! letters of Kazakh, Kyrgyz, Uzbek and Tajik that it lacks or that people write otherwise follow common practice.
//! Then spellings of one sound are made the same (`kh`, `gh`, `zh`, `y`), and what is left is compared by Jaro-Winkler.
//!
//! It serves a warning that a person weighs; it never decides that two are one.
//! Letters of other scripts are left as they are and compare only with themselves.

/// From this likeness on two single names are taken for perhaps the same; found by the pairs in this module's tests.
pub const ALIKE_MIN: f64 = 0.88;

/// A letter of Cyrillic in Latin; `None` for any other.
fn latin_of(letter: char) -> Option<&'static str> {
    Some(match letter {
        'а' | 'ә' | 'ӑ' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ґ' | 'ғ' => "g",
        'д' => "d",
        'е' | 'ё' | 'э' | 'є' => "e",
        'ж' => "zh",
        'з' => "z",
        'и' | 'й' | 'і' | 'ї' | 'ӣ' => "i",
        'к' | 'қ' | 'ҡ' => "k",
        'л' => "l",
        'м' => "m",
        'н' | 'ң' => "n",
        'о' | 'ө' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' | 'ү' | 'ұ' | 'ў' | 'ӯ' => "u",
        'ф' => "f",
        'х' => "kh",
        'һ' | 'ҳ' => "h",
        'ц' => "ts",
        'ч' => "ch",
        'ҷ' | 'џ' => "j",
        'ш' => "sh",
        'щ' => "shch",
        'ъ' => "ie",
        'ы' => "y",
        'ь' => "",
        'ю' => "iu",
        'я' => "ia",
        _ => return None,
    })
}

/// A Latin letter without its mark; `None` for what has none.
fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ā' | 'ă' | 'ə' => "a",
        'ç' | 'č' | 'ć' => "ch",
        'é' | 'è' | 'ê' | 'ë' | 'ē' | 'ě' => "e",
        'ğ' | 'ǵ' | 'ḡ' => "g",
        'ḩ' | 'ḥ' => "h",
        'ı' | 'í' | 'ì' | 'î' | 'ï' | 'ī' => "i",
        'ł' => "l",
        'ń' | 'ñ' | 'ň' => "n",
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ō' | 'ø' => "o",
        'ş' | 'š' | 'ș' => "sh",
        'ţ' | 'ț' => "ts",
        'ú' | 'ù' | 'û' | 'ü' | 'ū' | 'ŭ' => "u",
        'ý' | 'ÿ' => "y",
        'ž' => "zh",
        'ß' => "ss",
        'æ' => "ae",
        _ => return None,
    })
}

/// Spellings of one sound, longest first.
const SOUNDS: &[(&str, &str)] = &[
    ("shch", "s"),
    ("dzh", "j"),
    ("sch", "s"),
    ("kh", "h"),
    ("gh", "g"),
    ("zh", "j"),
    ("dj", "j"),
    ("ch", "c"),
    ("sh", "s"),
    ("ph", "f"),
    ("th", "t"),
    ("ts", "c"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("yu", "iu"),
    ("ye", "e"),
    ("ie", "e"),
    ("x", "ks"),
    ("q", "k"),
    ("w", "v"),
    ("y", "i"),
];

/// The words of a name, each reduced to how it sounds.
#[must_use]
pub fn sounds(name: &str) -> Vec<String> {
    let mut latin = String::with_capacity(name.len());
    let mut letters = name.chars().flat_map(char::to_lowercase).peekable();
    while let Some(letter) = letters.next() {
        // A letter with its mark beside it, as some systems write й and ё.
        let marked = letters
            .peek()
            .is_some_and(|next| ('\u{300}'..='\u{36f}').contains(next));
        if let Some(text) = latin_of(letter).or_else(|| plain(letter)) {
            latin.push_str(text);
        } else if letter.is_alphanumeric() {
            latin.push(letter);
        } else if !('\u{300}'..='\u{36f}').contains(&letter) && !is_apostrophe(letter) {
            latin.push(' ');
        }
        if marked {
            letters.next();
        }
    }
    latin
        .split_whitespace()
        .map(sound)
        .filter(|word| !word.is_empty())
        .collect()
}

/// Marks inside a word: `Ne'mat` is one word.
fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '`' | '’' | '‘' | 'ʻ' | 'ʼ' | 'ʿ' | 'ʾ')
}

fn sound(word: &str) -> String {
    let mut rest = word;
    let mut sound = String::with_capacity(word.len());
    while let Some(letter) = rest.chars().next() {
        let found = SOUNDS.iter().find_map(|(spelling, as_one)| {
            rest.strip_prefix(spelling).map(|after| (after, *as_one))
        });
        let (after, text) = found.unwrap_or_else(|| {
            let (one, after) = rest.split_at(letter.len_utf8());
            (after, one)
        });
        for letter in text.chars() {
            // A doubled letter is written once by some.
            if !sound.ends_with(letter) {
                sound.push(letter);
            }
        }
        rest = after;
    }
    sound
}

/// How alike two names are, from 0 to 1.
///
/// Word order does not count, and a word that one of them lacks (a patronymic) does not count against them;
/// where both have two words or more, two must be found.
#[must_use]
pub fn likeness(left: &str, right: &str) -> f64 {
    let (left, right) = (sounds(left), sounds(right));
    if left.is_empty() || right.is_empty() {
        return 0.0;
    }
    // Words that some write as one: `Abdul Rahman`, `Abdulrahman`.
    let joined = strsim::jaro_winkler(&left.concat(), &right.concat());
    by_words(&left, &right).max(joined)
}

fn by_words(left: &[String], right: &[String]) -> f64 {
    let (few, many) = if left.len() <= right.len() {
        (left, right)
    } else {
        (right, left)
    };
    let mut free: Vec<&String> = many.iter().collect();
    let mut found: Vec<f64> = Vec::new();
    for word in few {
        let best = free
            .iter()
            .enumerate()
            .map(|(place, other)| (place, strsim::jaro_winkler(word, other)))
            .max_by(|(_, left), (_, right)| left.total_cmp(right));
        if let Some((place, likeness)) = best {
            free.remove(place);
            found.push(likeness);
        }
    }
    // The best two decide: the others may be a patronymic against a tribe, or a name in religion.
    found.sort_by(|left, right| right.total_cmp(left));
    let counted = found.iter().take(2);
    let count = counted.len();
    if count == 0 {
        0.0
    } else {
        counted.fold(1.0, |least: f64, one| least.min(*one))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pairs of one name, as they are met in passports and on papers of the region.
    const SAME: &[(&str, &str)] = &[
        ("Айгүл", "Aigul"),
        ("Айгүл", "Aygul"),
        ("Ғани", "Ghani"),
        ("Юсуф", "Yusuf"),
        ("Юсуф", "Yousuf"),
        ("Жандос", "Zhandos"),
        ("Жандос", "Jandos"),
        ("Қайрат", "Kairat"),
        ("Қайрат", "Qairat"),
        ("Хасан", "Khassan"),
        ("Хасан", "Hasan"),
        ("Ерлан", "Yerlan"),
        ("Әсел", "Asel"),
        ("Өмірзақ", "Omirzak"),
        ("Ұлжан", "Ulzhan"),
        ("Шыңғыс", "Shyngys"),
        ("Шыңғыс", "Chingis"),
        ("Мұхаммед", "Muhammad"),
        ("Мухаммад", "Mohammad"),
        ("Абдулло Раҳмонов", "Abdullo Rahmonov"),
        ("Ҷамшед", "Jamshed"),
        ("Гулнора Каримова", "KARIMOVA GULNORA"),
        ("Ibrahimov Ali", "Ибрагимов Али Хасанович"),
        ("Abdul Rahman", "Абдулрахман"),
        ("Şahin", "Shahin"),
        ("Щербаков Юрий", "SHCHERBAKOV IURII"),
        ("Нұрсұлтан Әбішұлы", "Nursultan"),
    ];

    /// Pairs that are not one name.
    const OTHER: &[(&str, &str)] = &[
        ("Айгүл", "Ahmad"),
        ("Ғани", "Omar"),
        ("Юсуф", "Ibrahim"),
        ("Жандос", "Danyar"),
        ("Алия Каримова", "Aliya Osmonova"),
        ("Ali Hassan", "Ali Mirzo"),
        ("Сауле", "Gulnara"),
        ("Дмитрий Орлов", "Sergei Volkov"),
    ];

    #[test]
    fn one_name_in_two_scripts_is_alike_and_two_names_are_not() {
        for (left, right) in SAME {
            let likeness = likeness(left, right);
            assert!(
                likeness >= ALIKE_MIN,
                "{left} {right}: {likeness} {:?} {:?}",
                sounds(left),
                sounds(right)
            );
        }
        for (left, right) in OTHER {
            let likeness = likeness(left, right);
            assert!(likeness < ALIKE_MIN, "{left} {right}: {likeness}");
        }
    }

    #[test]
    fn a_mark_beside_its_letter_is_as_a_letter_with_it() {
        assert_eq!(sounds("И\u{306}усуф"), sounds("Йусуф"));
        assert_eq!(sounds("Jose\u{301}"), sounds("José"));
    }

    #[test]
    fn an_empty_name_is_like_nothing() {
        assert!(likeness("", "") < ALIKE_MIN);
        assert!(likeness("--", "Ali") < ALIKE_MIN);
    }
}
