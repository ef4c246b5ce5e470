//! Why a step was refused, and what to do instead.
//!
//! No refusal carries data: neither its text nor its `Debug` output can name a person.
//! Some would tell by themselves that a person seeks protection; [`Refusal::shown_to`] gives what a reader may learn.

use crate::classes::{Classes, DataClass};

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident $key:literal $text:literal)*) => {
        /// A step that was not taken.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, thiserror::Error)]
        #[non_exhaustive]
        pub enum Refusal {
            $($(#[$doc])* #[error($text)] $name,)*
        }

        impl Refusal {
            /// Every refusal.
            pub const ALL: &'static [Refusal] = &[$(Refusal::$name),*];

            /// The key of its message in the catalogue.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Refusal::$name => concat!("refusal-", $key),)* }
            }
        }
    };
}

refusals! {
    /// The record exists already.
    ExistsAlready "exists-already" "this record exists already; open it and change it there"
    /// The record does not exist.
    NotThere "not-there" "this record does not exist; start it first"
    /// The personal part was erased.
    Erased "erased" "this person's data was erased, so nothing more can be recorded; register the person anew if they are met again"
    /// The instant is later than now.
    InTheFuture "in-the-future" "the time given lies in the future; check the date and the hour"
    /// The instant is earlier than what it follows.
    TooEarly "too-early" "the time given is earlier than what it follows; check the date and the hour"
    /// Nothing was written where words are needed.
    WordsNeeded "words-needed" "this step needs a reason in words; write one"
    /// The text is longer than allowed.
    TextTooLong "text-too-long" "the text is too long; shorten it, or keep it as a document"
    /// The birth date names no day that exists.
    BirthDateImpossible "birth-date-impossible" "this birth date does not exist; leave out the parts that are not known"
    /// The code of a country is not known.
    CountryUnknown "country-unknown" "this is not a three-letter country code; choose the country from the list"
    /// A registration without any name, where none was said to be unknown.
    NameNeeded "name-needed" "write the name as it stands in the document or as the person says it"
    /// A name without letters.
    NameEmpty "name-empty" "a name holds no letters; leave the field out if the name is not known"
    /// The number of a document is empty.
    DocumentNumberNeeded "document-number-needed" "write the number of the document, or say that there is no document and why"
    /// The list of documents is empty.
    DocumentNeeded "document-needed" "add the travel document, or say that there is none and why"
    /// A person cannot be linked to the same person.
    LinkToSelf "link-to-self" "a person cannot be linked to the same person; choose the other person"
    /// The claim was confirmed or refuted before.
    LinkSettled "link-settled" "this claim was settled already; claim the link anew if something new was learned"
    /// What is said again confirms nothing.
    EvidenceNeeded "evidence-needed" "being said confirms no link; choose a document, what was seen or an authority, or leave it claimed"
    /// The consent was withdrawn or never given.
    ConsentNotGiven "consent-not-given" "there is no consent to withdraw; record the person's answer first"
    /// The referral needs consent that is not there.
    ConsentNeeded "consent-needed" "the person has not consented to this; ask, or name the article that requires the referral without consent"
    /// The encounter is closed.
    EncounterClosed "encounter-closed" "this encounter is closed; start a new one"
    /// The person is not part of this encounter.
    NotPresent "not-present" "this person is not recorded as present; add the person to the encounter first"
    /// The person is recorded as present already.
    PresentAlready "present-already" "this person is recorded as present already"
    /// A group has two persons at least.
    GroupTooSmall "group-too-small" "a group has two persons or more; add the others first"
    /// The person is in a group of this encounter.
    GroupedAlready "grouped-already" "a person is in a group already; take the person out of it first"
    /// The person is in no group.
    NotGrouped "not-grouped" "this person is in no group; load the page again"
    /// The sector is no code.
    SectorNotCode "sector-not-code" "a sector is a short code of letters, digits and hyphens; describe the place in a note"
    /// The legal order is not the screening's.
    OtherLaw "other-law" "this law or date is not the one the screening runs under; evaluate the screening anew first"
    /// The fact is not in the vocabulary.
    FactUnknown "fact-unknown" "this question is not known to the law loaded here; update the law packages"
    /// The value is not one the fact can have.
    ValueUnknown "value-unknown" "the answer is not one this question can have; choose one of those offered"
    /// The answer contradicts others.
    Contradiction "contradiction" "this answer contradicts another one; correct the one that is wrong"
    /// No answer is left to take back.
    NothingToTakeBack "nothing-to-take-back" "this is the first question; there is nothing to go back to"
    /// The screening was stopped or finished.
    ScreeningEnded "screening-ended" "this screening has ended; resume it to add or correct an answer"
    /// The screening runs.
    ScreeningRuns "screening-runs" "this screening is running already; go on with it"
    /// A role cannot go down.
    RoleNotHigher "role-not-higher" "a screening is handed to a higher role only; the lower line can read it as it is"
    /// Fewer identifiers were passed in than tasks are to be made.
    IdsNeeded "ids-needed" "the program passed too few identifiers for the tasks to be made; report this to its maintainers"
    /// The task is done, waived or replaced.
    TaskEnded "task-ended" "this task has ended and stays as it was recorded; add a new one if something is left to do"
    /// An event of the vocabulary happened before, at another time.
    EventKnownOtherwise "event-known-otherwise" "another time is recorded for this event; correct it with a reason in words"
    /// No classes to disclose.
    NothingToDisclose "nothing-to-disclose" "choose what the receiving agency shall see"
    /// More classes than the purpose needs.
    MoreThanNeeded "more-than-needed" "the purpose does not need all of this data; leave out what the receiver does not need"
    /// The law is named without an article.
    ArticleNeeded "article-needed" "name the article that permits this without consent"
    /// The reply was wanted before the offer.
    ReplyTooEarly "reply-too-early" "the time to reply by lies before the offer; choose a later one"
    /// The referral is not waiting for an answer.
    ReferralNotOffered "referral-not-offered" "this referral was answered or withdrawn already; make a new one"
    /// The referral was not accepted.
    ReferralNotAccepted "referral-not-accepted" "this referral was not accepted; wait for the answer or refer to somebody else"
    /// The person has not arrived.
    ReferralNotArrived "referral-not-arrived" "record the person's arrival first"
    /// The referral has ended.
    ReferralEnded "referral-ended" "this referral has ended; make a new one"
    /// Not the agency the referral goes to.
    NotTheReceiver "not-the-receiver" "only the agency this referral was sent to can answer it"
    /// Not the agency the referral comes from.
    NotTheSender "not-the-sender" "only the agency that made this referral can withdraw it"
    /// The case is closed.
    CaseClosed "case-closed" "this case is closed; open a new one"
    /// The outcome is not one of this kind of case.
    OutcomeNotOfKind "outcome-not-of-kind" "a case of this kind does not end so; choose one of the outcomes offered"
    /// A handover is on offer already.
    HandoverOffered "handover-offered" "this case is offered to a team already; wait for its answer or take the offer back"
    /// There is no handover to answer.
    NoHandover "no-handover" "this case is not offered to any team"
    /// Not the team the case is offered to.
    NotTheOfferedTeam "not-the-offered-team" "only the team this case is offered to can answer"
    /// The team has the case.
    SameTeam "same-team" "this team has the case already; choose another team"
    /// The person is the case's own, or linked already.
    LinkedAlready "linked-already" "this person is linked to the case already"
    /// The document is empty.
    FileEmpty "file-empty" "the file is empty; scan or choose it again"
    /// The document is too large.
    FileTooLarge "file-too-large" "the file is larger than 20 MB; scan it with a lower resolution or split it"
    /// The first bytes are not those of a permitted kind.
    FileKindNotAllowed "file-kind-not-allowed" "the file is not a PDF, JPEG, PNG or WebP; save it as one of these"
    /// The name says another kind than the bytes.
    FileKindDiffers "file-kind-differs" "the file is not of the kind it says; save it again in the right format"
    /// The document was withdrawn.
    DocumentWithdrawn "document-withdrawn" "this document was withdrawn; add it anew if it is needed"
    /// The class of a note or document cannot be taken away.
    ClassNotLowered "class-not-lowered" "a class can be added, never taken away; write a new note with less in it"

    /// A case of return, while an asylum procedure or status is there. Class asylum.
    ProtectionOpen "protection-open" "protection is sought or held; no return or readmission until it has ended by a final decision"
    /// A case of return, while the law may forbid it. Class asylum.
    ProtectionPossible "protection-possible" "danger on return is not ruled out; the asylum authority or the second line must decide that first"
    /// Sending the person away is or may be forbidden.
    RemovalForbidden "removal-forbidden" "a prohibition stands, or may stand, against sending this person away; read the outcome of the screening and settle it first"
    /// A case of return without any finished look at what the law says of this person.
    ReturnNotAssessed "return-not-assessed" "no screening has asked what the law says of a return; screen the person first"
    /// What a user acting for return learns, whatever the reason.
    CannotBeOpened "cannot-be-opened" "the case cannot be opened as things stand; ask the second line to review the person's file"
}

impl Refusal {
    /// What the refusal tells by itself.
    #[must_use]
    pub const fn classes(self) -> Classes {
        match self {
            // The third is of the class too: if only a screening's absence had a text of its own,
            // the neutral text would tell that there is more.
            Refusal::ProtectionOpen
            | Refusal::ProtectionPossible
            | Refusal::RemovalForbidden
            | Refusal::ReturnNotAssessed => Classes::one(DataClass::Asylum),
            _ => Classes::NONE,
        }
    }

    /// The refusal as a reader of these classes may learn it: itself, or one text for all reasons.
    #[must_use]
    pub const fn shown_to(self, seen: Classes) -> Refusal {
        if self.classes().visible_to(seen) {
            self
        } else {
            Refusal::CannotBeOpened
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn keys_differ_and_texts_say_what_to_do() {
        let keys: BTreeSet<&str> = Refusal::ALL.iter().map(|refusal| refusal.key()).collect();
        assert_eq!(keys.len(), Refusal::ALL.len());
        for refusal in Refusal::ALL {
            assert!(refusal.to_string().len() > 30, "{refusal:?}");
        }
    }

    #[test]
    fn the_catalogue_has_each_and_no_other() {
        let have: BTreeSet<&str> = sapar_messages::keys()
            .into_iter()
            .filter(|key| key.starts_with("refusal-"))
            .collect();
        let want: BTreeSet<&str> = Refusal::ALL.iter().map(|refusal| refusal.key()).collect();
        assert_eq!(have, want);
    }

    #[test]
    fn who_may_not_see_asylum_gets_one_text_for_every_reason() {
        let seen = Classes::ALL.without(Classes::one(DataClass::Asylum));
        for refusal in [
            Refusal::ProtectionOpen,
            Refusal::ProtectionPossible,
            Refusal::ReturnNotAssessed,
        ] {
            assert_eq!(refusal.shown_to(seen), Refusal::CannotBeOpened);
            assert_eq!(refusal.shown_to(Classes::ALL), refusal);
        }
        assert_eq!(
            Refusal::CaseClosed.shown_to(Classes::NONE),
            Refusal::CaseClosed
        );
    }
}
