//! .
pub mod birth;
pub mod classes;
pub mod encounter;
pub mod ids;
pub mod outcome;
pub mod person;
pub mod personal;
pub mod purpose;
pub mod refusal;
pub mod screening;
pub mod stamp;
