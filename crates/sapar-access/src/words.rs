//! Who, for what, doing what, with which data: the lists of words.

use crate::word::{Words, words};

words! {
    /// What kind of body an agency is.
    AgencyKind, "access-agency", {
        /// Checks people at the border.
        BorderService = "border-service",
        /// Stays, removals, readmission and detention of foreigners.
        MigrationPolice = "migration-police",
        /// Receives and decides applications for asylum.
        AsylumAuthority = "asylum-authority",
        /// Guardianship and care of children.
        GuardianshipAuthority = "guardianship-authority",
        /// Public social services.
        SocialServices = "social-services",
        /// A non-governmental organisation that assists people.
        Ngo = "ngo",
        /// The International Organization for Migration.
        Iom = "iom",
        /// Prosecutor or police against trafficking in persons.
        AntiTrafficking = "anti-trafficking",
        /// Ombudsman, or monitor of places of detention.
        Monitor = "monitor",
        /// Headquarters: figures, users, audit.
        Headquarters = "headquarters",
    }
}

words! {
    /// What a user is trusted with in the agency.
    Role, "access-role", {
        /// The first officer a traveller meets.
        FirstLine = "first-line",
        /// The officer of the full screening.
        SecondLine = "second-line",
        /// Trained for children, trafficking or trauma.
        Specialist = "specialist",
        /// Runs cases with legal deadlines at an authority with powers.
        CaseOfficer = "case-officer",
        /// Helps or decides at an agency that receives referrals.
        AgencyCaseworker = "agency-caseworker",
        /// Leads a shift or a team.
        Supervisor = "supervisor",
        /// Counts, and sees nobody.
        Analyst = "analyst",
        /// Sets up users, teams and posts, and sees nobody.
        Administrator = "administrator",
        /// Checks who looked at what.
        Auditor = "auditor",
    }
}

words! {
    /// What a user is acting for at this moment; every request names one.
    Purpose, "access-purpose", {
        /// Checking a traveller at the border.
        BorderCheck = "border-check",
        /// Learning what the law requires for this person.
        Screening = "screening",
        /// Asylum and other protection.
        Protection = "protection",
        /// Handing a person over to who is responsible.
        Referral = "referral",
        /// The care of a child.
        ChildProtection = "child-protection",
        /// Identifying and helping victims of trafficking.
        TraffickingAssistance = "trafficking-assistance",
        /// Sending a person back.
        Return = "return",
        /// Sending or taking a person under an agreement between states.
        Readmission = "readmission",
        /// Whether a person may be held.
        DetentionReview = "detention-review",
        /// Figures that identify nobody.
        Statistics = "statistics",
        /// Users, teams and posts.
        Administration = "administration",
        /// Whether access was rightful.
        Audit = "audit",
    }
}

words! {
    /// What a user wants to do.
    Action, "access-action", {
        /// Read it.
        See = "see",
        /// Find records by it.
        Search = "search",
        /// Learn how many records have it.
        Count = "count",
        /// Take it out of the system.
        Export = "export",
        /// Write or correct it.
        Record = "record",
        /// Pass it to another agency.
        Refer = "refer",
        /// Take over or decline a referral.
        Accept = "accept",
        /// Conclude, waive or close on it.
        Decide = "decide",
        /// Change users, teams or posts.
        Administer = "administer",
        /// Read who looked at it.
        Audit = "audit",
        /// See it in an emergency without a relation to the case; alerted and reviewed.
        BreakGlass = "break-glass",
    }
}

words! {
    /// What data is about; a field may be of several classes, and is shown only where all are seen.
    DataClass, "access-class", {
        /// Tasks, states and times that identify nobody.
        Work = "work",
        /// Who the person is.
        Identity = "identity",
        /// Where the person can be reached.
        Contact = "contact",
        /// How the person travelled, with which documents.
        Travel = "travel",
        /// Health and disability.
        Health = "health",
        /// Being a child, care and guardianship.
        Child = "child",
        /// Being or perhaps being trafficked.
        Trafficking = "trafficking",
        /// Seeking, having had or having protection.
        Asylum = "asylum",
        /// What an investigation knows.
        Investigation = "investigation",
    }
}

words! {
    /// How a user stands to a record; several can hold at once, and none gives the least.
    Relation, "access-relation", {
        /// Made at the user's own post.
        OwnPost = "own-post",
        /// In a referral to the user's own agency.
        OwnAgencyReferral = "own-agency-referral",
        /// In a case of the user's own team.
        OwnTeamCase = "own-team-case",
    }
}

/// A set of classes.
pub type DataClasses = Words<DataClass>;
/// A set of purposes, such as the mandate of an agency.
pub type Purposes = Words<Purpose>;
/// How a user stands to a record.
pub type Relations = Words<Relation>;

/// Whether a record reveals that a person sought or has protection, by whatever it holds, its mere existence included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Protection {
    /// It does.
    Revealed,
    /// It was established that it does not.
    NotRevealed,
    /// Nobody established it, which counts as revealed: unknown is never no.
    NotKnown,
}

impl Protection {
    /// A person's own record, or a screening: it exists for many reasons, so that its existence reveals nothing.
    ///
    /// Each of its fields and positions is then filtered by its classes.
    pub const OF_PERSON_OR_SCREENING: Self = Self::NotRevealed;

    /// A referral, case, task, document or note that holds data of these classes, or whose content cannot be read.
    ///
    /// Where asylum is among them, already that it exists says too much.
    #[must_use]
    pub fn of_classes(classes: Option<DataClasses>) -> Self {
        match classes {
            None => Self::NotKnown,
            Some(classes) if classes.has(DataClass::Asylum) => Self::Revealed,
            Some(_) => Self::NotRevealed,
        }
    }

    /// An entry of the log of who looked: for what, from which kind of agency, at data of which classes.
    ///
    /// That somebody who grants protection looked at a person says as much as an application would.
    #[must_use]
    pub fn of_look(purpose: Purpose, agency: AgencyKind, seen: Option<DataClasses>) -> Self {
        if purpose == Purpose::Protection || agency == AgencyKind::AsylumAuthority {
            return Self::Revealed;
        }
        Self::of_classes(seen)
    }

    pub(crate) fn may_be_revealed(self) -> bool {
        self != Self::NotRevealed
    }
}

impl Purpose {
    /// The purposes of the other side of the asylum firewall.
    pub const OF_RETURN: [Purpose; 2] = [Purpose::Return, Purpose::Readmission];
}

impl AgencyKind {
    /// The purposes that an agency of this kind usually has; the mandate of an agency is entered with the agency.
    ///
    /// A body that both returns people and protects or screens them is entered as two agencies, so that the wall runs through it.
    #[must_use]
    pub fn usual_mandate(self) -> Purposes {
        use Purpose as P;
        let own: &[Purpose] = match self {
            Self::BorderService => &[P::BorderCheck, P::Screening, P::Referral],
            Self::MigrationPolice => &[P::Return, P::Readmission, P::DetentionReview, P::Referral],
            Self::AsylumAuthority => &[P::Protection, P::Referral],
            Self::GuardianshipAuthority => &[P::ChildProtection, P::Referral],
            Self::SocialServices => &[P::ChildProtection, P::TraffickingAssistance, P::Referral],
            Self::Ngo | Self::Iom => &[P::Protection, P::TraffickingAssistance, P::Referral],
            Self::AntiTrafficking => &[P::TraffickingAssistance, P::Referral],
            Self::Monitor => &[P::DetentionReview],
            Self::Headquarters => &[],
        };
        // Every agency has its figures, its users and its audit.
        own.iter()
            .copied()
            .chain([P::Statistics, P::Administration, P::Audit])
            .collect()
    }
}
