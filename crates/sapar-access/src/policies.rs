//! The policies as text, read and checked against their schema.

use std::str::FromStr;

use cedar_policy::{
    ActionConstraint, Policy, PolicyId, PolicySet, Schema, ValidationMode, Validator,
};

use crate::word::Word;
use crate::words::Action;

/// The words that policies may use.
pub const SCHEMA: &str = include_str!("../policies/sapar.cedarschema");

macro_rules! files {
    ($($name:literal)*) => {
        &[$(($name, include_str!(concat!("../policies/", $name))),)*]
    };
}

/// Every file of policies: its name and its text.
#[must_use]
pub fn policy_files() -> &'static [(&'static str, &'static str)] {
    files! {
        "firewall.cedar" "mandate.cedar" "work.cedar" "border.cedar" "referral.cedar"
        "protection.cedar" "child.cedar" "trafficking.cedar" "return.cedar" "detention.cedar"
        "statistics.cedar" "administration.cedar" "audit.cedar" "break-glass.cedar"
    }
}

/// Policies that cannot be used; the program does not start with them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyFault {
    /// The schema cannot be read.
    #[error("the schema of the policies cannot be read; mend it: {0}")]
    Schema(String),
    /// A file cannot be read.
    #[error("{file} cannot be read as policies; mend it: {why}")]
    Syntax {
        /// The file.
        file: String,
        /// What the reader of policies says.
        why: String,
    },
    /// A policy has no name, or one that another has.
    #[error("{file} has a policy without a name of its own; give it one with @id(\"...\")")]
    Name {
        /// The file.
        file: String,
    },
    /// The policies use a word or a comparison that the schema does not have.
    #[error("the policies do not fit their schema; mend them: {0}")]
    Schemaless(String),
}

pub(crate) fn read(files: &[(&str, &str)]) -> Result<(Schema, PolicySet), PolicyFault> {
    let (schema, warnings) = Schema::from_cedarschema_str(SCHEMA)
        .map_err(|error| PolicyFault::Schema(error.to_string()))?;
    if let Some(warning) = warnings.into_iter().next() {
        return Err(PolicyFault::Schema(warning.to_string()));
    }
    let mut all = PolicySet::new();
    for (file, text) in files {
        let set = PolicySet::from_str(text).map_err(|error| PolicyFault::Syntax {
            file: (*file).to_owned(),
            why: error.to_string(),
        })?;
        let nameless = || PolicyFault::Name {
            file: (*file).to_owned(),
        };
        for policy in set.policies() {
            let named = named(policy).ok_or_else(nameless)?;
            all.add(named).map_err(|_| nameless())?;
        }
        // A template would be read and never decide anything.
        if set.templates().next().is_some() {
            return Err(nameless());
        }
    }
    let result = Validator::new(schema.clone()).validate(&all, ValidationMode::Strict);
    let mut complaints = result
        .validation_errors()
        .map(ToString::to_string)
        .chain(result.validation_warnings().map(ToString::to_string));
    match complaints.next() {
        Some(complaint) => Err(PolicyFault::Schemaless(complaint)),
        None => Ok((schema, all)),
    }
}

/// The policies that can hold for each action, in the order of [`Action::ALL`].
///
/// Actions have no groups, so a policy speaks of an action by its name or of all.
/// Leaving the others out changes no answer, and asks a third of the policies.
pub(crate) fn by_action(policies: &PolicySet) -> Result<Vec<PolicySet>, PolicyFault> {
    Action::ALL
        .iter()
        .map(|action| {
            let mut of_action = PolicySet::new();
            let speaks = |policy: &&Policy| match policy.action_constraint() {
                ActionConstraint::Any => true,
                ActionConstraint::Eq(one) => one.id().unescaped() == action.name(),
                ActionConstraint::In(some) => {
                    some.iter().any(|one| one.id().unescaped() == action.name())
                }
            };
            for policy in policies.policies().filter(speaks) {
                of_action
                    .add(policy.clone())
                    .map_err(|error| PolicyFault::Schemaless(error.to_string()))?;
            }
            Ok(of_action)
        })
        .collect()
}

fn named(policy: &Policy) -> Option<Policy> {
    let name = policy.annotation("id")?;
    Some(policy.new_id(PolicyId::new(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> PolicyFault {
        read(&[("new.cedar", text)]).unwrap_err()
    }

    #[test]
    fn policies_that_do_not_fit_are_refused() {
        assert!(matches!(
            fault("permit (principal"),
            PolicyFault::Syntax { .. }
        ));
        assert!(matches!(
            fault("permit (principal, action, resource);"),
            PolicyFault::Name { .. }
        ));
        let twice = "@id(\"a\") forbid (principal, action, resource);";
        assert!(matches!(
            read(&[("a.cedar", twice), ("b.cedar", twice)]).unwrap_err(),
            PolicyFault::Name { .. }
        ));
        for wrong in [
            // A word that no list has.
            "@id(\"a\") permit (principal, action, resource) when { context.purpose == Purpose::\"retrun\" };",
            "@id(\"a\") permit (principal, action == Action::\"look\", resource);",
            // A role compared with a purpose can never hold.
            "@id(\"a\") permit (principal, action, resource) when { principal.role == Purpose::\"return\" };",
            "@id(\"a\") permit (principal, action, resource) when { principal.rank == Role::\"auditor\" };",
        ] {
            assert!(
                matches!(fault(wrong), PolicyFault::Schemaless(_)),
                "{wrong}"
            );
        }
    }
}
