//! Work on many items at once, with results in the order of the items.

use super::Panicked;
use rayon::{ThreadPoolBuildError, ThreadPoolBuilder};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// How often the caller hears of progress while no result comes.
const TICK: Duration = Duration::from_millis(100);

/// Results that may wait to be taken up, for each thread: a slow reader of the report slows the work.
const WAITING: usize = 64;

/// Most items that a thread takes at once. Threads meet at the queue and at the results, and that costs
/// more than a small draft does.
const MOST_AT_ONCE: usize = 16;

/// Items of which each one is taken by itself at first, so that few large ones are shared out.
const ONE_BY_ONE: usize = 64;

/// What became of one piece of work: its result, or the knowledge that it ended in a panic.
pub type Fate<R> = Result<R, Panicked>;

/// Does `work` on every item with so many threads, and hands each item with its result to `sink` in order.
///
/// `sink` is called in the calling thread, with `None` now and then while it waits; it may break off.
/// A panic in `work` ends only that item. Items are taken from their source as threads come to them: no
/// more are held at once than can wait, however many there are. A single item is worked on in the
/// calling thread.
///
/// # Errors
/// The threads could not be started.
pub fn in_order<T: Send, R: Send>(
    items: impl Iterator<Item = T> + Send,
    threads: usize,
    work: impl Fn(&T) -> R + Sync,
    mut sink: impl FnMut(Option<(T, Fate<R>)>) -> ControlFlow<()>,
) -> Result<(), ThreadPoolBuildError> {
    if items.size_hint() == (1, Some(1)) {
        // To start a thread would take longer than most drafts.
        for item in items {
            let fate = catch_unwind(AssertUnwindSafe(|| work(&item)));
            let fate = fate.map_err(|_| Panicked::here());
            // Nothing follows that could be broken off.
            let _: ControlFlow<()> = sink(Some((item, fate)));
        }
        return Ok(());
    }
    let threads = threads.max(1);
    let pool = ThreadPoolBuilder::new().num_threads(threads).build()?;
    let queue = Queue {
        items: Mutex::new((0, items)),
        wanted: Mutex::new(0),
        moved: Condvar::new(),
        ahead: threads * WAITING,
        stop: AtomicBool::new(false),
    };
    let (sender, results) = sync_channel(threads * WAITING / MOST_AT_ONCE);
    pool.in_place_scope(|scope| {
        for _ in 0..threads {
            let (sender, queue, work) = (sender.clone(), &queue, &work);
            scope.spawn(move |_| {
                while let Some((first, items)) = queue.next() {
                    let done = items.into_iter().map(|item| {
                        let fate = catch_unwind(AssertUnwindSafe(|| work(&item)));
                        (item, fate.map_err(|_| Panicked::here()))
                    });
                    let done: Vec<(T, Fate<R>)> = done.collect();
                    if sender.send((first, done)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let (mut early, mut wanted) = (BTreeMap::new(), 0);
        loop {
            let flow = match results.recv_timeout(TICK) {
                Ok((first, done)) => {
                    early.extend((first..).zip(done));
                    let flow = hand_over(&mut early, &mut wanted, &mut sink);
                    queue.is_wanted(wanted);
                    flow
                }
                Err(RecvTimeoutError::Timeout) => sink(None),
                Err(RecvTimeoutError::Disconnected) => break,
            };
            if flow.is_break() {
                queue.stop();
                break;
            }
        }
        // Threads that wait to hand over a result must not wait for a reader that is gone.
        drop(results);
    });
    Ok(())
}

/// Items that wait for a thread, and how far the results are handed over.
struct Queue<I> {
    /// How many were taken, and the rest.
    items: Mutex<(usize, I)>,
    /// The index of the result that is handed over next.
    wanted: Mutex<usize>,
    moved: Condvar,
    /// How far an item may be ahead of that.
    ahead: usize,
    stop: AtomicBool,
}

impl<T, I: Iterator<Item = T>> Queue<I> {
    /// The next items with the index of the first, once the last is not too far ahead.
    fn next(&self) -> Option<(usize, Vec<T>)> {
        if self.stop.load(Ordering::Relaxed) {
            return None;
        }
        let mut items = self.items.lock().unwrap_or_else(PoisonError::into_inner);
        let (taken, rest) = &mut *items;
        let first = *taken;
        let count = (first / ONE_BY_ONE + 1).min(MOST_AT_ONCE);
        let next: Vec<T> = rest.take(count).collect();
        *taken += next.len();
        drop(items);
        let last = first + next.len().checked_sub(1)?;
        let mut wanted = self.wanted.lock().unwrap_or_else(PoisonError::into_inner);
        while last >= *wanted + self.ahead && !self.stop.load(Ordering::Relaxed) {
            wanted = self
                .moved
                .wait(wanted)
                .unwrap_or_else(PoisonError::into_inner);
        }
        Some((first, next))
    }
}

impl<I> Queue<I> {
    fn is_wanted(&self, index: usize) {
        *self.wanted.lock().unwrap_or_else(PoisonError::into_inner) = index;
        self.moved.notify_all();
    }

    fn stop(&self) {
        let wanted = self.wanted.lock().unwrap_or_else(PoisonError::into_inner);
        self.stop.store(true, Ordering::Relaxed);
        drop(wanted);
        self.moved.notify_all();
    }
}

/// Hands over every result whose turn has come.
fn hand_over<R>(
    early: &mut BTreeMap<usize, R>,
    wanted: &mut usize,
    sink: &mut impl FnMut(Option<R>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    while let Some(result) = early.remove(wanted) {
        *wanted += 1;
        sink(Some(result))?;
    }
    ControlFlow::Continue(())
}

#[cfg(test)]
mod tests {
    use super::{Fate, WAITING, in_order};
    use std::ops::ControlFlow;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread::ThreadId;
    use std::time::Duration;

    fn run(threads: usize, most: usize) -> Vec<Fate<u64>> {
        let items: Vec<u64> = (0..100).collect();
        let mut results = Vec::new();
        let work = |&item: &u64| {
            std::thread::sleep(Duration::from_micros((item * 37) % 500));
            assert!(item != 40, "one item is broken");
            item * 2
        };
        in_order(items.into_iter(), threads, work, |result| {
            results.extend(result.map(|(_, fate)| fate));
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
    fn a_single_item_is_worked_on_in_the_calling_thread_and_its_panic_ends_it_alone() {
        let here = std::thread::current().id();
        for is_broken in [false, true] {
            let work = |&caller: &ThreadId| {
                assert!(!is_broken, "the item is broken");
                std::thread::current().id() == caller
            };
            let mut fates = Vec::new();
            let sink = |result: Option<(ThreadId, Fate<bool>)>| {
                fates.extend(result.map(|(_, fate)| fate.ok()));
                ControlFlow::Continue(())
            };
            in_order(std::iter::once(here), 8, work, sink).unwrap();
            assert_eq!(fates, [(!is_broken).then_some(true)]);
        }
    }

    #[test]
    fn one_slow_item_does_not_pile_up_the_results_of_the_others() {
        let begun = AtomicUsize::new(0);
        let work = |&item: &usize| {
            begun.fetch_add(1, Ordering::SeqCst);
            if item == 0 {
                std::thread::sleep(Duration::from_millis(300));
            }
            begun.load(Ordering::SeqCst)
        };
        let mut first = None;
        in_order(0..100_000, 4, work, |result| {
            first = first.or_else(|| result.and_then(|(_, fate)| fate.ok()));
            ControlFlow::Continue(())
        })
        .unwrap();
        let first = first.unwrap();
        assert!(first <= 4 * (WAITING + 1), "{first} were begun meanwhile");
    }

    #[test]
    fn a_sink_that_breaks_off_ends_the_run() {
        assert_eq!(run(4, 3), [Ok(0), Ok(2), Ok(4)]);
    }
}
