//! The embedded sentences and the bundles made of them.

use std::sync::LazyLock;

use fluent_bundle::FluentResource;
use fluent_bundle::concurrent::FluentBundle;
use fluent_syntax::ast::Entry;
use fluent_syntax::parser::parse_runtime;

use crate::Language;
use crate::functions;

pub(crate) type Bundle = FluentBundle<FluentResource>;

macro_rules! embedded {
    ($code:literal) => {
        &[
            (
                "common.ftl",
                include_str!(concat!("../locales/", $code, "/common.ftl")),
            ),
            (
                "law.ftl",
                include_str!(concat!("../locales/", $code, "/law.ftl")),
            ),
            (
                "screening.ftl",
                include_str!(concat!("../locales/", $code, "/screening.ftl")),
            ),
            (
                "conflicts.ftl",
                include_str!(concat!("../locales/", $code, "/conflicts.ftl")),
            ),
            (
                "document.ftl",
                include_str!(concat!("../locales/", $code, "/document.ftl")),
            ),
            (
                "cli.ftl",
                include_str!(concat!("../locales/", $code, "/cli.ftl")),
            ),
            (
                "batch.ftl",
                include_str!(concat!("../locales/", $code, "/batch.ftl")),
            ),
            (
                "amend.ftl",
                include_str!(concat!("../locales/", $code, "/amend.ftl")),
            ),
            (
                "gaps.ftl",
                include_str!(concat!("../locales/", $code, "/gaps.ftl")),
            ),
            (
                "casework.ftl",
                include_str!(concat!("../locales/", $code, "/casework.ftl")),
            ),
            (
                "server.ftl",
                include_str!(concat!("../locales/", $code, "/server.ftl")),
            ),
            (
                "access.ftl",
                include_str!(concat!("../locales/", $code, "/access.ftl")),
            ),
            (
                "pages.ftl",
                include_str!(concat!("../locales/", $code, "/pages.ftl")),
            ),
            (
                "pages-words.ftl",
                include_str!(concat!("../locales/", $code, "/pages-words.ftl")),
            ),
            (
                "pages-people.ftl",
                include_str!(concat!("../locales/", $code, "/pages-people.ftl")),
            ),
            (
                "pages-screening.ftl",
                include_str!(concat!("../locales/", $code, "/pages-screening.ftl")),
            ),
            (
                "pages-work.ftl",
                include_str!(concat!("../locales/", $code, "/pages-work.ftl")),
            ),
            (
                "notices.ftl",
                include_str!(concat!("../locales/", $code, "/notices.ftl")),
            ),
            (
                "steps.ftl",
                include_str!(concat!("../locales/", $code, "/steps.ftl")),
            ),
        ]
    };
}

/// The source of every catalogue file of a language: its name and its text.
#[must_use]
pub fn files(language: Language) -> &'static [(&'static str, &'static str)] {
    match language {
        Language::English => embedded!("en"),
        Language::Russian => embedded!("ru"),
        Language::Kazakh => embedded!("kk"),
    }
}

/// Every key that English has, in the order of the catalogue.
///
/// The tests hold that the other languages have the same ones, so this is what
/// a test may compare the keys used elsewhere with.
#[must_use]
pub fn keys() -> Vec<&'static str> {
    files(Language::English)
        .iter()
        .flat_map(|(_, source)| {
            // What the tests forbid, a mistake in the catalogue, costs only the keys behind it.
            let resource = parse_runtime(*source).unwrap_or_else(|(partial, _)| partial);
            resource.body.into_iter().filter_map(|entry| match entry {
                Entry::Message(message) if message.value.is_some() => Some(message.id.name),
                _ => None,
            })
        })
        .collect()
}

/// The bundle of a language, made when it is first asked for.
pub(crate) fn bundle_of(language: Language) -> &'static Bundle {
    static ENGLISH: LazyLock<Bundle> =
        LazyLock::new(|| bundle_with(Language::English, files(Language::English)));
    static RUSSIAN: LazyLock<Bundle> =
        LazyLock::new(|| bundle_with(Language::Russian, files(Language::Russian)));
    static KAZAKH: LazyLock<Bundle> =
        LazyLock::new(|| bundle_with(Language::Kazakh, files(Language::Kazakh)));
    match language {
        Language::English => &ENGLISH,
        Language::Russian => &RUSSIAN,
        Language::Kazakh => &KAZAKH,
    }
}

/// A bundle of these files.
///
/// A mistake in a file costs the sentences it touches and no others; the tests
/// of this crate hold that the embedded files have none.
pub(crate) fn bundle_with(language: Language, files: &[(&str, &str)]) -> Bundle {
    let mut bundle = Bundle::new_concurrent(vec![language.identifier()]);
    // The marks would be copied into court papers and break the search for a name.
    bundle.set_use_isolating(false);
    for (_, source) in files {
        let resource =
            FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(partial, _)| partial);
        let _ = bundle.add_resource(resource);
    }
    let _ = bundle.add_function("THE", functions::the);
    let _ = bundle.add_function("CAPITAL", functions::capital);
    let _ = bundle.add_function("KEY", functions::key);
    bundle
}
