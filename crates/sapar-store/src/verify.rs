//! The proof of the whole log.

use sapar_ledger::{Break, Broken, Head, NodeId, Verifier, Whole};

use crate::error::StoreError;
use crate::store::Store;

const PAGE: u32 = 1_000;

/// What a proof found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// Every chain is whole.
    Whole(Vec<Whole>),
    /// The first broken link of the first broken chain.
    Broken(Broken),
}

/// Proves every chain of a store from its first event to the head the store keeps, in constant memory.
///
/// Heads that somebody kept elsewhere are compared by the caller, with [`Whole::head`].
///
/// # Errors
/// If the database fails. An event that cannot even be read is a broken link, not a failure.
pub async fn verify(store: &dyn Store) -> Result<Proof, StoreError> {
    let mut whole = Vec::new();
    for known in store.heads().await? {
        let mut verifier = Verifier::new(Head::start(known.node));
        let mut after = 0;
        // Others may append meanwhile; the proof is of what stood when it began.
        while after < known.sequence {
            let events = match store.chain(known.node, after, PAGE).await {
                Ok(events) => events,
                Err(StoreError::Unreadable { node, sequence }) => {
                    return Ok(Proof::Broken(Broken {
                        node,
                        sequence,
                        how: Break::Altered,
                    }));
                }
                Err(error) => return Err(error),
            };
            let Some(last) = events.last() else { break };
            after = last.sequence;
            for event in events
                .iter()
                .take_while(|event| event.sequence <= known.sequence)
            {
                if let Err(broken) = verifier.push(event) {
                    return Ok(Proof::Broken(broken));
                }
            }
        }
        if let Some(broken) = beyond_head(store, known.node).await? {
            return Ok(Proof::Broken(broken));
        }
        // A chain that only begins takes its clock from those before it, and has no event to end at.
        match verifier.finish((known.sequence > 0).then_some(known)) {
            Ok(chain) => whole.push(chain),
            Err(broken) => return Ok(Proof::Broken(broken)),
        }
    }
    Ok(Proof::Whole(whole))
}

/// An event that stands after the head was put there by something else than a store.
async fn beyond_head(store: &dyn Store, node: NodeId) -> Result<Option<Broken>, StoreError> {
    loop {
        let head = head_of(store, node).await?;
        let beyond = match store.chain(node, head.sequence, 1).await {
            Ok(beyond) => beyond.first().map(|event| event.sequence),
            Err(StoreError::Unreadable { sequence, .. }) => Some(sequence),
            Err(error) => return Err(error),
        };
        let Some(sequence) = beyond else {
            return Ok(None);
        };
        // If the head went on meanwhile, the event was appended as it should be.
        if head_of(store, node).await? == head {
            return Ok(Some(Broken {
                node,
                sequence,
                how: Break::OtherEnd {
                    known: head.sequence,
                },
            }));
        }
    }
}

async fn head_of(store: &dyn Store, node: NodeId) -> Result<Head, StoreError> {
    let heads = store.heads().await?;
    Ok(heads
        .into_iter()
        .find(|head| head.node == node)
        .unwrap_or(Head::start(node)))
}
