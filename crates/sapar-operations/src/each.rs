//! Questions that do not wait for one another.

use std::future::Future;

use futures_util::{StreamExt, TryStreamExt, stream};

use crate::error::OperationError;

/// How many are asked at once: as many as a database server's connections, so that each takes one way there and back together with others.
const AT_ONCE: usize = 8;

/// Asks for each thing, several at once, and gives the answers in the order of the things; the first failure ends it.
pub(crate) async fn each<T, A, F>(
    things: impl IntoIterator<Item = T>,
    ask: impl FnMut(T) -> F,
) -> Result<Vec<A>, OperationError>
where
    F: Future<Output = Result<A, OperationError>>,
{
    let questions: Vec<F> = things.into_iter().map(ask).collect();
    stream::iter(questions)
        .buffered(AT_ONCE)
        .try_collect()
        .await
}
