// Pages of the application in a browser: looking at them, filling them in, and counting what was wrong.
import fs from 'node:fs';
import { createRequire } from 'node:module';

const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** The password of every invented user of a demonstration; it protects nothing. */
export const PASSWORD = 'demonstration only';

/** The page of an encounter, a person, a screening and so on, by the end of its address. */
export const ID = '[0-9a-f-]{36}';

const looked = new Set();
let pictures = '';
let failed = 0;

/** Where the pictures of all pages go. */
export function keepPictures(folder) {
  fs.mkdirSync(folder, { recursive: true });
  pictures = folder;
}

/** How many checks failed. */
export const problems = () => failed;

/** How many pages were looked at in a language. */
export const pagesIn = (language) => [...looked].filter((key) => key.startsWith(`${language} `)).length;

/** Counts and tells what does not hold. */
export function check(holds, what) {
  if (!holds) {
    failed += 1;
    console.error(`FAILED: ${what}`);
  }
}

/** An address without what is different in each run. */
export function route(url) {
  return new URL(url).pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '{id}').replace(/\/answers\/.+/, '/answers/{fact}');
}

/** Looks at a page once a language: a picture, and every rule of WCAG 2.2 AA that axe knows. */
export async function look(page, name) {
  const language = await page.getAttribute('html', 'lang');
  const key = `${language} ${name}`;
  if (looked.has(key)) return;
  looked.add(key);
  await unfold(page);
  await page.screenshot({ path: `${pictures}/${language}-${name}.png`, fullPage: true });
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

/** A browser of somebody's own at this address, in this language; errors of the server are problems unless they are `expected`. */
export async function begin(browser, base, language, { expected = [], ...more } = {}) {
  // axe is brought into the page, which the pages' own policy rightly forbids.
  const context = await browser.newContext({ baseURL: base, viewport: { width: 1280, height: 900 }, locale: 'en-GB', bypassCSP: true, ...more });
  await context.addCookies([{ name: 'sapar-language', value: language, url: base }]);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on('response', (response) => check(response.status() < 500 || expected.includes(response.status()), `${response.status()} ${response.request().method()} ${route(response.url())}`));
  page.on('pageerror', (error) => check(false, `script: ${error.message}`));
  return page;
}

/** Types name and password, and comes to the desk. */
export async function signIn(page, name, password = PASSWORD) {
  await page.goto('/sign-in');
  await look(page, 'sign-in');
  await page.fill('#f-name', name);
  await page.fill('#f-password', password);
  await page.click('main form .primary');
  await page.waitForURL('/');
}

/** A browser in which somebody of the demonstration has signed in. */
export async function signedIn(browser, base, language, name) {
  const page = await begin(browser, base, language);
  await signIn(page, name);
  return page;
}

/** Opens everything that is folded up. */
export const unfold = (page) => page.$$eval('details', (all) => all.forEach((each) => { each.open = true; }));

/** Sends the form of this address, and waits for the page that follows. */
export async function submit(page, action) {
  await unfold(page);
  const button = `form[action$="${action}"] .primary, form[action$="${action}"] button:not([name=language])`;
  await Promise.all([page.waitForNavigation(), page.click(button)]);
}

/** Chooses in a list or among buttons, whichever the form has. */
export async function choose(page, name, value) {
  const radio = await page.$(`main [name="${name}"][type=radio][value="${value}"]`);
  if (radio) await radio.check();
  else await page.selectOption(`main select[name="${name}"]`, value);
}

/** Chooses what is called so, or begins so, in a list. */
export async function chooseCalled(page, list, called) {
  const value = await page.$$eval(`${list} option`, (options, wished) => options.find((each) => each.textContent.includes(wished))?.value, called);
  check(value, `${called} can be chosen`);
  await page.selectOption(list, value);
}

/** Fills a form in: by name, what is typed, chosen or ticked. */
export async function fill(page, form, fields) {
  await unfold(page);
  for (const [name, value] of Object.entries(fields)) {
    const field = `${form} [name="${name}"]`;
    const kind = await page.$eval(field, (each) => `${each.tagName} ${each.type}`);
    if (kind.startsWith('SELECT')) await page.selectOption(field, value);
    else if (kind.endsWith('radio')) await page.check(`${field}[value="${value}"]`);
    else if (kind.endsWith('checkbox')) for (const one of [value].flat()) await page.check(`${field}[value="${one}"]`);
    else await page.fill(field, value);
  }
}

/** Whether a form was refused: its page says what to do, and keeps what was typed. */
export async function refused(page, what) {
  check(await page.$('.error-summary'), `${what} is refused, and the page says what to do`);
}
