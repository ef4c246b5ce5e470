//! Nothing opens that should not, and nothing is shown.

use proptest::prelude::*;
use sapar_sealing::{
    Bound, DataKey, Field, IndexKey, NodeKey, NodeKeyError, OpenError, Wrapped,
    normalise_document_number, rewrap,
};
use uuid::Uuid;

/// Bytes from a seed, the same in every run: for tests only.
fn random(seed: u64) -> impl FnMut(&mut [u8]) {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    move |bytes: &mut [u8]| {
        bytes.fill_with(|| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 24) as u8
        });
    }
}

fn uuid(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn text() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..80)
}

proptest! {
    #[test]
    fn what_was_sealed_opens_in_its_place_only(seed in any::<u64>(), text in text(), event in any::<u128>(), other in any::<u128>()) {
        prop_assume!(event != other);
        let mut random = random(seed);
        let key = DataKey::make(uuid(1), &mut random);
        let sealed = key.seal(Bound::Event(uuid(event)), &text, &mut random);
        let opened = key.open(Bound::Event(uuid(event)), &sealed).unwrap();
        prop_assert_eq!(opened.as_slice(), text.as_slice());
        prop_assert_eq!(key.open(Bound::Event(uuid(other)), &sealed).unwrap_err(), OpenError::Refused);
        prop_assert_eq!(key.open(Bound::File(uuid(event)), &sealed).unwrap_err(), OpenError::Refused);
        prop_assert_eq!(key.open(Bound::Record(uuid(event)), &sealed).unwrap_err(), OpenError::Refused);
        let another = DataKey::make(uuid(2), &mut random);
        prop_assert_eq!(another.open(Bound::Event(uuid(event)), &sealed).unwrap_err(), OpenError::Refused);
    }

    #[test]
    fn changed_or_cut_bytes_are_refused(seed in any::<u64>(), text in text(), place in any::<prop::sample::Index>(), change in 1_u8..) {
        let mut random = random(seed);
        let key = DataKey::make(uuid(1), &mut random);
        let sealed = key.seal(Bound::File(uuid(5)), &text, &mut random);
        let mut changed = sealed.clone();
        changed[place.index(sealed.len())] ^= change;
        prop_assert!(key.open(Bound::File(uuid(5)), &changed).is_err());
        prop_assert!(key.open(Bound::File(uuid(5)), &sealed[..place.index(sealed.len())]).is_err());
    }

    #[test]
    fn a_changed_wrapping_is_refused(seed in any::<u64>(), place in any::<prop::sample::Index>(), change in 1_u8..) {
        let mut random = random(seed);
        let node = NodeKey::make(&mut random);
        let wrapped = DataKey::make(uuid(1), &mut random).wrap(&node, &mut random);
        let mut changed = wrapped.as_bytes().to_vec();
        let place = place.index(changed.len());
        changed[place] ^= change;
        prop_assert!(Wrapped::from_bytes(changed).and_then(|changed| DataKey::unwrap(&changed, uuid(1), &node)).is_err());
    }

    #[test]
    fn a_key_file_reads_back_and_every_wrong_digit_is_seen(seed in any::<u64>(), place in any::<prop::sample::Index>(), digit in 0_u32..16) {
        let node = NodeKey::make(&mut random(seed));
        let text = node.to_text();
        prop_assert_eq!(NodeKey::parse(&text).unwrap().id(), node.id());
        let digits: Vec<usize> = text.char_indices().skip(17).filter(|(_, sign)| sign.is_ascii_hexdigit()).map(|(at, _)| at).collect();
        let at = digits[place.index(digits.len())];
        let digit = char::from_digit(digit, 16).unwrap();
        prop_assume!(!text[at..].starts_with(digit));
        let mut wrong = text.to_string();
        wrong.replace_range(at..=at, &digit.to_string());
        prop_assert_eq!(NodeKey::parse(&wrong).unwrap_err(), NodeKeyError::Check);
    }
}

#[test]
fn two_sealings_of_one_text_differ() {
    let mut random = random(1);
    let key = DataKey::make(uuid(1), &mut random);
    let one = key.seal(Bound::Event(uuid(2)), b"the same", &mut random);
    assert_ne!(
        one,
        key.seal(Bound::Event(uuid(2)), b"the same", &mut random)
    );
    assert!(!one.windows(8).any(|window| window == b"the same"));
}

#[test]
fn a_wrapped_key_is_of_one_person_and_one_node() {
    let mut random = random(2);
    let (node, other_node) = (NodeKey::make(&mut random), NodeKey::make(&mut random));
    let key = DataKey::make(uuid(1), &mut random);
    let wrapped = key.wrap(&node, &mut random);
    assert_eq!(wrapped.wrapped_by(), node.id());
    assert_eq!(
        DataKey::unwrap(&wrapped, uuid(2), &node).unwrap_err(),
        OpenError::Refused
    );
    let told = DataKey::unwrap(&wrapped, uuid(1), &other_node).unwrap_err();
    assert_eq!(
        told,
        OpenError::OtherNodeKey {
            wrapped_by: node.id(),
            given: other_node.id()
        }
    );
    assert_eq!(
        IndexKey::unwrap(&wrapped, &node).unwrap_err(),
        OpenError::Refused
    );
}

#[test]
fn a_new_node_key_leaves_what_was_sealed() {
    let mut random = random(3);
    let (old, new) = (NodeKey::make(&mut random), NodeKey::make(&mut random));
    let key = DataKey::make(uuid(1), &mut random);
    let sealed = key.seal(Bound::Event(uuid(2)), b"a name", &mut random);
    let wrapped = key.wrap(&old, &mut random);
    let rewrapped = rewrap(&wrapped, uuid(1), &old, &new, &mut random).unwrap();
    assert!(DataKey::unwrap(&rewrapped, uuid(1), &old).is_err());
    let key = DataKey::unwrap(&rewrapped, uuid(1), &new).unwrap();
    assert_eq!(
        key.open(Bound::Event(uuid(2)), &sealed).unwrap().as_slice(),
        b"a name"
    );
}

#[test]
fn a_key_file_that_cannot_be_used_says_why() {
    let text = NodeKey::make(&mut random(4)).to_text();
    let said = |text: &str| NodeKey::parse(text).unwrap_err();
    assert_eq!(said("# nothing yet\n\n"), NodeKeyError::Empty);
    assert_eq!(said(&format!("{}{}", *text, *text)), NodeKeyError::Several);
    assert_eq!(said("-----BEGIN PRIVATE KEY-----"), NodeKeyError::NotAKey);
    assert_eq!(said(&text[..60]), NodeKeyError::Length { digits: 43 });
    let mut with_a_letter = text.to_string();
    with_a_letter.replace_range(30..31, "g");
    assert_eq!(said(&with_a_letter), NodeKeyError::Digit);
    assert!(NodeKey::parse(&format!("# of the post\n\n  {}  \n", text.trim())).is_ok());
    for error in [NodeKeyError::Check, NodeKeyError::Digit] {
        assert!(!error.to_string().contains(&text[20..40]));
    }
}

#[test]
fn debug_shows_no_key() {
    let mut random = random(5);
    let node = NodeKey::make(&mut random);
    let index = IndexKey::make(&mut random);
    let digits = node.to_text()[17..81].to_owned();
    let said = format!(
        "{node:?} {:?} {index:?} {:?}",
        DataKey::make(uuid(1), &mut random),
        index.token(Field::NameWord, "aigul")
    );
    assert!(!said.contains(&digits[..8]));
    assert_eq!(
        said,
        format!(
            "NodeKey({}) DataKey(of {}) IndexKey Token",
            node.id(),
            uuid(1)
        )
    );
}

#[test]
fn tokens_find_and_do_not_mix_fields_or_databases() {
    let mut random = random(6);
    let node = NodeKey::make(&mut random);
    let index = IndexKey::make(&mut random);
    let again = IndexKey::unwrap(&index.wrap(&node, &mut random), &node).unwrap();
    let token = index.token(Field::DocumentNumber, "N1234567");
    assert_eq!(token, again.token(Field::DocumentNumber, "N1234567"));
    assert_ne!(token, index.token(Field::PersonalNumber, "N1234567"));
    assert_ne!(token, index.token(Field::DocumentNumber, "N1234568"));
    assert_ne!(
        token,
        IndexKey::make(&mut random).token(Field::DocumentNumber, "N1234567")
    );
}

#[test]
fn a_document_number_is_compared_without_its_dress() {
    assert_eq!(normalise_document_number("с 012345"), "C012345");
    assert_eq!(normalise_document_number("C012345"), "C012345");
    assert_eq!(normalise_document_number("n-12 34<<"), "N1234");
    assert_ne!(
        normalise_document_number("O1"),
        normalise_document_number("01")
    );
}

/// Worked out by libsodium and by Python's `hmac` and `hashlib`, so that what is sealed today is opened by another program tomorrow.
#[test]
fn other_programs_seal_wrap_and_find_the_same() {
    let same = |value: u8| move |bytes: &mut [u8]| bytes.fill(value);
    let node = NodeKey::parse("sapar-node-key-1:0505050505050505050505050505050505050505050505050505050505050505:37859d76").unwrap();
    assert_eq!(node.id().to_string(), "e5386491221da23c");

    let key = DataKey::make(uuid(3), &mut same(1));
    let sealed = key.seal(Bound::Event(uuid(4)), "Әсел".as_bytes(), &mut same(2));
    assert_eq!(
        hex(&sealed),
        "010202020202020202020202020202020202020202020202021ffee76e7ac22cf6b710a3de6231c17c04a3af6daefad83d"
    );
    let wrapped = key.wrap(&node, &mut same(6));
    assert_eq!(
        hex(wrapped.as_bytes()),
        "01e5386491221da23c060606060606060606060606060606060606060606060606c1506333305de264052124448c5344429e2cd94b47c949f37edbb23c76a1e3ad9bf21b30b898a0eb684fd5bd24fb7845"
    );
    let index = IndexKey::make(&mut same(7));
    assert_eq!(
        hex(index.wrap(&node, &mut same(6)).as_bytes()),
        "01e5386491221da23c060606060606060606060606060606060606060606060606c7566535365be462032722428a554244982adf4d41cf4ff578ddb43a70a7e5ab82e81584bd5c7f0f412c114787d467d0"
    );
    let token = index.token(Field::DocumentNumber, "N1234567");
    assert_eq!(hex(&token.0), "0ed01653304e335451ec256d36afc78f");
}

#[test]
fn what_a_newer_program_sealed_is_not_opened_as_something_else() {
    let mut random = random(7);
    let key = DataKey::make(uuid(1), &mut random);
    let mut sealed = key.seal(Bound::Event(uuid(2)), b"x", &mut random);
    sealed[0] = 2;
    let opened = |sealed: &[u8]| key.open(Bound::Event(uuid(2)), sealed).unwrap_err();
    assert_eq!(opened(&sealed), OpenError::Format);
    assert_eq!(opened(&[]), OpenError::Format);
    assert_eq!(Wrapped::from_bytes(vec![1, 2]), Err(OpenError::Format));
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
