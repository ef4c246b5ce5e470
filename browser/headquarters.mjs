// Signing in through headquarters' provider, at a server of its own that is no demonstration.
import { spawn, spawnSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { begin, check, fill, look, refused, signIn, submit } from './page.mjs';
import { Provider } from './provider.mjs';

const NAME = 'arman';
const PASSWORD = 'seven calm horses';
const CLIENT = 'sapar';
const START_SECONDS_MAX = 60;

/** A provider, and a server of the program that knows it, with one administrator. */
export class Headquarters {
  static async start() {
    const program = process.env.SAPAR_PROGRAM;
    if (!program) throw new Error('signing in through headquarters needs a server of its own: name the program in SAPAR_PROGRAM');
    const own = new Headquarters();
    own.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sapar-headquarters-'));
    const secret = crypto.randomBytes(24).toString('base64url');
    const file = path.join(own.folder, 'secret');
    fs.writeFileSync(file, `${secret}\n`, { mode: 0o600 });
    const data = path.join(own.folder, 'data');
    fs.mkdirSync(data);
    const made = spawnSync(program, ['users', 'add-administrator', '--data', data, NAME, 'Arman Z.'], { input: PASSWORD, encoding: 'utf8' });
    if (made.status !== 0) throw new Error(`no administrator is made: ${made.stderr}`);
    own.provider = new Provider({ client: CLIENT, secret });
    await own.provider.start();
    own.server = spawn(program, [
      'serve', '--data', data, '--listen', '127.0.0.1:0',
      '--openid-issuer', own.provider.issuer, '--openid-client', CLIENT, '--openid-secret-file', file, '--log', 'error',
    ], { stdio: ['ignore', 'pipe', 'inherit'] });
    own.base = await own.#address();
    own.provider.register(`${own.base}/sign-in/openid/back`);
    return own;
  }

  /** The address by the name of this machine, to which the provider sends back. */
  #address() {
    return new Promise((found, failed) => {
      const late = setTimeout(() => failed(new Error('the server of headquarters did not start')), START_SECONDS_MAX * 1000);
      let said = '';
      this.server.stdout.on('data', (part) => {
        said += part;
        const address = said.match(/^Sapar answers at http:\/\/127\.0\.0\.1:(\d+)\//m);
        if (address) {
          clearTimeout(late);
          found(`http://localhost:${address[1]}`);
        }
      });
      this.server.on('exit', (code) => failed(new Error(`the server of headquarters ended with ${code}`)));
    });
  }

  async stop() {
    this.provider.stop();
    this.server.removeAllListeners('exit');
    const ended = new Promise((done) => { this.server.on('exit', done); });
    this.server.kill();
    await ended;
    fs.rmSync(this.folder, { recursive: true });
  }
}

const isIn = async (page) => Boolean(await page.$('form[action="/sign-out"]'));
const sessions = async (page) => (await page.context().cookies()).filter((each) => each.name === 'sapar-session').length;

/** Goes to the provider by the button of the page to sign in; the address there. */
async function goOut(page, provider) {
  await page.goto('/sign-in');
  await page.click('main a[href$="/sign-in/openid"]');
  await page.waitForURL(`${provider.issuer}/authorize?*`);
  return page.url();
}

/** Says at the provider who one is, or that one would rather not, and gives the answer that the browser comes back to. */
async function say(page, subject, answer = 'yes') {
  await page.fill('[name=subject]', subject);
  const [response] = await Promise.all([
    page.waitForResponse((each) => new URL(each.url()).pathname === '/sign-in/openid/back'),
    page.click(`button[value=${answer}]`),
  ]);
  await page.waitForLoadState();
  return response;
}

/** An answer that signs nobody in: with this status, and a page that says what to do and offers the password. */
async function nobody(page, response, status, what) {
  check(response.status() === status, `${what} is answered with ${response.status()}, not ${status}`);
  await refused(page, what);
  check(await page.$('main [name=password]') && await page.$('main a[href$="/sign-in/openid"]'), `${what}: the page offers the password, and to start again`);
  check(await sessions(page) === 0, `${what} signs nobody in`);
  await page.goto('/account');
  check(new URL(page.url()).pathname === '/sign-in', `${what} leaves every other page shut`);
}

/** Who is linked comes in; nobody else, and nobody by an answer that is wrong. */
export async function headquarters(browser, { base, provider }, language) {
  const subject = `4711-${language}`;
  const page = await begin(browser, base, language);
  provider.faults = {};

  // Known there and linked to nobody here.
  await goOut(page, provider);
  let response = await say(page, subject);
  check((await page.textContent('main')).includes(subject), 'the page shows the identifier for the administrator');
  await look(page, 'headquarters-unknown');
  await nobody(page, response, 403, 'an identity that nobody linked');

  // The administrator, who signs in with the password, links the own account.
  const administrator = await begin(browser, base, language);
  await signIn(administrator, NAME, PASSWORD);
  await administrator.goto('/administration');
  await Promise.all([administrator.waitForNavigation(), administrator.click('main a.row-link[href^="/administration/users/"]')]);
  const link = async (as) => {
    await fill(administrator, 'form[action$="/identity"]', { subject: as });
    await submit(administrator, '/identity');
    check(await administrator.inputValue('[name=subject]') === as, `the user's page says that the identifier is ${as || 'none'}`);
  };
  check(await administrator.inputValue('[name=issuer]') === provider.issuer, 'the provider is filled in');
  await link(subject);
  await look(administrator, 'headquarters-link');

  // Answers that are wrong sign nobody in, though the identity is linked now.
  for (const [fault, what] of [['state', 'an answer with another state'], ['nonce', 'a token with another nonce'], ['key', 'a token signed with another key']]) {
    await goOut(page, provider);
    provider.faults = { [fault]: 'of another sign-in' };
    response = await say(page, subject);
    provider.faults = {};
    await look(page, `headquarters-refused-${fault}`);
    await nobody(page, response, 422, what);
  }
  await goOut(page, provider);
  response = await say(page, '', 'no');
  await nobody(page, response, 422, 'a person who would rather not');
  await goOut(page, provider);
  response = await say(page, `${subject}0`);
  await nobody(page, response, 403, 'an identifier that only begins like the linked one');

  // The answer to another browser's sign-in, also where it waits for one of its own.
  const other = await begin(browser, base, language);
  await goOut(other, provider);
  provider.links = true;
  await other.fill('[name=subject]', subject);
  await Promise.all([other.waitForNavigation(), other.click('button[value=yes]')]);
  const address = await other.getAttribute('a', 'href');
  provider.links = false;
  await goOut(page, provider);
  const exchanged = provider.exchanged;
  response = await page.goto(address);
  await nobody(page, response, 422, 'an answer that another browser began');
  check(provider.exchanged === exchanged, 'its code is not even asked for');
  await other.goto(address);
  await other.waitForURL('/');
  check(await isIn(other), 'it signs in the browser that began it');

  // Silence of the provider is told as what it is.
  const silent = await begin(browser, base, language, { expected: [503] });
  await goOut(silent, provider);
  provider.faults = { silent: true };
  response = await say(silent, subject);
  provider.faults = {};
  await look(silent, 'headquarters-unreachable');
  await nobody(silent, response, 503, 'a provider that does not answer');

  // The right answer: by the page in between, whose button is for browsers that stay on it.
  await page.route('**/sign-in/openid/back?*', async (route) => {
    const answer = await route.fetch();
    const { refresh, ...headers } = answer.headers();
    check(refresh === '0; url=/', `the page in between leads on by itself: ${refresh}`);
    await route.fulfill({ response: answer, headers });
  });
  await goOut(page, provider);
  provider.links = true;
  await page.fill('[name=subject]', subject);
  await Promise.all([page.waitForNavigation(), page.click('button[value=yes]')]);
  provider.links = false;
  [response] = await Promise.all([page.waitForNavigation(), page.click('a')]);
  check(response.status() === 200 && await sessions(page) === 1, `who is linked is signed in: ${response.status()}`);
  await look(page, 'headquarters-signed-in');
  await Promise.all([page.waitForURL('/'), page.click('main a.button.primary')]);
  check(await isIn(page), 'the button leads to the desk');
  await look(page, 'headquarters-desk');
  const used = response.url();
  await page.unroute('**/sign-in/openid/back?*');
  await Promise.all([page.waitForNavigation(), page.click('form[action="/sign-out"] button')]);
  response = await page.goto(used);
  await nobody(page, response, 422, 'an answer that was used');

  // Without a hand on it, with script and without.
  for (const javaScriptEnabled of [true, false]) {
    const plain = await begin(browser, base, language, { javaScriptEnabled });
    await goOut(plain, provider);
    await plain.fill('[name=subject]', subject);
    await Promise.all([plain.waitForURL('/'), plain.click('button[value=yes]')]);
    check(await isIn(plain), `who is linked comes to the desk ${javaScriptEnabled ? 'with' : 'without'} script`);
    check((await plain.textContent('header')).includes('Arman Z.'), 'as the user to whom the administrator linked them');
    await plain.context().close();
  }

  // The link is taken away, and so is the way in.
  await administrator.goto(administrator.url());
  await link('');
  await goOut(page, provider);
  response = await say(page, subject);
  await nobody(page, response, 403, 'an identity whose link was taken away');
  check(provider.complaints.length === 0, `the provider has nothing to complain of: ${provider.complaints.join('; ')}`);
  for (const each of [page, administrator, other, silent]) await each.context().close();
}
