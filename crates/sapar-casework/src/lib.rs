//! .
pub mod birth;
pub mod case;
pub mod classes;
pub mod encounter;
pub mod ids;
pub mod outcome;
pub mod person;
pub mod personal;
pub mod purpose;
pub mod referral;
pub mod refusal;
pub mod return_check;
pub mod screening;
pub mod stamp;
pub mod tasks;
