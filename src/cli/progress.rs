//! The bar on a terminal: counts, no names, and only where there is work to wait for.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::time::{Duration, Instant};

/// Before this nothing is shown.
const SILENT: Duration = Duration::from_millis(500);

/// Less work than this left is not worth a bar.
const WORTH: Duration = Duration::from_millis(500);

/// How far a run is.
pub(super) struct Progress {
    began: Instant,
    all: u64,
    done: u64,
    allowed: bool,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// A run over so many drafts; no bar is drawn where that is not `allowed`.
    pub(super) fn new(all: usize, allowed: bool) -> Self {
        Self {
            began: Instant::now(),
            all: all as u64,
            done: 0,
            allowed,
            bar: None,
        }
    }

    /// So many more drafts are done.
    pub(super) fn advance(&mut self, drafts: u64) {
        self.done += drafts;
        if !self.allowed {
            return;
        }
        if self.bar.is_none() && self.is_worth_it(self.began.elapsed()) {
            let bar = ProgressBar::with_draw_target(Some(self.all), ProgressDrawTarget::stderr());
            let style = ProgressStyle::with_template(
                "{bar:32} {pos} of {len} drafts, {per_sec}, {eta} left",
            );
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            self.bar = Some(bar);
        }
        if let Some(bar) = &self.bar {
            bar.set_position(self.done);
        }
    }

    /// Whether half a second has passed and as much is still to come.
    fn is_worth_it(&self, passed: Duration) -> bool {
        if passed < SILENT {
            return false;
        }
        let left = u128::from(self.all.saturating_sub(self.done));
        let done = u128::from(self.done.max(1));
        passed.as_micros() * left >= WORTH.as_micros() * done
    }

    /// Writes something that the bar must not cover.
    pub(super) fn aside(&self, write: impl FnOnce() -> std::io::Result<()>) -> std::io::Result<()> {
        match &self.bar {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Progress;
    use std::time::Duration;

    #[test]
    fn a_bar_is_worth_it_after_half_a_second_with_as_much_to_come() {
        let mut progress = Progress::new(100, false);
        progress.advance(10);
        assert!(!progress.is_worth_it(Duration::from_millis(400)));
        assert!(progress.is_worth_it(Duration::from_millis(600)));
        progress.advance(80);
        assert!(!progress.is_worth_it(Duration::from_millis(600)));
    }
}
