//! Passkeys and identities of headquarters' provider: who comes in by them, and who does not.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests stop at the first surprise"
)]

#[path = "../../sapar-passkeys/tests/ceremonies/authenticator.rs"]
mod authenticator;
#[path = "shared/support.rs"]
mod support;

use authenticator::Authenticator;
use jiff::Timestamp;
use sapar_access::{Purpose, UserState};
use sapar_openid::ExternalIdentity;
use sapar_operations::OperationError;
use sapar_operations::directory::DirectoryEntry;
use sapar_operations::passkeys::PASSKEYS_MAX;
use sapar_operations::sign_in::SignedIn;
use sapar_passkeys::{Refused, RelyingParty};
use sapar_sign_in::password::Password;
use sapar_sign_in::session::SessionId;
use support::*;

const PASSWORD: &str = "seven calm horses";
const ADDRESS: &str = "192.0.2.1";

fn site() -> RelyingParty {
    RelyingParty::new("post.example", &["https://post.example"]).unwrap()
}

/// The ceremonies of webauthn read the machine's clock, so the world's must be near it.
fn now() -> Timestamp {
    Timestamp::now()
}

fn typed(password: &str) -> Password {
    Password::typed(password.to_owned())
}

fn visit(number: u8) -> SessionId {
    SessionId::stored([number; 32])
}

async fn signed_in(world: &World, name: &str) -> SignedIn {
    let operations = &world.operations;
    operations
        .set_password_unchecked(world.user(name).id, name, typed(PASSWORD))
        .await
        .unwrap();
    let token = operations
        .sign_in(name, typed(PASSWORD), ADDRESS, now())
        .await
        .unwrap();
    operations.signed_in(&token, now()).await.unwrap()
}

async fn add(world: &World, user: &SignedIn, device: &mut Authenticator, name: &str) {
    let operations = &world.operations;
    let challenge = operations
        .begin_passkey(user, &site(), typed(PASSWORD), name)
        .await
        .unwrap();
    let answer = device.create(&challenge);
    operations
        .finish_passkey(user, &site(), &answer)
        .await
        .unwrap();
}

async fn come_in(
    world: &World,
    device: &mut Authenticator,
    at: Timestamp,
) -> Result<SignedIn, OperationError> {
    let operations = &world.operations;
    let challenge = operations.begin_passkey_sign_in(visit(1), &site(), at)?;
    let answer = device.get(&challenge);
    let token = operations
        .finish_passkey_sign_in(visit(1), &site(), &answer, ADDRESS, at)
        .await?;
    operations.signed_in(&token, at).await
}

/// The names of all events of the log.
async fn events(world: &World) -> Vec<String> {
    let log = world.operations.store().log(0, 10_000).await.unwrap();
    log.iter()
        .map(|one| one.event.name.as_str().to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_is_added_with_the_password_and_signs_in() {
    let world = World::new(1).await;
    let operations = &world.operations;
    let user = signed_in(&world, "second").await;
    let mut device = Authenticator::new(1);

    let wrong = operations
        .begin_passkey(&user, &site(), typed("another one"), "Key")
        .await;
    assert_eq!(
        wrong.unwrap_err(),
        OperationError::field("password", "sign-in-old-wrong")
    );
    let nameless = operations
        .begin_passkey(&user, &site(), typed(PASSWORD), " ")
        .await;
    assert!(matches!(nameless, Err(OperationError::Fields(_))));

    add(&world, &user, &mut device, "Key on the ring").await;
    let kept = operations.passkeys(&user).await.unwrap();
    assert_eq!(kept.len(), 1);
    assert_eq!(
        (kept[0].name.as_str(), kept[0].used),
        ("Key on the ring", None)
    );

    let came = come_in(&world, &mut device, now()).await.unwrap();
    assert_eq!(came.user.id, user.user.id);
    let kept = operations.passkeys(&user).await.unwrap();
    assert!(kept[0].used.is_some());

    operations
        .rename_passkey(&user, &kept[0].id, "Telephone")
        .await
        .unwrap();
    assert_eq!(
        operations.passkeys(&user).await.unwrap()[0].name,
        "Telephone"
    );
    operations.remove_passkey(&user, &kept[0].id).await.unwrap();
    assert_eq!(operations.passkeys(&user).await.unwrap(), []);
    assert_eq!(
        come_in(&world, &mut device, now()).await.err(),
        Some(OperationError::WrongSignIn)
    );
    let ways: Vec<String> = events(&world).await;
    assert_eq!(ways, ["passkey.added", "passkey.removed"]);
    // The same device can be used again, and keeps the user's handle.
    let handle = device.user.clone();
    add(&world, &user, &mut device, "Again").await;
    assert_eq!(device.user, handle);
    come_in(&world, &mut device, now()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_taken_once_and_only_from_the_browser_that_began() {
    let world = World::new(2).await;
    let operations = &world.operations;
    let user = signed_in(&world, "second").await;
    let mut device = Authenticator::new(2);
    add(&world, &user, &mut device, "Key").await;

    let challenge = operations
        .begin_passkey_sign_in(visit(1), &site(), now())
        .unwrap();
    let answer = device.get(&challenge);
    let elsewhere = operations
        .finish_passkey_sign_in(visit(2), &site(), &answer, ADDRESS, now())
        .await;
    assert_eq!(elsewhere.err(), Some(Refused::Late.into()));
    let first = operations
        .finish_passkey_sign_in(visit(1), &site(), &answer, ADDRESS, now())
        .await;
    assert!(first.is_ok());
    let second = operations
        .finish_passkey_sign_in(visit(1), &site(), &answer, ADDRESS, now())
        .await;
    assert_eq!(second.err(), Some(Refused::Late.into()));

    // A registration belongs to the session that began it.
    let other = signed_in(&world, "leader").await;
    let challenge = operations
        .begin_passkey(&user, &site(), typed(PASSWORD), "Second")
        .await
        .unwrap();
    let answer = Authenticator::new(3).create(&challenge);
    let refused = operations.finish_passkey(&other, &site(), &answer).await;
    assert_eq!(refused.err(), Some(Refused::Late.into()));
    assert_eq!(operations.passkeys(&other).await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_takes_over_a_passkey_of_somebody_else() {
    let world = World::new(3).await;
    let operations = &world.operations;
    let first = signed_in(&world, "first").await;
    let second = signed_in(&world, "second").await;
    let mut device = Authenticator::new(4);
    add(&world, &first, &mut device, "Key").await;
    // The second officer answers with the same identifier.
    let mut copy = Authenticator::new(4);
    let challenge = operations
        .begin_passkey(&second, &site(), typed(PASSWORD), "Key")
        .await
        .unwrap();
    let answer = copy.create(&challenge);
    let refused = operations.finish_passkey(&second, &site(), &answer).await;
    assert_eq!(refused.err(), Some(Refused::AlreadyRegistered.into()));
    assert_eq!(operations.passkeys(&second).await.unwrap(), []);
    assert_eq!(
        come_in(&world, &mut device, now()).await.unwrap().user.id,
        first.user.id
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copied_passkey_and_a_closed_account_sign_nobody_in() {
    let world = World::new(4).await;
    let operations = &world.operations;
    let user = signed_in(&world, "second").await;
    let mut device = Authenticator::new(5);
    add(&world, &user, &mut device, "Key").await;
    let mut copy = device.clone();
    come_in(&world, &mut device, now()).await.unwrap();
    come_in(&world, &mut device, now()).await.unwrap();
    assert_eq!(
        come_in(&world, &mut copy, now()).await.err(),
        Some(Refused::Copied.into())
    );
    let mut closed = user.user.clone();
    closed.state = UserState::Closed;
    operations
        .put_unchecked(DirectoryEntry::User(closed))
        .await
        .unwrap();
    assert_eq!(
        come_in(&world, &mut device, now()).await.err(),
        Some(OperationError::WrongSignIn)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn failures_are_counted_and_lock() {
    let world = World::new(5).await;
    let user = signed_in(&world, "second").await;
    let mut device = Authenticator::new(6);
    add(&world, &user, &mut device, "Key").await;
    // Another key under the same identifier and handle: its signature is wrong.
    let mut forger = Authenticator::new(7);
    forger.id = device.id.clone();
    forger.user = device.user.clone();
    let mut last = None;
    for _ in 0..30 {
        last = come_in(&world, &mut forger, now()).await.err();
        if matches!(last, Some(OperationError::Wait(_))) {
            break;
        }
        assert_eq!(last, Some(Refused::Signature.into()));
    }
    assert!(matches!(last, Some(OperationError::Wait(_))), "{last:?}");
    // The wait is the passkey's, whoever tries; afterwards its owner comes in.
    assert!(matches!(
        come_in(&world, &mut device, now()).await,
        Err(OperationError::Wait(_))
    ));
    let later = now() + jiff::SignedDuration::from_mins(2);
    come_in(&world, &mut device, later).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_the_password_in_an_open_session_locks_too() {
    let world = World::new(6).await;
    let operations = &world.operations;
    let user = signed_in(&world, "second").await;
    let mut last = None;
    for _ in 0..6 {
        last = operations
            .begin_passkey(&user, &site(), typed("guessed by somebody"), "Key")
            .await
            .err();
    }
    assert!(matches!(last, Some(OperationError::Wait(_))), "{last:?}");
    let changed = operations
        .change_password(&user.caller, typed(PASSWORD), typed("nine quiet camels"))
        .await;
    assert!(matches!(changed, Err(OperationError::Wait(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_removes_passkeys_and_nobody_else_does() {
    let world = World::new(7).await;
    let operations = &world.operations;
    let user = signed_in(&world, "second").await;
    let mut device = Authenticator::new(8);
    add(&world, &user, &mut device, "Key").await;
    let id = user.user.id;
    let leader = world.by("leader", Purpose::Screening, 0);
    assert_eq!(
        operations.remove_passkeys_of(&leader, id).await.err(),
        Some(OperationError::NotPermitted)
    );
    assert_eq!(
        operations.passkeys_of(&leader, id).await.err(),
        Some(OperationError::NotPermitted)
    );
    let admin = world.by("admin", Purpose::Administration, 0);
    assert_eq!(operations.passkeys_of(&admin, id).await.unwrap().len(), 1);
    operations.remove_passkeys_of(&admin, id).await.unwrap();
    assert_eq!(
        come_in(&world, &mut device, now()).await.err(),
        Some(OperationError::WrongSignIn)
    );
    assert_eq!(
        operations.remove_passkeys_of(&admin, id).await.err(),
        Some(OperationError::NotThere)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn there_is_a_most_of_passkeys() {
    let world = World::new(8).await;
    let user = signed_in(&world, "second").await;
    for number in 0..PASSKEYS_MAX {
        let seed = 100 + u8::try_from(number).unwrap();
        add(&world, &user, &mut Authenticator::new(seed), "Key").await;
    }
    let more = world
        .operations
        .begin_passkey(&user, &site(), typed(PASSWORD), "One more")
        .await;
    assert_eq!(
        more.err(),
        Some(OperationError::field("passkey_name", "passkey-too-many"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_is_issuer_and_subject_and_nothing_else() {
    let world = World::new(9).await;
    let operations = &world.operations;
    let admin = world.by("admin", Purpose::Administration, 0);
    let officer = world.by("second", Purpose::Screening, 0);
    let (first, second) = (world.user("first").id, world.user("second").id);
    let issuer = "https://directory.example";
    let known = ExternalIdentity::new(issuer, "4711");
    let came = async |identity: &ExternalIdentity| {
        let token = operations.sign_in_external(identity, now()).await?;
        Ok::<_, OperationError>(operations.signed_in(&token, now()).await?.user.id)
    };
    assert_eq!(came(&known).await, Err(OperationError::WrongSignIn));
    assert_eq!(
        operations
            .link_identity(&officer, first, issuer, "4711")
            .await,
        Err(OperationError::NotPermitted)
    );
    operations
        .link_identity(&admin, first, issuer, " 4711 ")
        .await
        .unwrap();
    assert_eq!(came(&known).await, Ok(first));
    for other in [
        ExternalIdentity::new("https://directory.example/", "4711"),
        ExternalIdentity::new("https://other.example", "4711"),
        ExternalIdentity::new(issuer, "4712"),
        ExternalIdentity::new(issuer, ""),
    ] {
        assert_eq!(came(&other).await, Err(OperationError::WrongSignIn));
    }
    // One identity is one user.
    assert_eq!(
        operations
            .link_identity(&admin, second, issuer, "4711")
            .await,
        Err(OperationError::field("subject", "identity-taken"))
    );
    operations
        .link_identity(&admin, first, issuer, "4712")
        .await
        .unwrap();
    assert_eq!(came(&known).await, Err(OperationError::WrongSignIn));
    assert_eq!(
        came(&ExternalIdentity::new(issuer, "4712")).await,
        Ok(first)
    );
    operations
        .link_identity(&admin, first, issuer, "")
        .await
        .unwrap();
    assert_eq!(
        came(&ExternalIdentity::new(issuer, "4712")).await,
        Err(OperationError::WrongSignIn)
    );
    assert_eq!(operations.identity_of(&admin, first).await, Ok(None));
    assert_eq!(
        events(&world).await,
        ["identity.linked", "identity.linked", "identity.unlinked"]
    );
}
