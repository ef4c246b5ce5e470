//! From a template and its values to the bytes of a PDF.

use std::sync::LazyLock;

use typst::comemo;
use typst::foundations::{Dict, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::NoticeError;
use crate::world::Paper;

/// Which paper.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Notice,
    Referral,
}

static NOTICE: LazyLock<Option<Source>> = LazyLock::new(|| {
    source(
        "notice.typ",
        concat!(
            include_str!("../templates/paper.typ"),
            include_str!("../templates/notice.typ")
        ),
    )
});

static REFERRAL: LazyLock<Option<Source>> = LazyLock::new(|| {
    source(
        "referral.typ",
        concat!(
            include_str!("../templates/paper.typ"),
            include_str!("../templates/referral.typ")
        ),
    )
});

fn source(name: &str, text: &str) -> Option<Source> {
    let path = VirtualPath::new(name).ok()?;
    let id = FileId::new(RootedPath::new(VirtualRoot::Project, path));
    Some(Source::new(id, text.to_owned()))
}

/// Forgets what typst remembers between two papers, also where setting one fails.
///
/// Its memory would speed up the next paper a little, and would keep people's names for as long as the program runs.
struct Forget;

impl Drop for Forget {
    fn drop(&mut self) {
        comemo::evict(0);
    }
}

pub(crate) fn print(kind: Kind, inputs: Dict, reference: &str) -> Result<Vec<u8>, NoticeError> {
    let (template, name) = match kind {
        Kind::Notice => (&NOTICE, "notice"),
        Kind::Referral => (&REFERRAL, "referral"),
    };
    let template = template.as_ref().ok_or(NoticeError::NotSet)?;
    let _forget = Forget;
    let world = Paper::new(template, inputs);
    let document = typst::compile::<PagedDocument>(&world)
        .output
        .map_err(|_| NoticeError::NotSet)?;
    let options = PdfOptions {
        ident: Smart::Custom(format!("sapar {name} {reference}")),
        creator: Smart::Custom(Some("Sapar".to_owned())),
        // Checked while writing: tags in reading order, a title, a language, a letter behind every glyph.
        standards: PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
            .map_err(|_| NoticeError::NotWritten)?,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map_err(|_| NoticeError::NotWritten)
}
