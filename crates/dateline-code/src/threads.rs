//! Many reports on several threads, with the results in order.

use crate::{Coder, Session};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

/// Works items off: threads take the next one each, `done` gets the results in the order of the items.
pub fn in_order<T: Sync, R: Send, E>(
    items: &[T],
    coder: &Coder,
    threads: usize,
    work: &(dyn Fn(&mut Session, &T) -> R + Sync),
    done: &mut dyn FnMut(usize, R) -> Result<(), E>,
) -> Result<(), E> {
    let next = AtomicUsize::new(0);
    let (send, receive) = mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..threads.min(items.len()) {
            let (send, next) = (send.clone(), &next);
            scope.spawn(move || {
                let mut session = coder.session();
                loop {
                    let i = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(i) else { break };
                    if send.send((i, work(&mut session, item))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(send);
        let mut waiting = BTreeMap::new();
        let mut turn = 0;
        for (i, result) in receive {
            waiting.insert(i, result);
            while let Some(result) = waiting.remove(&turn) {
                done(turn, result)?;
                turn += 1;
            }
        }
        Ok(())
    })
}
