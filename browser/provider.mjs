// A provider of identities for tests: OpenID Connect with the code flow, on this machine, with Node's own modules only.
//
// It asks of its client what a careful provider asks: the registered address, a challenge (PKCE), the secret, each code once.
// It signs with ES256 and a key made at its start. `faults` makes it answer wrongly; nobody but a test may use it.
import crypto from 'node:crypto';
import http from 'node:http';

const CODE_SECONDS_MAX = 60;
const text = (value) => Buffer.from(value).toString('base64url');
const escaped = (value) => value.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const document = (main) => `<!doctype html><html lang="en"><title>Directory of headquarters</title><h1>Directory of headquarters</h1>${main}</html>`;

export class Provider {
  /** What it does wrongly: `state`, `nonce`, `key` are said so, `silent` answers no request for a token. */
  faults = {};

  /** Whether it shows a link back instead of sending the browser there, as some do. */
  links = false;

  /** What its client did wrongly, in words; a good client leaves it empty. */
  complaints = [];

  /** How many codes it exchanged for a token. */
  exchanged = 0;

  #codes = new Map();
  #keys = crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' });
  #others = crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' });
  #server = http.createServer((request, response) => this.#answer(request, response));

  constructor({ client, secret }) {
    this.client = client;
    this.secret = secret;
  }

  /** Listens on a port of its own; its issuer is known from then on. */
  async start() {
    await new Promise((done) => { this.#server.listen(0, '127.0.0.1', done); });
    this.issuer = `http://127.0.0.1:${this.#server.address().port}`;
  }

  stop() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** The address to which it sends browsers back, which is known once its client runs. */
  register(redirect) {
    this.redirect = redirect;
  }

  async #answer(request, response) {
    const url = new URL(request.url, this.issuer);
    const said = (status, kind, body) => {
      response.writeHead(status, { 'content-type': kind, 'cache-control': 'no-store' });
      response.end(body);
    };
    const json = (status, body) => said(status, 'application/json', JSON.stringify(body));
    if (url.pathname === '/.well-known/openid-configuration') return json(200, this.#settings());
    if (url.pathname === '/keys') {
      const key = this.#keys.publicKey.export({ format: 'jwk' });
      return json(200, { keys: [{ ...key, use: 'sig', alg: 'ES256', kid: 'first' }] });
    }
    if (url.pathname === '/authorize' && request.method === 'GET') {
      const wrong = this.#wrongInRequest(url.searchParams);
      if (wrong) {
        this.complaints.push(wrong);
        return said(400, 'text/plain; charset=utf-8', wrong);
      }
      return said(200, 'text/html; charset=utf-8', this.#page(url.searchParams));
    }
    const form = new URLSearchParams(await body(request));
    if (url.pathname === '/authorize' && request.method === 'POST') {
      const back = this.#back(form);
      if (this.links) return said(200, 'text/html; charset=utf-8', document(`<p><a href="${escaped(back)}">Go back</a></p>`));
      response.writeHead(303, { location: back });
      return response.end();
    }
    if (url.pathname === '/token' && request.method === 'POST') {
      if (this.faults.silent) return request.socket.destroy();
      const wrong = this.#wrongInExchange(request, form);
      if (wrong) {
        this.complaints.push(wrong);
        return json(400, { error: 'invalid_grant', error_description: wrong });
      }
      this.exchanged += 1;
      const { nonce, subject } = this.#codes.get(form.get('code'));
      this.#codes.delete(form.get('code'));
      return json(200, { access_token: 'unused', token_type: 'Bearer', expires_in: 60, id_token: this.#token(subject, nonce) });
    }
    return said(404, 'text/plain; charset=utf-8', 'There is nothing here.');
  }

  #settings() {
    return {
      issuer: this.issuer,
      authorization_endpoint: `${this.issuer}/authorize`,
      token_endpoint: `${this.issuer}/token`,
      jwks_uri: `${this.issuer}/keys`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['ES256'],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: ['client_secret_basic'],
      authorization_response_iss_parameter_supported: true,
    };
  }

  #wrongInRequest(query) {
    if (query.get('client_id') !== this.client) return 'a client that is not registered';
    if (query.get('redirect_uri') !== this.redirect) return `an address to come back to that is not registered: ${query.get('redirect_uri')}`;
    if (query.get('response_type') !== 'code') return 'another flow than that of a code';
    if (!query.get('scope')?.split(' ').includes('openid')) return 'a request without the scope openid';
    if (query.get('code_challenge_method') !== 'S256' || query.get('code_challenge')?.length !== 43) return 'no challenge by S256';
    if (!query.get('state') || !query.get('nonce')) return 'no state or no nonce';
    return '';
  }

  /** The page on which its people say who they are; a real one asks for more than an identifier. */
  #page(query) {
    const kept = ['state', 'nonce', 'code_challenge', 'redirect_uri']
      .map((name) => `<input type="hidden" name="${name}" value="${escaped(query.get(name))}">`).join('');
    return document(`<form method="post" action="/authorize">${kept}
      <label>Who are you? <input name="subject"></label>
      <button name="answer" value="yes">Sign in</button> <button name="answer" value="no">Rather not</button></form>`);
  }

  /** Where the browser goes after the page. */
  #back(form) {
    const back = new URL(form.get('redirect_uri'));
    back.searchParams.set('state', this.faults.state ?? form.get('state'));
    back.searchParams.set('iss', this.issuer);
    if (form.get('answer') !== 'yes') {
      back.searchParams.set('error', 'access_denied');
      return back.href;
    }
    const code = crypto.randomBytes(24).toString('base64url');
    this.#codes.set(code, {
      subject: form.get('subject'), nonce: form.get('nonce'), challenge: form.get('code_challenge'),
      redirect: form.get('redirect_uri'), until: Date.now() + CODE_SECONDS_MAX * 1000,
    });
    back.searchParams.set('code', code);
    return back.href;
  }

  #wrongInExchange(request, form) {
    const [scheme, credentials] = (request.headers.authorization ?? '').split(' ');
    const [client, secret] = Buffer.from(credentials ?? '', 'base64').toString().split(':').map((part) => decodeURIComponent(part.replaceAll('+', ' ')));
    if (scheme !== 'Basic' || client !== this.client || secret !== this.secret) return 'a token asked for without the right secret';
    const known = this.#codes.get(form.get('code'));
    if (form.get('grant_type') !== 'authorization_code' || !known || Date.now() > known.until) return 'a code that was not given, was used, or is old';
    if (form.get('redirect_uri') !== known.redirect) return 'another address to come back to than before';
    const challenge = crypto.createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url');
    if (challenge !== known.challenge) return 'a verifier that does not fit the challenge';
    return '';
  }

  #token(subject, nonce) {
    const now = Math.floor(Date.now() / 1000);
    const head = { alg: 'ES256', typ: 'JWT', kid: 'first' };
    const claims = { iss: this.issuer, sub: subject, aud: this.client, nonce: this.faults.nonce ?? nonce, iat: now, exp: now + 300, name: 'Arman Z.' };
    const signed = `${text(JSON.stringify(head))}.${text(JSON.stringify(claims))}`;
    const { privateKey } = this.faults.key ? this.#others : this.#keys;
    return `${signed}.${text(crypto.sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' }))}`;
  }
}

async function body(request) {
  let whole = '';
  for await (const part of request) whole += part;
  return whole;
}
