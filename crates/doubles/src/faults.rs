//! Misbehaving on request.

use std::{
    collections::VecDeque,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

/// What goes wrong with a request that makes something.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fault {
    /// It is refused with this HTTP status; the error in the body is the provider's own shape.
    Refuse {
        /// The HTTP status.
        status: u16,
        /// The provider's error number, where it has such.
        code: u32,
        /// The provider's words.
        message: String,
    },
    /// A proxy in front answers with a page of HTML; nothing is accepted.
    Page {
        /// The HTTP status; 200 happens too.
        status: u16,
    },
    /// It is accepted, and the connection is cut before the answer.
    HangUpAfterAccepting,
    /// The connection is cut and nothing is accepted.
    HangUp,
    /// It is accepted, and answered only after this time.
    Delay(Duration),
}

/// The faults to come, first in first out, and the delay of every answer.
#[derive(Default)]
pub(crate) struct Faults {
    next: Mutex<VecDeque<Fault>>,
    delay_millis: AtomicU64,
}

impl Faults {
    pub(crate) fn add(&self, count: usize, fault: &Fault) {
        self.lock().extend(std::iter::repeat_n(fault.clone(), count));
    }

    pub(crate) fn take(&self) -> Option<Fault> {
        self.lock().pop_front()
    }

    pub(crate) fn delay_all(&self, by: Duration) {
        self.delay_millis.store(u64::try_from(by.as_millis()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// Waits as long as every answer is to wait.
    pub(crate) async fn pause(&self) {
        let millis = self.delay_millis.load(Ordering::Relaxed);
        if millis > 0 {
            tokio::time::sleep(Duration::from_millis(millis)).await;
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<Fault>> {
        self.next.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
