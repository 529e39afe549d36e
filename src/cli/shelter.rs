//! Writing that a signal does not interrupt: whoever stops the program with the keyboard, and a system that ends it, waits for the file
//! that is being written, so that no half of one is left lying about.
//!
//! Elsewhere, signals end the program as they always do; where there are none of Unix, this does nothing.

use std::sync::{Arc, Mutex, PoisonError};

/// Holds signals off while a file is written.
pub(super) struct Shelter {
    writing: Arc<Mutex<()>>,
}

impl Shelter {
    /// A shelter for a run that writes files. There is one a run.
    pub fn new(is_needed: bool) -> Self {
        let shelter = Self { writing: Arc::default() };
        #[cfg(unix)]
        if is_needed {
            shelter.listen();
        }
        #[cfg(not(unix))]
        let _ = is_needed;
        shelter
    }

    /// Does work that is either not begun or ended.
    pub fn whole<T>(&self, work: impl FnOnce() -> T) -> T {
        let _guard = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        work()
    }

    /// From now on, signals to stop are obeyed between pieces of work.
    #[cfg(unix)]
    fn listen(&self) {
        use signal_hook::consts::{SIGINT, SIGTERM};
        use signal_hook::iterator::Signals;
        use signal_hook::low_level::emulate_default_handler;
        // Without a listener, signals end the program at once.
        let Ok(mut signals) = Signals::new([SIGINT, SIGTERM]) else { return };
        let writing = self.writing.clone();
        std::thread::spawn(move || {
            for signal in signals.forever() {
                // Never given back: nothing is begun any more.
                let _last = writing.lock().unwrap_or_else(PoisonError::into_inner);
                let _ = emulate_default_handler(signal);
            }
        });
    }
}
