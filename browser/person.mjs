// What an officer does with one person: register, screen, refer.
import { ID, check, choose, fill, look, submit } from './page.mjs';

/** Opens an encounter. */
export async function openEncounter(page) {
  await page.goto('/encounters/new');
  await look(page, 'encounter-new');
  await submit(page, '/encounters/new');
  await page.waitForURL(new RegExp(`/encounters/${ID}$`));
  await look(page, 'encounter');
  return page.url();
}

/** Registers somebody at an encounter. */
export async function register(page, encounter, person) {
  await page.goto(`${encounter}/people/new`);
  await fill(page, 'main', person);
  await look(page, 'registration');
  await submit(page, '/people/new');
  if (await page.$('button[name=different]')) {
    await look(page, 'duplicate');
    await page.click('button[name=different]');
  }
  await page.waitForURL(encounter);
}

/** Opens an encounter and registers somebody. */
export async function meet(page, person) {
  const encounter = await openEncounter(page);
  await register(page, encounter, person);
  return encounter;
}

/** Opens the page of somebody at an encounter, of whoever stands first unless a surname is given; its address. */
export async function personOf(page, encounter, surname = '') {
  await page.goto(encounter);
  const link = page.locator('#people ~ ul a[href^="/people/"]').filter({ hasText: surname }).first();
  const address = new URL(await link.getAttribute('href'), page.url()).href;
  await page.goto(address);
  await look(page, 'person');
  return address;
}

/** Begins the screening of the person whose page, or whose encounter, is open. */
export async function beginScreening(page) {
  await page.click('form[action$="/screenings"] button');
  await page.waitForURL(new RegExp(`/screenings/${ID}$`));
  return page.url();
}

/** Screens the person of an encounter: these answers, "no" to what is left, "does not know" where there is no "no". */
export async function screen(page, answers) {
  const screening = await beginScreening(page);
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

/** Answers the question that is shown; "does not know" where it cannot be answered so. */
export async function answer(page, wished) {
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

/** Refers a person to an agency that is called so; the address of the referral. */
export async function refer(page, person, agency, purpose) {
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
  await page.waitForURL(new RegExp(`/referrals/${ID}$`));
  await look(page, 'referral-sent');
  return page.url();
}

/** The papers that the page links to are PDFs, one a language of the paper, and each in its language. */
export async function papers(page, name, what) {
  await page.waitForLoadState();
  const links = await page.$$eval(`main a[href*="/${name}?language="]`, (all) => all.map((each) => each.href));
  const languages = links.map((link) => new URL(link).searchParams.get('language'));
  check(languages.join() === 'en,ru,kk', `${what} can be printed in each language, not only in ${languages.join()}`);
  for (const [place, link] of links.entries()) {
    const paper = await page.evaluate(async (address) => {
      const answer = await fetch(address);
      const bytes = new Uint8Array(await answer.arrayBuffer());
      let text = '';
      for (const byte of bytes) text += String.fromCharCode(byte);
      return { status: answer.status, kind: answer.headers.get('content-type'), kept: answer.headers.get('cache-control'), text };
    }, link);
    const which = `${what} in ${languages[place]}`;
    check(paper.status === 200 && paper.kind === 'application/pdf', `${which} is answered with ${paper.status} ${paper.kind}`);
    check(paper.text.startsWith('%PDF-') && paper.text.trimEnd().endsWith('%%EOF'), `${which} is a PDF from its first bytes to its last`);
    check(paper.kept === 'no-store', `${which} is not kept by the browser`);
    check(paper.text.includes(`/Lang(${languages[place]})`), `${which} says its language to a screen reader`);
  }
  return links;
}
