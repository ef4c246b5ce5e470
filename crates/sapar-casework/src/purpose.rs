//! What data is used for.

use serde::{Deserialize, Serialize};

use crate::classes::{Classes, DataClass};

/// What a referral or a consent is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// To have an asylum application taken and decided.
    Protection,
    /// To care for a child.
    ChildCare,
    /// To identify and help a person who may be trafficked.
    TraffickingHelp,
    /// Medical help.
    Health,
    /// To trace and unite a family.
    FamilyTracing,
    /// Legal advice.
    LegalHelp,
    /// Housing, food and other basic needs.
    BasicNeeds,
    /// To determine statelessness or nationality.
    Statelessness,
    /// To investigate an offence.
    Investigation,
    /// To return a person.
    Return,
    /// To readmit a person.
    Readmission,
}

impl Purpose {
    /// Every purpose.
    pub const ALL: [Purpose; 11] = [
        Purpose::Protection,
        Purpose::ChildCare,
        Purpose::TraffickingHelp,
        Purpose::Health,
        Purpose::FamilyTracing,
        Purpose::LegalHelp,
        Purpose::BasicNeeds,
        Purpose::Statelessness,
        Purpose::Investigation,
        Purpose::Return,
        Purpose::Readmission,
    ];

    /// The classes that the purpose may need: nobody receives more.
    ///
    /// For return and readmission asylum and trafficking are never among them.
    #[must_use]
    pub const fn needs(self) -> Classes {
        use DataClass::{
            Asylum, Child, Contact, Health, Identity, Investigation, Trafficking, Travel,
        };
        let person = Classes::one(Identity).with(Contact);
        match self {
            Purpose::Protection => person
                .with(Travel)
                .with(Health)
                .with(Child)
                .with(Trafficking)
                .with(Asylum),
            Purpose::ChildCare => person.with(Travel).with(Health).with(Child),
            Purpose::TraffickingHelp => person
                .with(Travel)
                .with(Health)
                .with(Child)
                .with(Trafficking),
            Purpose::Health => person.with(Health).with(Child),
            Purpose::FamilyTracing => person.with(Travel).with(Child),
            Purpose::LegalHelp => Classes::ALL.without(Classes::one(Investigation)),
            Purpose::BasicNeeds => person.with(Health).with(Child),
            Purpose::Statelessness => person.with(Travel).with(Child),
            Purpose::Investigation => person.with(Travel).with(Trafficking).with(Investigation),
            Purpose::Return | Purpose::Readmission => person.with(Travel).with(Child),
        }
    }

    /// What it tells of a person that something is done for this purpose.
    #[must_use]
    pub const fn tells(self) -> Classes {
        match self {
            Purpose::Protection => Classes::one(DataClass::Asylum),
            Purpose::ChildCare | Purpose::FamilyTracing => Classes::one(DataClass::Child),
            Purpose::TraffickingHelp => Classes::one(DataClass::Trafficking),
            Purpose::Health => Classes::one(DataClass::Health),
            // Whoever needs a lawyer may need one for an asylum procedure.
            Purpose::LegalHelp => Classes::one(DataClass::Asylum),
            Purpose::Investigation => Classes::one(DataClass::Investigation),
            Purpose::BasicNeeds
            | Purpose::Statelessness
            | Purpose::Return
            | Purpose::Readmission => Classes::NONE,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn return_and_readmission_never_need_asylum_or_trafficking() {
        let barred = Classes::one(DataClass::Asylum).with(DataClass::Trafficking);
        for purpose in [Purpose::Return, Purpose::Readmission] {
            assert_eq!(purpose.needs().without(barred), purpose.needs());
            assert!(purpose.tells().is_empty());
        }
    }

    #[test]
    fn whoever_receives_may_know_what_the_purpose_tells() {
        for purpose in Purpose::ALL {
            assert!(purpose.tells().visible_to(purpose.needs()), "{purpose:?}");
        }
    }
}
