// A day's work at a crossing point, from the first encounter to what others learn of it.
import { check, look, route, signedIn, submit, unfold } from './page.mjs';
import { meet, papers, personOf, refer, screen } from './person.mjs';

/** A day at a crossing point: four travellers, and everybody who hears of them. */
export async function day(browser, base, language, number) {
  const somebody = async (name) => {
    const page = await signedIn(browser, base, language, name);
    await look(page, `desk-${name}`);
    return page;
  };
  const officer = await somebody('second');
  check(await officer.getAttribute('html', 'lang') === language, `pages are in ${language}`);

  // Switching the language loses nothing that was typed.
  await officer.goto('/encounters/new');
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
  const [notice] = await papers(officer, 'notice.pdf', 'the notice of rights');
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
    await officer.goto(path);
    await look(officer, path.slice(1).replaceAll(/[^a-z0-9]+/g, '-'));
  }
  await officer.goto('/search');
  await officer.fill('[name=q]', `Noori${language}`);
  await submit(officer, '/search');
  await look(officer, 'search-found');
  check((await officer.textContent('main')).includes(`Noori${language}`), 'the child is found by the officer');

  // The guardianship authority accepts, receives and completes.
  const guardian = await somebody('guardian');
  await guardian.goto(toGuardian);
  await look(guardian, 'referral-received');
  const [form] = await papers(guardian, 'form.pdf', 'the form of the referral');
  await guardian.click('form[action$="/acceptance"] button');
  await guardian.waitForURL(/\/cases\//);
  await look(guardian, 'case');
  await guardian.goto('/cases');
  await look(guardian, 'cases');
  await guardian.goto(toGuardian);
  await guardian.click('form[action$="/arrival"] button');
  await guardian.waitForLoadState();
  await unfold(guardian);
  await guardian.check('form[action$="/completion"] [name=outcome][value=helped]');
  await submit(guardian, '/completion');
  await guardian.waitForLoadState();
  check(!(await guardian.$('form[action$="/completion"]')), 'the referral is completed');

  // The organisation declines with a reason.
  const iom = await somebody('iom');
  await iom.selectOption('#purpose', 'trafficking-assistance');
  await submit(iom, '/purpose');
  await iom.goto(toIom);
  await unfold(iom);
  await iom.check('form[action$="/refusal"] [name=reason][value=no-capacity]');
  await submit(iom, '/refusal');
  await iom.waitForLoadState();
  check(!(await iom.$('form[action$="/refusal"]')), 'the referral is declined');

  // Whoever acts for return learns nothing: not by address, not by searching.
  const police = await somebody('police');
  for (const address of [childPage, toAsylum, child.screening, `${child.screening}/outcome`, notice, form]) {
    const response = await police.goto(address);
    check(response.status() === 404, `the police gets 404 for ${route(address)}, not ${response.status()}`);
  }
  await look(police, 'not-there');
  await police.goto('/search');
  await police.fill('[name=q]', `Noori${language}`);
  await submit(police, '/search');
  check(!(await police.textContent('main')).includes('Zahra'), 'the police finds nobody');

  // The shift leader sees it.
  const leader = await somebody('leader');
  for (const path of ['/dashboard', '/reviews', '/tasks?state=here']) {
    await leader.goto(path);
    await look(leader, path.slice(1).replaceAll(/[^a-z0-9]+/g, '-'));
  }

  // The law of an earlier day is followed, and what it changes is told.
  await officer.goto(`${child.screening}/outcome`);
  await unfold(officer);
  await officer.fill('form[action$="/law"] [name=on]', '2009-01-01');
  await submit(officer, '/law');
  await officer.waitForURL(/\/outcome$/);
  await look(officer, 'outcome-other-law');

  // A consent is taken back, and both sides are told what rested on it.
  await officer.goto(childPage);
  await unfold(officer);
  const withdrawals = await officer.$$('form[action$="/withdrawal"]');
  check(withdrawals.length > 0, 'a consent can be taken back');
  await officer.check('form[action$="/withdrawal"] [name=said] >> nth=0');
  await officer.click('form[action$="/withdrawal"] .primary >> nth=0');
  await officer.waitForLoadState();
  check((await officer.$$('form[action$="/withdrawal"]')).length === withdrawals.length - 1, 'it is taken back');
  await look(officer, 'person-consent-withdrawn');

  for (const page of [officer, guardian, iom, police, leader]) await page.context().close();
}
