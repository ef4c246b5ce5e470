//! Steps that others wait for, as a browser does them: forms without script, refused with what was typed, in the language switched to.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests stop at the first surprise"
)]

#[path = "shared/world.rs"]
mod world;

use axum::http::{StatusCode, header};
use sapar_access::AgencyKind;
use sapar_server::{Database, Limits, Proof, keep, open};
use world::staff;
use world::{Browser, PASSWORD, World, address};

/// Registers somebody at an encounter; the page of the encounter, and of the person.
async fn registered(officer: &mut Browser, encounter: &str, surname: &str) -> String {
    let page = officer.page(&format!("{encounter}/people/new")).await;
    let form = [
        ("surname", surname),
        ("given", "Farid"),
        ("birth", "1990"),
        ("nationality", "AFG"),
        ("no_document", "never-had"),
        ("different", "yes"),
    ];
    officer
        .done(&format!("{encounter}/people/new"), &page, &form)
        .await;
    let page = officer.page(encounter).await;
    let (_, rest) = page.split_once("id=\"people\"").unwrap();
    let place = rest.find(&format!("{surname} ")).unwrap();
    let before = &rest[..place];
    let start = before.rfind("/people/").unwrap();
    before[start..].split('"').next().unwrap().to_owned()
}

async fn encounter(officer: &mut Browser) -> String {
    let page = officer.page("/encounters/new").await;
    let post = staff::post().to_string();
    let form = [
        ("place_kind", "post"),
        ("post", post.as_str()),
        ("beginning", "check"),
    ];
    officer.done("/encounters/new", &page, &form).await
}

/// A case of team one: of somebody who was referred for protection.
async fn case(officer: &mut Browser, one: &mut Browser) -> (String, String) {
    let encounter = encounter(officer).await;
    let person = registered(officer, &encounter, "Karimi").await;
    let new = format!("{person}/referrals/new");
    let page = officer.page(&new).await;
    let agency = staff::agency(AgencyKind::AsylumAuthority).to_string();
    let form = [
        ("agency", agency.as_str()),
        ("purpose", "protection"),
        ("consent", "now"),
        ("words", "Asks for protection."),
    ];
    let referral = officer.done(&new, &page, &form).await;
    let page = one.page(&referral).await;
    let case = one
        .done(&format!("{referral}/acceptance"), &page, &[])
        .await;
    assert!(case.starts_with("/cases/"), "{case}");
    (person, case)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_is_offered_declined_taken_back_and_accepted_on_its_page() {
    let world = World::new().await;
    let mut officer = world.browser("second").await;
    let (mut one, mut two) = (world.browser("one").await, world.browser("two").await);
    let (_, case) = case(&mut officer, &mut one).await;
    let handover = format!("{case}/handover");
    let team = staff::team(AgencyKind::AsylumAuthority, 1).to_string();

    let page = one.page(&case).await;
    let again = one
        .refused(&handover, &page, &[("words", "Kept words")])
        .await;
    assert!(again.contains("Kept words"), "what was typed is kept");
    let offer = [("team", team.as_str()), ("words", "Speaks Dari.")];
    one.done(&handover, &page, &offer).await;
    let offered = two.page(&case).await;
    assert!(offered.contains("value=\"accept\"") && offered.contains("value=\"decline\""));
    assert!(!offered.contains("value=\"cancel\""));
    let waits = one.page(&case).await;
    assert!(waits.contains("value=\"cancel\"") && !waits.contains("value=\"accept\""));
    // A form of another's making does nothing.
    let forged = two
        .send(
            &handover,
            "name=\"csrf\" value=\"0\"",
            &[("answer", "accept")],
        )
        .await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    let not_theirs = two.send(&handover, &offered, &[("answer", "cancel")]).await;
    assert_eq!(not_theirs.status, StatusCode::FORBIDDEN);

    // Without a reason nobody declines; the language is switched without losing it.
    two.refused(&handover, &offered, &[("answer", "decline")])
        .await;
    let switch = [
        ("answer", "decline"),
        ("words", "Нет переводчика."),
        ("language", "ru"),
    ];
    let answer = two.send(&handover, &offered, &switch).await;
    assert_eq!(answer.status, StatusCode::OK);
    let switched = answer.text;
    assert!(switched.contains("lang=\"ru\"") && switched.contains("Нет переводчика."));
    two.done(&handover, &switched, &switch[..2]).await;
    // The same agency still sees the case, since the person was referred to it, and has nothing to say in it.
    assert!(!two.page(&case).await.contains("/handover\""));
    let declined = one.page(&case).await;
    assert!(declined.contains("Нет переводчика."), "why is told");

    one.done(&handover, &declined, &offer).await;
    let page = one.page(&case).await;
    one.done(&handover, &page, &[("answer", "cancel")]).await;
    assert!(!two.page(&case).await.contains("/handover\""));
    let page = one.page(&case).await;
    one.done(&handover, &page, &offer).await;
    let offered = two.page(&case).await;
    two.done(&handover, &offered, &[("answer", "accept")]).await;
    assert_eq!(two.get(&case).await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_grouped_links_settled_and_a_consent_is_taken_back() {
    let world = World::new().await;
    let mut officer = world.browser("second").await;
    let encounter = encounter(&mut officer).await;
    let first = registered(&mut officer, &encounter, "Karimi").await;
    let second = registered(&mut officer, &encounter, "Nazari").await;
    let id = |path: &str| path.rsplit('/').next().unwrap().to_owned();
    let (a, b) = (id(&first), id(&second));

    let groups = format!("{encounter}/groups");
    let page = officer.page(&encounter).await;
    let again = officer
        .refused(&groups, &page, &[("persons[]", a.as_str())])
        .await;
    assert!(again.contains(&format!("value=\"{a}\" checked")), "kept");
    let both = [("persons[]", a.as_str()), ("persons[]", b.as_str())];
    officer.done(&groups, &page, &both).await;
    let page = officer.page(&encounter).await;
    assert!(
        !page.contains(&format!("action=\"{groups}\"")),
        "all are in one"
    );

    let out = [("person", b.as_str())];
    let departures = format!("{groups}/departures");
    officer.done(&departures, &page, &out).await;
    let page = officer.page(&encounter).await;
    assert!(!page.contains(&departures), "one person is no group");
    let again = officer.send(&departures, &page, &out).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text.contains("is in no group"));
    officer.done(&groups, &page, &both).await;

    let page = officer.page(&first).await;
    let claim = [
        ("kind", "sibling"),
        ("other", b.as_str()),
        ("basis", "said"),
        ("words", "They say so."),
    ];
    officer.done(&format!("{first}/links"), &page, &claim).await;
    let page = officer.page(&encounter).await;
    assert!(
        page.contains("Brother or sister of"),
        "claimed links stand at the encounter"
    );
    let page = officer.page(&first).await;
    let settle = address(&page, &format!("{first}/links/"), "/settlement");
    let again = officer
        .refused(&settle, &page, &[("claim", "confirmed")])
        .await;
    assert!(again.contains("value=\"confirmed\" checked"));
    let said = [("claim", "confirmed"), ("basis", "said")];
    let again = officer.refused(&settle, &page, &said).await;
    assert!(again.contains("Being said confirms no link"));
    let confirm = [("claim", "confirmed"), ("basis", "document")];
    officer.done(&settle, &page, &confirm).await;
    let page = officer.page(&first).await;
    assert!(page.contains("confirmed") && !page.contains("/settlement"));

    let new = format!("{first}/referrals/new");
    let page = officer.page(&new).await;
    let agency = staff::agency(AgencyKind::AsylumAuthority).to_string();
    let form = [
        ("agency", agency.as_str()),
        ("purpose", "protection"),
        ("consent", "now"),
        ("words", "Asks for protection."),
    ];
    let referral = officer.done(&new, &page, &form).await;
    let page = officer.page(&first).await;
    let withdraw = address(&page, &format!("{first}/consents/"), "/withdrawal");
    assert!(
        page.contains(&format!("href=\"{referral}\"")),
        "what rests on it"
    );
    officer.refused(&withdraw, &page, &[]).await;
    officer.done(&withdraw, &page, &[("said", "yes")]).await;
    let page = officer.page(&first).await;
    assert!(!page.contains("/withdrawal\""));
    assert!(page.contains("took back the consent"));
    assert!(
        officer
            .page(&referral)
            .await
            .contains("took back the consent")
    );
    let one = world.browser("one").await.page(&referral).await;
    assert!(
        one.contains("Do nothing more with it"),
        "the receiver is told"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interview_is_taken_over_and_another_days_law_followed() {
    let world = World::new().await;
    let (mut first, mut second) = (world.browser("first").await, world.browser("second").await);
    let page = first.page("/").await;
    let purpose = [("purpose", "screening"), ("back", "/")];
    first.done("/purpose", &page, &purpose).await;
    let encounter = encounter(&mut first).await;
    let person = registered(&mut first, &encounter, "Karimi").await;
    let page = first.page(&person).await;
    let id = encounter.rsplit('/').next().unwrap().to_owned();
    let screening = first
        .done(
            &format!("{person}/screenings"),
            &page,
            &[("encounter", id.as_str())],
        )
        .await;
    let takeover = format!("{screening}/takeover");
    assert!(!first.page(&screening).await.contains(&takeover));
    let page = second.page(&screening).await;
    assert!(page.contains(&takeover), "a higher role may");
    second.done(&takeover, &page, &[]).await;
    let page = second.page(&screening).await;
    assert!(!page.contains(&takeover), "once");
    second
        .done(&format!("{screening}/finish"), &page, &[])
        .await;

    let (outcome, law) = (format!("{screening}/outcome"), format!("{screening}/law"));
    let page = second.page(&outcome).await;
    assert!(page.contains(&format!("action=\"{law}\"")));
    let again = second.refused(&law, &page, &[("on", "2999-01-01")]).await;
    assert!(again.contains("2999-01-01"), "kept");
    second.refused(&law, &page, &[("on", "yesterday")]).await;
    second.done(&law, &page, &[("on", "2009-01-01")]).await;
    let page = second.page(&outcome).await;
    assert!(page.contains("2009"), "the day of the law stands below");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mandate_is_changed_and_the_last_administrator_stays() {
    let world = World::new().await;
    let mut admin = world.browser("admin").await;
    let agency = format!(
        "/administration/agencies/{}",
        staff::agency(AgencyKind::AsylumAuthority)
    );
    assert!(admin.page("/administration").await.contains(&agency));
    let page = admin.page(&agency).await;
    assert!(page.contains("value=\"protection\" checked"));
    admin
        .refused(&agency, &page, &[("name", "Asylum committee")])
        .await;
    let change = [
        ("name", "Asylum committee"),
        ("mandate[]", "protection"),
        ("mandate[]", "referral"),
    ];
    admin.done(&agency, &page, &change).await;
    let page = admin.page(&agency).await;
    assert!(page.contains("Asylum committee"));
    assert!(page.contains("value=\"referral\" checked"));
    assert!(!page.contains("value=\"return\" checked"));

    let own = format!("/administration/users/{}", staff::user("admin"));
    let page = admin.page(&own).await;
    let (hq, name) = (staff::agency(AgencyKind::Headquarters).to_string(), "admin");
    let close = [
        ("name", name),
        ("agency", hq.as_str()),
        ("role", "administrator"),
        ("closed", "yes"),
    ];
    let again = admin.refused(&own, &page, &close).await;
    assert!(again.contains("make another administrator first"));
    let hq_page = format!("/administration/agencies/{hq}");
    let lose = [("name", "HQ"), ("mandate[]", "audit")];
    let page = admin.page(&hq_page).await;
    admin.refused(&hq_page, &page, &lose).await;
    // Nobody else reaches these pages.
    let mut officer = world.browser("second").await;
    assert_eq!(officer.get(&agency).await.status, StatusCode::FORBIDDEN);
    let page = officer.page("/").await;
    let refused = officer.send(&agency, &page, &change).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);

    // Closed and opened again: a closed account's session ends at once.
    let user = format!("/administration/users/{}", staff::user("second"));
    let page = admin.page(&user).await;
    let (border, post) = (
        staff::agency(AgencyKind::BorderService).to_string(),
        staff::post().to_string(),
    );
    let open = [
        ("name", "second"),
        ("agency", border.as_str()),
        ("post", post.as_str()),
        ("role", "second-line"),
    ];
    let closed: Vec<_> = open.into_iter().chain([("closed", "yes")]).collect();
    admin.done(&user, &page, &closed).await;
    let answer = officer.get("/").await;
    assert_eq!(answer.headers[header::LOCATION], "/sign-in");
    admin.done(&user, &page, &open).await;
    world.browser("second").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_was_being_typed_survives_a_restart() {
    let mut world = World::new().await;
    let mut officer = world.browser("second").await;
    let mut guest = Browser::new(&world.app);
    let page = officer.page("/encounters/new").await;
    let sign_in = guest.page("/sign-in").await;
    world.app.operations.store().close().await;
    world.app = open(&world.config).await.unwrap();
    officer.at(&world.app);
    guest.at(&world.app);
    let post = staff::post().to_string();
    let form = [
        ("place_kind", "post"),
        ("post", post.as_str()),
        ("beginning", "check"),
    ];
    let to = officer.done("/encounters/new", &page, &form).await;
    assert!(to.starts_with("/encounters/"));
    let form = [("name", "first"), ("password", PASSWORD)];
    let answer = guest.send("/sign-in", &sign_in, &form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    // Another session's token does not fit all the same.
    let mut other = world.browser("first").await;
    let forged = other.send("/sign-out", &page, &[]).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_in_another_database_is_whole_and_goes_on() {
    let mut world = World::new().await;
    let mut officer = world.browser("second").await;
    let encounter = encounter(&mut officer).await;
    let person = registered(&mut officer, &encounter, "Karimi").await;
    let folder = tempfile::tempdir().unwrap();
    let to = Database::Sqlite(folder.path().join("copy.db"));
    // While the application runs.
    let (copied, rebuilt) = keep::copy(&world.config, &to).await.unwrap();
    assert!(copied.events > 0 && copied.persons == 1);
    assert_eq!(copied.events, rebuilt.events);
    // Again: nothing is new, and nothing is lost.
    let (again, _) = keep::copy(&world.config, &to).await.unwrap();
    assert_eq!(again.events, 0, "what is there is not copied twice");

    world.app.operations.store().close().await;
    world.config.database = to;
    let proof = keep::prove(&world.config).await.unwrap();
    assert!(matches!(proof, Proof::Whole(_)));
    world.app = open(&world.config).await.unwrap();
    let mut officer = world.browser("second").await;
    assert!(officer.page(&person).await.contains("Karimi"));
    let page = officer.page("/search").await;
    let answer = officer.send("/search", &page, &[("q", "Karimi")]).await;
    assert!(answer.text.contains(&person), "search was made again");
    registered(&mut officer, &encounter, "Nazari").await;
    // What only a server needs is refused for a file.
    assert!(keep::go_on(&world.config).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_too_much_is_told_to_wait_and_others_are_not() {
    let world = World::new().await;
    let (mut greedy, mut other) = (world.browser("first").await, world.browser("second").await);
    world.app.limit(Limits {
        writes: 2,
        interface: 2,
    });
    let page = greedy.page("/help").await;
    let mut refused = 0;
    for _ in 0..20 {
        let answer = greedy.send("/language", &page, &[("language", "ru")]).await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            assert_eq!(answer.headers[header::RETRY_AFTER], "1");
            assert!(answer.headers.contains_key(header::CONTENT_SECURITY_POLICY));
            refused += 1;
        }
    }
    assert!(refused >= 10, "{refused} of 20");
    // Whoever makes sessions up is one and the same address.
    let mut forger = Browser::new(&world.app);
    let mut refused = 0;
    for number in 0..20 {
        forger.set_cookie("sapar-session", &format!("{number:064x}"));
        let answer = forger.send("/language", &page, &[("language", "ru")]).await;
        refused += u32::from(answer.status == StatusCode::TOO_MANY_REQUESTS);
    }
    assert!(refused >= 10, "{refused} of 20");
    // Reading is not limited, and nobody else is.
    for _ in 0..20 {
        assert_eq!(greedy.get("/help").await.status, StatusCode::OK);
    }
    let answer = other.send("/language", &page, &[("language", "ru")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let mut refused = 0;
    for _ in 0..20 {
        let answer = other.get("/api/v1/tasks").await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            assert!(answer.text.contains("\"status\":429"));
            refused += 1;
        }
    }
    assert!(refused >= 10, "{refused} of 20");
    let metrics = other.page("/metrics").await;
    assert!(metrics.contains("sapar_requests_limited_total{limit=\"writes\"}"));
    assert!(metrics.contains("sapar_requests_limited_total{limit=\"interface\"}"));
    world.app.limit(Limits {
        writes: 0,
        interface: 0,
    });
    for _ in 0..20 {
        let answer = greedy.send("/language", &page, &[("language", "en")]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
    }
}
