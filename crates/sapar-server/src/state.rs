//! What all requests share.

use std::sync::atomic::{AtomicBool, AtomicU64};
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use sapar_operations::Operations;
use sapar_sign_in::csrf::FormKey;

use crate::config::OpenIdConfig;
use crate::headquarters::Headquarters;
use crate::health::Figures;
use crate::limits::{Limiter, Limits};
use crate::site::Site;

/// What all requests share.
pub struct App {
    /// Everything users can do.
    pub operations: Operations,
    /// Whether the data is invented.
    pub demonstration: bool,
    /// Whether cookies are sent by HTTPS only.
    pub secure: bool,
    /// The address that browsers use, once it is known.
    pub(crate) site: OnceLock<Site>,
    /// Headquarters' provider of identities, where there is one.
    pub(crate) headquarters: Option<Headquarters>,
    /// Whether it still takes requests.
    pub(crate) open: AtomicBool,
    pub(crate) figures: Figures,
    pub(crate) limiter: Limiter,
    /// Protects the form of signing in, which has no session yet.
    pub(crate) guest_key: FormKey,
    pub(crate) next_reference: AtomicU64,
    clock: Clock,
}

/// The clock: the machine's, or one that a test moves.
pub type Clock = Box<dyn Fn() -> Timestamp + Send + Sync>;

impl App {
    /// Takes the operations, the clock, whether it is a demonstration or behind HTTPS, and headquarters' provider.
    #[must_use]
    pub fn new(
        operations: Operations,
        clock: Clock,
        guest_key: FormKey,
        demonstration: bool,
        secure: bool,
        openid: Option<OpenIdConfig>,
    ) -> Arc<Self> {
        Arc::new(Self {
            operations,
            demonstration,
            secure,
            site: OnceLock::new(),
            headquarters: openid.map(Headquarters::new),
            open: AtomicBool::new(true),
            figures: Figures::new(),
            limiter: Limiter::new(Limits::default()),
            guest_key,
            next_reference: AtomicU64::new(1),
            clock,
        })
    }

    /// Answers so many requests a second from now on.
    pub fn limit(&self, limits: Limits) {
        self.limiter.set(limits);
    }

    /// The moment it is.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }
}
