//! An authenticator and the browser before it, in software: written after the standard and not with the library under test.

use data_encoding::BASE64URL_NOPAD as B64;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// What the authenticator and the browser do, well-behaved unless a test changes it.
#[derive(Clone)]
pub struct Authenticator {
    key: SigningKey,
    pub id: Vec<u8>,
    /// The user handle it was given at registration.
    pub user: Vec<u8>,
    /// Grows by one a signature where the authenticator counts at all.
    pub counter: u32,
    pub counts: bool,
    /// The page that the person is on.
    pub origin: String,
    /// The domain that the authenticator signs for.
    pub domain: String,
    pub verifies_person: bool,
    pub person_present: bool,
}

const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const ATTESTED: u8 = 0x40;

impl Authenticator {
    pub fn new(seed: u8) -> Self {
        Self {
            key: SigningKey::from_slice(&[seed; 32]).unwrap(),
            id: vec![seed; 32],
            user: Vec::new(),
            counter: 0,
            counts: true,
            origin: "https://post.example".to_owned(),
            domain: "post.example".to_owned(),
            verifies_person: true,
            person_present: true,
        }
    }

    fn flags(&self) -> u8 {
        (if self.person_present { PRESENT } else { 0 })
            | if self.verifies_person { VERIFIED } else { 0 }
    }

    fn client_data(&self, kind: &str, options: &Value) -> Vec<u8> {
        // Written by hand, since browsers write the members in this order.
        format!(
            "{{\"type\":\"{kind}\",\"challenge\":{},\"origin\":\"{}\",\"crossOrigin\":false}}",
            options["challenge"], self.origin
        )
        .into_bytes()
    }

    /// `navigator.credentials.create` with what the server sent.
    pub fn create(&mut self, challenge: &str) -> String {
        let options: Value = serde_json::from_str(challenge).unwrap();
        assert_eq!(options["rp"]["id"], "post.example");
        assert_eq!(
            options["authenticatorSelection"]["userVerification"],
            "required"
        );
        assert_eq!(options["authenticatorSelection"]["residentKey"], "required");
        let knows_es256 = options["pubKeyCredParams"]
            .as_array()
            .unwrap()
            .iter()
            .any(|kind| kind["alg"] == -7);
        assert!(knows_es256);
        self.user = B64
            .decode(options["user"]["id"].as_str().unwrap().as_bytes())
            .unwrap();
        let client_data = self.client_data("webauthn.create", &options);
        let mut data = Sha256::digest(&self.domain).to_vec();
        data.push(self.flags() | ATTESTED);
        data.extend(self.counter.to_be_bytes());
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        data.extend(self.cose_key());
        // A map of three: format none, no statement, the data.
        let mut object = vec![0xa3, 0x63];
        object.extend(b"fmt\x64none\x67attStmt\xa0\x68authData\x58");
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(&data);
        json!({
            "id": B64.encode(&self.id),
            "rawId": B64.encode(&self.id),
            "type": "public-key",
            "authenticatorAttachment": "platform",
            "clientExtensionResults": {},
            "response": {
                "clientDataJSON": B64.encode(&client_data),
                "attestationObject": B64.encode(&object),
                "transports": ["internal"],
            },
        })
        .to_string()
    }

    /// `navigator.credentials.get` with what the server sent.
    pub fn get(&mut self, challenge: &str) -> String {
        let options: Value = serde_json::from_str(challenge).unwrap();
        assert_eq!(options["rpId"], "post.example");
        assert_eq!(options["userVerification"], "required");
        let client_data = self.client_data("webauthn.get", &options);
        self.counter += u32::from(self.counts);
        let mut data = Sha256::digest(&self.domain).to_vec();
        data.push(self.flags());
        data.extend(self.counter.to_be_bytes());
        let signed = [data.as_slice(), &Sha256::digest(&client_data)].concat();
        let signature: Signature = self.key.sign(&signed);
        json!({
            "id": B64.encode(&self.id),
            "rawId": B64.encode(&self.id),
            "type": "public-key",
            "clientExtensionResults": {},
            "response": {
                "clientDataJSON": B64.encode(&client_data),
                "authenticatorData": B64.encode(&data),
                "signature": B64.encode(signature.to_der().as_bytes()),
                "userHandle": B64.encode(&self.user),
            },
        })
        .to_string()
    }

    /// The public key as COSE writes it: elliptic, ES256, P-256, x and y.
    fn cose_key(&self) -> Vec<u8> {
        let point = self.key.verifying_key().to_encoded_point(false);
        let mut key = vec![0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20];
        key.extend(point.x().unwrap());
        key.extend([0x22, 0x58, 0x20]);
        key.extend(point.y().unwrap());
        key
    }
}
