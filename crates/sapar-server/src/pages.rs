//! Pages, by the part of the work they belong to.

pub(crate) mod assets;
pub(crate) mod desk;
pub(crate) mod encounters;
pub(crate) mod office;
pub(crate) mod openid;
pub(crate) mod papers;
pub(crate) mod passkeys;
pub(crate) mod people;
pub(crate) mod screenings;
pub(crate) mod signing;
pub(crate) mod work;
