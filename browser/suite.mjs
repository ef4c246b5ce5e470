// A day's work in a browser, in each language, with the accessibility of every page.
//
// Usage: node suite.mjs BASE FOLDER [day|passkeys], where BASE is the address of a demonstration and FOLDER takes the screenshots.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const [base, folder, only] = process.argv.slice(2);
if (!base || !folder) {
  console.error('usage: node suite.mjs BASE FOLDER [day|passkeys]');
  process.exit(2);
}
fs.mkdirSync(folder, { recursive: true });
const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const PASSWORD = 'demonstration only';

let problems = 0;
const checked = new Set();

function check(holds, what) {
  if (!holds) {
    problems += 1;
    console.error(`FAILED: ${what}`);
  }
}

function route(url) {
  return new URL(url).pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '{id}').replace(/\/answers\/.+/, '/answers/{fact}');
}

/** Looks at a page once a language: a picture, and every rule of WCAG 2.2 AA that axe knows. */
async function look(page, name) {
  const language = await page.getAttribute('html', 'lang');
  const key = `${language} ${name}`;
  if (checked.has(key)) return;
  checked.add(key);
  for (const details of await page.$$('details:not([open])')) await details.evaluate((each) => { each.open = true; });
  await page.screenshot({ path: `${folder}/${language}-${name}.png`, fullPage: true });
  await page.evaluate(axe);
  const found = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags, resultTypes: ['violations'] }), TAGS);
  for (const violation of found.violations) {
    check(false, `${key} (${route(page.url())}): ${violation.id}: ${violation.help} in ${violation.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`);
  }
  const text = await page.textContent('body');
  const missing = text.match(/⟦[^⟧]*⟧/) || text.match(/\b(?:event|looked|purpose|finding|refusal|access)-[a-z]+-[a-z-]+\b/);
  check(!missing, `${key}: a sentence is missing: ${missing}`);
  const bytes = await page.evaluate(() => performance.getEntriesByType('navigation')[0].transferSize);
  check(bytes < 100_000, `${key}: ${bytes} bytes on the wire`);
}

async function begin(browser, language) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB', bypassCSP: true });
  await context.addCookies([{ name: 'sapar-language', value: language, url: base }]);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on('response', (response) => check(response.status() < 500, `${response.status()} ${response.request().method()} ${route(response.url())}`));
  page.on('pageerror', (error) => check(false, `script: ${error.message}`));
  return page;
}

async function signIn(page, name) {
  await page.goto(`${base}/sign-in`);
  await look(page, 'sign-in');
  await page.fill('#f-name', name);
  await page.fill('#f-password', PASSWORD);
  await page.click('main form .primary');
  await page.waitForURL(`${base}/`);
  await look(page, `desk-${name}`);
}

const submit = (page, action) => page.click(`form[action$="${action}"] .primary, form[action$="${action}"] button:not([name=language])`);

/** Opens an encounter and registers somebody. */
async function meet(page, person) {
  await page.goto(`${base}/encounters/new`);
  await look(page, 'encounter-new');
  await page.click('form[action="/encounters/new"] .primary');
  await page.waitForURL(/\/encounters\/[0-9a-f-]{36}$/);
  const encounter = page.url();
  await look(page, 'encounter');
  await page.goto(`${encounter}/people/new`);
  for (const [field, value] of Object.entries(person)) {
    const input = await page.$(`[name="${field}"]`);
    const kind = await input.evaluate((each) => `${each.tagName} ${each.type}`);
    if (kind.startsWith('SELECT')) await page.selectOption(`[name="${field}"]`, value);
    else if (kind.endsWith('radio')) await page.check(`[name="${field}"][value="${value}"]`);
    else await page.fill(`[name="${field}"]`, value);
  }
  await look(page, 'registration');
  await submit(page, '/people/new');
  if (await page.$('button[name=different]')) {
    await look(page, 'duplicate');
    await page.click('button[name=different]');
  }
  await page.waitForURL(encounter);
  return encounter;
}

/** Screens the person of an encounter: these answers, "no" to what is left, "does not know" where there is no "no". */
async function screen(page, answers) {
  await page.click('form[action$="/screenings"] button');
  await page.waitForURL(/\/screenings\/[0-9a-f-]{36}$/);
  const screening = page.url();
  let asked = 0;
  for (; asked < 150; asked += 1) {
    const fact = await page.$('form[action$="/answers"] input[name=fact]');
    if (!fact) break;
    const name = await fact.getAttribute('value');
    const wished = answers[name] ?? 'no';
    if (asked < 3) await look(page, `question-${asked}`);
    if (asked === 1) {
      await page.goto(`${screening}/traveller?language=kk`);
      await look(page, 'traveller');
      await page.goto(screening);
    }
    if (asked === 4) {
      // Back and forth loses nothing.
      await page.click('form[action$="/back"] button');
      await page.waitForLoadState();
      check(await page.$('form[action$="/answers"] input[name=fact]'), 'going back shows the question before');
      const before = await page.$('form[action$="/answers"] input[name=value]:checked, form[action$="/answers"] input[name=unknown]:checked, form[action$="/answers"] [data-chosen]');
      if (before) await page.click('form[action$="/answers"] .primary');
      else await answer(page, answers[await page.getAttribute('form[action$="/answers"] input[name=fact]', 'value')] ?? 'no');
      continue;
    }
    await answer(page, wished);
  }
  check(asked < 150, 'an interview ends');
  await look(page, 'interview-end');
  await page.goto(`${screening}/answers`);
  await look(page, 'answers');
  await page.goto(screening);
  await page.click('form[action$="/finish"] button');
  await page.waitForURL(/\/outcome$/);
  await look(page, `outcome-${Object.keys(answers)[0] ?? 'nothing'}`.replaceAll(' ', '-'));
  return { screening, asked, outcome: await page.textContent('main') };
}

async function answer(page, wished) {
  const form = 'form[action$="/answers"]';
  const radio = await page.$(`${form} input[name=value][value="${wished}"]`);
  const button = await page.$(`${form} button[name=value][value="${wished}"]`);
  const option = await page.$(`${form} select[name=value] option[value="${wished}"]`);
  const number = await page.$(`${form} input[name=number]`);
  if (button) return Promise.all([page.waitForNavigation(), button.click()]);
  if (radio) await radio.check();
  else if (option) await page.selectOption(`${form} select[name=value]`, wished);
  else if (number && /^\d+$/.test(wished)) await number.fill(wished);
  else {
    const unknown = await page.$(`${form} [name=unknown][value=does-not-know], ${form} [name=value][value=does-not-know]`);
    const tag = await unknown.evaluate((each) => each.tagName);
    if (tag === 'BUTTON') return Promise.all([page.waitForNavigation(), unknown.click()]);
    await unknown.check();
  }
  await Promise.all([page.waitForNavigation(), page.click(`${form} .primary`)]);
  if (await page.$('.error-summary')) {
    const unknown = await page.$(`${form} [name=unknown][value=does-not-know]`);
    const tag = await unknown.evaluate((each) => each.tagName);
    if (tag === 'BUTTON') return Promise.all([page.waitForNavigation(), unknown.click()]);
    await unknown.check();
    await Promise.all([page.waitForNavigation(), page.click(`${form} .primary`)]);
  }
}

/** Chooses in a list or among buttons, whichever the form has. */
async function choose(page, name, value) {
  const radio = await page.$(`main [name="${name}"][type=radio][value="${value}"]`);
  if (radio) await radio.check();
  else await page.selectOption(`main select[name="${name}"]`, value);
}

/** Refers the person whose page is open. */
async function refer(page, person, agency, purpose) {
  await page.goto(`${person}/referrals/new`);
  await look(page, 'referral-new');
  const value = await page.$$eval('main [name=agency] option, main label', (options, wished) => {
    const found = options.find((each) => each.textContent.includes(wished));
    return found?.value ?? found?.control?.value;
  }, agency);
  check(value, `${agency} can be chosen`);
  await choose(page, 'agency', value);
  await choose(page, 'purpose', purpose);
  await choose(page, 'consent', 'now');
  await page.fill('[name=words]', 'Please come to the crossing point.');
  await submit(page, '/referrals/new');
  await page.waitForURL(/\/referrals\/[0-9a-f-]{36}$/);
  await look(page, 'referral-sent');
  return page.url();
}

async function personOf(page, encounter) {
  await page.goto(encounter);
  const link = await page.getAttribute('main a[href^="/people/"]', 'href');
  await page.goto(base + link);
  await look(page, 'person');
  return base + link;
}

async function day(browser, language, number) {
  const officer = await begin(browser, language);
  await signIn(officer, 'second');
  check(await officer.getAttribute('html', 'lang') === language, `pages are in ${language}`);

  // Switching the language loses nothing that was typed.
  await officer.goto(`${base}/encounters/new`);
  await officer.click('form[action="/encounters/new"] .primary');
  await officer.goto(`${officer.url()}/people/new`);
  await officer.fill('[name=surname]', 'Kept');
  const other = language === 'ru' ? 'kk' : 'ru';
  await officer.click(`button[name=language][value=${other}] >> nth=0`);
  await officer.waitForLoadState();
  check(await officer.getAttribute('html', 'lang') === other, 'the language is switched in a form');
  check(await officer.inputValue('[name=surname]') === 'Kept', 'what was typed is kept');
  await officer.click(`button[name=language][value=${language}] >> nth=0`);
  await officer.waitForLoadState();

  const person = (surname, given, birth, nationality, more) => ({
    surname: `${surname}${language}`, given, birth, nationality, ...more,
  });

  // An unaccompanied child who seeks protection.
  let encounter = await meet(officer, person('Noori', 'Zahra', '14.03.2012', 'AFG', { no_document: 'never-had' }));
  const child = await screen(officer, { 'seeks protection': 'yes', unaccompanied: 'yes', 'looks under 18': 'yes', 'at crossing point': 'yes' });
  check(child.outcome.length > 1000, 'a child alone has an outcome');
  const childPage = await personOf(officer, encounter);
  const toGuardian = await refer(officer, childPage, 'Guardianship', 'child-care');
  const toAsylum = await refer(officer, childPage, 'Asylum authority', 'protection');

  // A trafficked worker.
  encounter = await meet(officer, person('Karimov', 'Jasur', '1990', 'UZB', { no_document: 'held-by-another', sex: 'male' }));
  await screen(officer, { 'trafficking signs': 'yes', 'labour exploitation suspected': 'yes', 'at crossing point': 'yes' });
  const workerPage = await personOf(officer, encounter);
  const toIom = await refer(officer, workerPage, 'International Organization', 'trafficking-help');

  // A labour migrant with everything in order.
  encounter = await meet(officer, person('Asanov', 'Ulan', '02.05.1988', 'KGZ', { document_kind: 'passport', document_number: `AC76543${number}`, issuer: 'KGZ' }));
  await screen(officer, { 'at crossing point': 'yes', 'travel document': 'valid', 'entry conditions met': 'yes' });

  // Somebody who is to be returned: barred until a specialist has ruled danger out.
  encounter = await meet(officer, person('Rahimov', 'Otabek', '07.07.1985', 'UZB', { document_kind: 'passport', document_number: `FA76543${number}`, issuer: 'UZB' }));
  await screen(officer, { 'travel document': 'expired' });
  await personOf(officer, encounter);

  for (const path of ['/tasks', '/tasks?state=ended', '/referrals', '/search', '/law', '/law/kazakhstan/refugees-law-2009', '/help', '/account']) {
    await officer.goto(base + path);
    await look(officer, path.slice(1).replaceAll(/[^a-z0-9]+/g, '-'));
  }
  await officer.goto(`${base}/search`);
  await officer.fill('[name=q]', `Noori${language}`);
  await submit(officer, '/search');
  await look(officer, 'search-found');
  check((await officer.textContent('main')).includes(`Noori${language}`), 'the child is found by the officer');

  // The guardianship authority accepts, receives and completes.
  const guardian = await begin(browser, language);
  await signIn(guardian, 'guardian');
  await guardian.goto(toGuardian);
  await look(guardian, 'referral-received');
  await guardian.click('form[action$="/acceptance"] button');
  await guardian.waitForURL(/\/cases\//);
  await look(guardian, 'case');
  await guardian.goto(`${base}/cases`);
  await look(guardian, 'cases');
  await guardian.goto(toGuardian);
  await guardian.click('form[action$="/arrival"] button');
  await guardian.waitForLoadState();
  await guardian.$$eval('details', (all) => all.forEach((each) => { each.open = true; }));
  await guardian.check('form[action$="/completion"] [name=outcome][value=helped]');
  await submit(guardian, '/completion');
  await guardian.waitForLoadState();
  check(!(await guardian.$('form[action$="/completion"]')), 'the referral is completed');

  // The organisation declines with a reason.
  const iom = await begin(browser, language);
  await signIn(iom, 'iom');
  await iom.selectOption('#purpose', 'trafficking-assistance');
  await submit(iom, '/purpose');
  await iom.goto(toIom);
  await iom.$$eval('details', (all) => all.forEach((each) => { each.open = true; }));
  await iom.check('form[action$="/refusal"] [name=reason][value=no-capacity]');
  await submit(iom, '/refusal');
  await iom.waitForLoadState();
  check(!(await iom.$('form[action$="/refusal"]')), 'the referral is declined');

  // Whoever acts for return learns nothing: not by address, not by searching.
  const police = await begin(browser, language);
  await signIn(police, 'police');
  for (const address of [childPage, toAsylum, child.screening, `${child.screening}/outcome`]) {
    const response = await police.goto(address);
    check(response.status() === 404, `the police gets 404 for ${route(address)}, not ${response.status()}`);
  }
  await look(police, 'not-there');
  await police.goto(`${base}/search`);
  await police.fill('[name=q]', `Noori${language}`);
  await submit(police, '/search');
  check(!(await police.textContent('main')).includes('Zahra'), 'the police finds nobody');

  // The shift leader sees it.
  const leader = await begin(browser, language);
  await signIn(leader, 'leader');
  for (const path of ['/dashboard', '/reviews', '/tasks?state=here']) {
    await leader.goto(base + path);
    await look(leader, path.slice(1).replaceAll(/[^a-z0-9]+/g, '-'));
  }
  const admin = await begin(browser, language);
  await signIn(admin, 'admin');
  for (const path of ['/administration', '/administration/users/new', '/administration/agencies/new', '/administration/posts/new', '/administration/teams/new']) {
    await admin.goto(base + path);
    await look(admin, path.slice(1).replaceAll(/[^a-z0-9]+/g, '-'));
  }
  await admin.goto(`${base}/administration`);
  await admin.click('a[href^="/administration/agencies/"]:not([href$="/new"])');
  await admin.waitForURL(/\/administration\/agencies\/[0-9a-f-]{36}$/);
  await look(admin, 'administration-agency');

  // The law of an earlier day is followed, and what it changes is told.
  await officer.goto(`${child.screening}/outcome`);
  await officer.$$eval('details', (all) => all.forEach((each) => { each.open = true; }));
  await officer.fill('form[action$="/law"] [name=on]', '2009-01-01');
  await submit(officer, '/law');
  await officer.waitForURL(/\/outcome$/);
  await look(officer, 'outcome-other-law');

  // A consent is taken back, and both sides are told what rested on it.
  await officer.goto(childPage);
  await officer.$$eval('details', (all) => all.forEach((each) => { each.open = true; }));
  const withdrawals = await officer.$$('form[action$="/withdrawal"]');
  check(withdrawals.length > 0, 'a consent can be taken back');
  await officer.check('form[action$="/withdrawal"] [name=said] >> nth=0');
  await officer.click('form[action$="/withdrawal"] .primary >> nth=0');
  await officer.waitForLoadState();
  check((await officer.$$('form[action$="/withdrawal"]')).length === withdrawals.length - 1, 'it is taken back');
  await look(officer, 'person-consent-withdrawn');

  for (const page of [officer, guardian, iom, police, leader, admin]) await page.context().close();
}

/** Adds a passkey of an authenticator that the browser plays, signs out, and signs in with it. */
async function passkeys(browser, language) {
  // The standard gives passkeys to names, so this machine is called by its own.
  const named = base.replace('127.0.0.1', 'localhost');
  const page = await begin(browser, language);
  await page.context().addCookies([{ name: 'sapar-language', value: language, url: named }]);
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true,
      isUserVerified: true, automaticPresenceSimulation: true,
    },
  });
  // On an address of numbers there is no button, and the page says which address has one.
  await page.goto(`${base}/sign-in`);
  await page.waitForSelector('[data-passkey-elsewhere]:not([hidden])');
  check(await page.isHidden('[data-passkey]'), 'no passkey on an address of numbers');
  check((await page.textContent('[data-passkey-elsewhere]')).includes(named), 'the page says where passkeys work');
  await look(page, 'sign-in-by-numbers');

  await page.goto(`${named}/sign-in`);
  await page.fill('#f-name', 'second');
  await page.fill('#f-password', PASSWORD);
  await page.click('main form .primary');
  await page.waitForURL(`${named}/`);
  await page.goto(`${named}/account`);
  await page.fill('form[action="/account/passkeys/begin"] [name=passkey_name]', 'Blue key');
  await page.fill('form[action="/account/passkeys/begin"] [name=password]', 'not the password');
  await page.click('form[action="/account/passkeys/begin"] .primary');
  await page.waitForSelector('[data-passkey-refused]:not([hidden])');
  await look(page, 'passkey-refused');
  await page.fill('form[action="/account/passkeys/begin"] [name=password]', PASSWORD);
  await Promise.all([page.waitForNavigation(), page.click('form[action="/account/passkeys/begin"] .primary')]);
  check((await page.textContent('main')).includes('Blue key'), 'the passkey is on the page of the account');
  const { credentials } = await session.send('WebAuthn.getCredentials', { authenticatorId });
  check(credentials.length === 1 && credentials[0].isResidentCredential && credentials[0].rpId === 'localhost', 'the authenticator keeps it for localhost');
  await look(page, 'account-with-passkey');

  await Promise.all([page.waitForNavigation(), page.click('form[action="/sign-out"] button')]);
  await page.waitForSelector('[data-passkey]:not([hidden])');
  await look(page, 'sign-in-with-passkey');
  await Promise.all([page.waitForURL(`${named}/`), page.click('[data-passkey-start]')]);
  check(await page.$('form[action="/sign-out"]'), 'the desk after signing in with a passkey');
  await page.goto(`${named}/account`);
  check(await page.$$eval('#passkeys ~ ul li time', (times) => times.length) === 2, 'the page says when it was last used');

  // Its person is not the one: nobody comes in.
  await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
  await Promise.all([page.waitForNavigation(), page.click('form[action="/sign-out"] button')]);
  await page.click('[data-passkey-start]');
  await page.waitForSelector('[data-passkey-refused]:not([hidden])');
  check(new URL(page.url()).pathname === '/sign-in', 'an authenticator that knows its person not signs nobody in');
  await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
  await Promise.all([page.waitForURL(`${named}/`), page.click('[data-passkey-start]')]);

  // Removed, it signs nobody in, though the authenticator still has it.
  await page.goto(`${named}/account`);
  await page.click('main li details summary');
  await Promise.all([page.waitForNavigation(), page.click('form[action="/account/passkeys/remove"] button')]);
  check(!(await page.$('main li details')), 'the passkey is removed');
  await Promise.all([page.waitForNavigation(), page.click('form[action="/sign-out"] button')]);
  await page.click('[data-passkey-start]');
  await page.waitForSelector('[data-passkey-refused]:not([hidden])');
  check(new URL(page.url()).pathname === '/sign-in', 'a removed passkey signs nobody in');
  await page.context().close();

  // Without script the password is all there is, and works.
  const context = await browser.newContext({ javaScriptEnabled: false });
  const plain = await context.newPage();
  await plain.goto(`${named}/sign-in`);
  check(await plain.isHidden('[data-passkey]'), 'no button without script');
  await plain.fill('#f-name', 'second');
  await plain.fill('#f-password', PASSWORD);
  await plain.click('main form .primary');
  await plain.waitForURL(`${named}/`);
  await context.close();
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
try {
  for (const [number, language] of ['en', 'ru', 'kk'].entries()) {
    if (!only || only === 'passkeys') await passkeys(browser, language);
    if (!only || only === 'day') await day(browser, language, number);
    console.log(`${language}: a day's work, ${[...checked].filter((key) => key.startsWith(language)).length} pages looked at`);
  }
} catch (error) {
  check(false, error.stack);
} finally {
  await browser.close();
}
console.log(problems === 0 ? 'no problem found' : `${problems} problems`);
process.exit(problems === 0 ? 0 : 1);
