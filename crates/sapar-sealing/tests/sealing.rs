//! What is closed opens in its place with its key, and nowhere else.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs
)]

use proptest::prelude::*;
use sapar_sealing::{
    KeyTextError, NodeKey, Nonce, PersonKey, Place, SealError, WrappedKey, open, seal,
};
use uuid::Uuid;

fn place(person: u128, event: u128) -> Place {
    Place {
        person: Uuid::from_u128(person),
        event: Uuid::from_u128(event),
    }
}

proptest! {
    #[test]
    fn what_is_closed_opens_in_its_place_alone(
        key in any::<[u8; 32]>(),
        nonce in any::<[u8; 24]>(),
        plain in prop::collection::vec(any::<u8>(), 0..60),
        at in any::<prop::sample::Index>(),
        bit in 0u8..8,
        (person, event, other) in any::<(u128, u128, u128)>(),
    ) {
        let key = PersonKey::from_random(key);
        let here = place(person, event);
        let closed = seal(&key, here, &plain, Nonce(nonce));
        prop_assert_eq!(open(&key, here, &closed).unwrap(), plain.clone());
        if plain.len() > 3 {
            prop_assert!(!closed.windows(plain.len()).any(|part| part == plain.as_slice()));
        }

        let mut altered = closed.clone();
        altered[at.index(closed.len())] ^= 1 << bit;
        prop_assert!(open(&key, here, &altered).is_err());
        for shorter in 0..closed.len() {
            prop_assert!(open(&key, here, &closed[..shorter]).is_err());
        }
        if other != event {
            prop_assert_eq!(open(&key, place(person, other), &closed), Err(SealError::DoesNotOpen));
        }
        if other != person {
            prop_assert_eq!(open(&key, place(other, event), &closed), Err(SealError::DoesNotOpen));
        }
    }

    #[test]
    fn another_key_opens_nothing(
        (one, other) in any::<([u8; 32], [u8; 32])>(),
        nonce in any::<[u8; 24]>(),
        plain in prop::collection::vec(any::<u8>(), 0..20),
    ) {
        prop_assume!(one != other);
        let closed = seal(&PersonKey::from_random(one), place(1, 2), &plain, Nonce(nonce));
        prop_assert_eq!(
            open(&PersonKey::from_random(other), place(1, 2), &closed),
            Err(SealError::DoesNotOpen)
        );
    }

    #[test]
    fn a_wrapped_key_is_one_persons_at_one_node(
        (node, other_node) in any::<([u8; 32], [u8; 32])>(),
        key in any::<[u8; 32]>(),
        nonce in any::<[u8; 24]>(),
        (person, other) in any::<(u128, u128)>(),
        at in any::<prop::sample::Index>(),
    ) {
        prop_assume!(node != other_node && person != other);
        let (node, other_node) = (NodeKey::from_random(node), NodeKey::from_random(other_node));
        let (person, other) = (Uuid::from_u128(person), Uuid::from_u128(other));
        let key = PersonKey::from_random(key);
        let closed = seal(&key, place(1, 2), b"x", Nonce(nonce));
        let opens = |key: &PersonKey| open(key, place(1, 2), &closed).is_ok();

        let wrapped = node.wrap(person, &key, Nonce(nonce));
        prop_assert!(opens(&node.unwrap(person, &wrapped).unwrap()));
        prop_assert_eq!(wrapped.wrapped_by(), Some(node.id()));
        prop_assert!(node.unwrap(other, &wrapped).is_err());
        prop_assert_eq!(other_node.unwrap(person, &wrapped).unwrap_err(), SealError::OtherNodeKey);
        let mut altered = wrapped.clone();
        altered.0[at.index(wrapped.0.len())] ^= 1;
        prop_assert!(node.unwrap(person, &altered).is_err());

        let again = node.rewrap(&other_node, person, &wrapped, Nonce(nonce)).unwrap();
        prop_assert!(opens(&other_node.unwrap(person, &again).unwrap()));
        prop_assert!(node.unwrap(person, &again).is_err());
    }

    #[test]
    fn a_key_file_gives_the_key_it_was_made_of(bytes in any::<[u8; 32]>()) {
        prop_assume!(bytes.iter().any(|byte| *byte != bytes[0]));
        let key = NodeKey::from_random(bytes);
        let again = NodeKey::from_text(&format!(" {}\r\n", &*key.to_text())).unwrap();
        prop_assert_eq!(key.id(), again.id());
    }

    #[test]
    fn tokens_are_equal_for_equal_words_alone(
        (one, other) in any::<([u8; 32], [u8; 32])>(),
        (field, other_field) in ("[a-z]{1,6}", "[a-z]{1,6}"),
        (word, other_word) in ("[A-Z0-9]{0,9}", "[A-Z0-9]{0,9}"),
    ) {
        prop_assume!(one != other && field != other_field && word != other_word);
        let index = NodeKey::from_random(one).index();
        let token = index.token(&field, &word);
        prop_assert_eq!(token, NodeKey::from_random(one).index().token(&field, &word));
        prop_assert_ne!(token, index.token(&field, &other_word));
        prop_assert_ne!(token, index.token(&other_field, &word));
        prop_assert_ne!(token, NodeKey::from_random(other).index().token(&field, &word));
    }
}

#[test]
fn the_end_of_a_field_is_no_beginning_of_a_word() {
    let index = NodeKey::from_random([3; 32]).index();
    assert_ne!(index.token("ab", "c"), index.token("a", "bc"));
}

#[test]
fn a_text_that_is_no_key_says_what_one_is() {
    for (text, error) in [
        ("", KeyTextError::Length(0)),
        ("0123", KeyTextError::Length(4)),
        (&"g".repeat(64), KeyTextError::Digit),
        (&"ж".repeat(64), KeyTextError::Digit),
        (&"0".repeat(64), KeyTextError::NotRandom),
    ] {
        assert_eq!(NodeKey::from_text(text).unwrap_err(), error, "{text}");
    }
}

#[test]
fn what_a_newer_program_closed_is_named_so() {
    let key = PersonKey::from_random([1; 32]);
    let mut closed = seal(&key, place(1, 2), b"x", Nonce([2; 24]));
    closed[0] = 2;
    assert_eq!(
        open(&key, place(1, 2), &closed),
        Err(SealError::VersionUnknown)
    );
    assert_eq!(open(&key, place(1, 2), &[]), Err(SealError::DoesNotOpen));
    let node = NodeKey::from_random([3; 32]);
    let nobody = node.unwrap(Uuid::nil(), &WrappedKey(vec![1, 2]));
    assert_eq!(nobody.unwrap_err(), SealError::DoesNotOpen);
}

#[test]
fn no_key_is_shown() {
    let shown = format!(
        "{:?} {:?} {:?}",
        NodeKey::from_random([171; 32]),
        PersonKey::from_random([171; 32]),
        NodeKey::from_random([171; 32]).index()
    );
    assert!(
        !shown.contains("abab") && !shown.contains("171, 171"),
        "{shown}"
    );
}

/// Worked out by libsodium and by Python's `hmac`, so that what is closed today is opened by another program tomorrow.
#[test]
fn other_programs_close_and_find_the_same() {
    let key = PersonKey::from_random([1; 32]);
    let closed = seal(&key, place(3, 4), "Әсел".as_bytes(), Nonce([2; 24]));
    assert_eq!(
        hex(&closed),
        "010202020202020202020202020202020202020202020202021ffee76e7ac22cf66d5e0c22f225b4191d80027e30cf408c"
    );
    let token = NodeKey::from_random([5; 32])
        .index()
        .token("document number", "N1234567");
    assert_eq!(hex(&token.0), "990da62280ad3562f60fc318dc4da5af");
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
