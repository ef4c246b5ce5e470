//! Records: values outside the log.

use super::code;
use crate::error::StoreError;
use crate::store::{Expected, RECORD_BYTES_MAX, Record, Store};

pub(super) async fn puts_and_expires_records(store: &dyn Store) {
    let sessions = || code("sessions");
    let get = async |key: &[u8], now_ms| {
        store
            .record(sessions(), key.to_vec(), now_ms)
            .await
            .unwrap()
    };
    let put = async |key: &[u8], value: &[u8], expires_ms, expected| {
        store
            .put_record(
                sessions(),
                key.to_vec(),
                value.to_vec(),
                expires_ms,
                expected,
            )
            .await
    };
    assert_eq!(get(b"a", 0).await, None);
    assert_eq!(
        put(b"a", b"one", Some(100), Expected::New).await.unwrap(),
        1
    );
    assert_eq!(
        get(b"a", 99).await,
        Some(Record {
            value: b"one".to_vec(),
            version: 1,
            expires_ms: Some(100)
        })
    );
    // At the moment it expires it is gone.
    assert_eq!(get(b"a", 100).await, None);
    assert_eq!(
        put(b"a", b"two", None, Expected::New).await.unwrap_err(),
        StoreError::RecordConflict
    );
    assert_eq!(
        put(b"a", b"two", None, Expected::Version(2))
            .await
            .unwrap_err(),
        StoreError::RecordConflict
    );
    assert_eq!(
        put(b"a", b"two", None, Expected::Version(1)).await.unwrap(),
        2
    );
    assert_eq!(put(b"a", b"", None, Expected::Any).await.unwrap(), 3);
    assert_eq!(put(b"b", b"b", Some(50), Expected::Any).await.unwrap(), 1);
    assert_eq!(put(b"c", b"c", None, Expected::Any).await.unwrap(), 1);
    assert_eq!(
        put(b"d", b"d", None, Expected::Version(1))
            .await
            .unwrap_err(),
        StoreError::RecordConflict
    );
    assert_eq!(
        store.record(code("users"), b"a".to_vec(), 0).await.unwrap(),
        None
    );

    let keys = async |after: &[u8], now_ms, limit| -> Vec<Vec<u8>> {
        store
            .records(sessions(), after.to_vec(), now_ms, limit)
            .await
            .unwrap()
            .into_iter()
            .map(|(key, _)| key)
            .collect()
    };
    assert_eq!(keys(b"", 0, 10).await, [b"a", b"b", b"c"]);
    assert_eq!(keys(b"a", 0, 1).await, [b"b"]);
    assert_eq!(keys(b"", 50, 10).await, [b"a", b"c"]);
    assert_eq!(store.remove_expired(50).await.unwrap(), 1);
    assert_eq!(keys(b"", 0, 10).await, [b"a", b"c"]);
    store
        .remove_record(sessions(), b"a".to_vec())
        .await
        .unwrap();
    store
        .remove_record(sessions(), b"a".to_vec())
        .await
        .unwrap();
    assert_eq!(keys(b"", 0, 10).await, [b"c"]);
    // Versions begin anew, so a key that was removed cannot be put by whoever remembers its version.
    assert_eq!(
        put(b"a", b"new", None, Expected::Version(3))
            .await
            .unwrap_err(),
        StoreError::RecordConflict
    );
    let long = put(b"a", &vec![0; RECORD_BYTES_MAX + 1], None, Expected::Any)
        .await
        .unwrap_err();
    assert!(matches!(long, StoreError::TooMuch { .. }));
}
