//! Work on many items at once, with results in the order of the items.

use super::Panicked;
use rayon::{ThreadPoolBuildError, ThreadPoolBuilder};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Duration;

/// How often the caller hears of progress while no result comes.
const TICK: Duration = Duration::from_millis(100);

/// Results that may wait to be taken up, for each thread: a slow reader of the report slows the work.
const WAITING: usize = 64;

/// What became of one piece of work: its result, or the knowledge that it ended in a panic.
pub type Fate<R> = Result<R, Panicked>;

/// Does `work` on every item with so many threads, and hands each result to `sink` in the order of the items.
///
/// `sink` is called in the calling thread, with `None` now and then while it waits; it may break off.
/// A panic in `work` ends only that item.
///
/// # Errors
/// The threads could not be started.
pub fn in_order<T: Sync, R: Send>(
    items: &[T],
    threads: usize,
    work: impl Fn(&T) -> R + Sync,
    mut sink: impl FnMut(Option<Fate<R>>) -> ControlFlow<()>,
) -> Result<(), ThreadPoolBuildError> {
    let threads = threads.clamp(1, items.len().max(1));
    let pool = ThreadPoolBuilder::new().num_threads(threads).build()?;
    let (next, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
    let (sender, results) = sync_channel(threads * WAITING);
    pool.in_place_scope(|scope| {
        for _ in 0..threads {
            let (sender, next, stop, work) = (sender.clone(), &next, &stop, &work);
            scope.spawn(move |_| {
                while !stop.load(Ordering::Relaxed) {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(index) else { break };
                    let fate = catch_unwind(AssertUnwindSafe(|| work(item)));
                    if sender
                        .send((index, fate.map_err(|_| Panicked::here())))
                        .is_err()
                    {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let (mut early, mut wanted) = (BTreeMap::new(), 0);
        loop {
            let flow = match results.recv_timeout(TICK) {
                Ok((index, fate)) => {
                    early.insert(index, fate);
                    hand_over(&mut early, &mut wanted, &mut sink)
                }
                Err(RecvTimeoutError::Timeout) => sink(None),
                Err(RecvTimeoutError::Disconnected) => break,
            };
            if flow.is_break() {
                stop.store(true, Ordering::Relaxed);
                break;
            }
        }
        // Threads that wait to hand over a result must not wait for a reader that is gone.
        drop(results);
    });
    Ok(())
}

/// Hands over every result whose turn has come.
fn hand_over<R>(
    early: &mut BTreeMap<usize, Fate<R>>,
    wanted: &mut usize,
    sink: &mut impl FnMut(Option<Fate<R>>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    while let Some(fate) = early.remove(wanted) {
        *wanted += 1;
        sink(Some(fate))?;
    }
    ControlFlow::Continue(())
}

#[cfg(test)]
mod tests {
    use super::{Fate, in_order};
    use std::ops::ControlFlow;
    use std::time::Duration;

    fn run(threads: usize, most: usize) -> Vec<Fate<u64>> {
        let items: Vec<u64> = (0..100).collect();
        let mut results = Vec::new();
        let work = |&item: &u64| {
            std::thread::sleep(Duration::from_micros((item * 37) % 500));
            assert!(item != 40, "one item is broken");
            item * 2
        };
        in_order(&items, threads, work, |fate| {
            results.extend(fate);
            if results.len() < most {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        })
        .unwrap();
        results
    }

    #[test]
    fn results_come_in_order_whatever_the_threads_and_a_panic_ends_one_item() {
        let expected: Vec<Option<u64>> = (0..100)
            .map(|item| (item != 40).then_some(item * 2))
            .collect();
        for threads in [1, 2, 8] {
            let results = run(threads, usize::MAX).into_iter();
            let results: Vec<Option<u64>> = results.map(Result::ok).collect();
            assert_eq!(results, expected, "{threads} threads");
        }
    }

    #[test]
    fn a_sink_that_breaks_off_ends_the_run() {
        assert_eq!(run(4, 3), [Ok(0), Ok(2), Ok(4)]);
    }
}
