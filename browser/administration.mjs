// The administration: agencies, teams and users are made by its pages, a mandate is changed, an account is closed.
import { PASSWORD, check, chooseCalled, fill, look, refused, signIn, signedIn, submit } from './page.mjs';

/** Makes a team of an agency. */
export async function addTeam(admin, agency, name) {
  await admin.goto('/administration/teams/new');
  await look(admin, 'administration-teams-new');
  await fill(admin, 'main', { name });
  await chooseCalled(admin, 'main [name=agency]', agency);
  await submit(admin, '/administration/teams/new');
  await admin.waitForURL('/administration');
}

/** Makes a user of an agency who works on cases in a team. */
export async function addCaseworker(admin, { name, called, agency, team }) {
  await admin.goto('/administration/users/new');
  await look(admin, 'administration-users-new');
  await fill(admin, 'main', { name: called, sign_in_name: name, password: PASSWORD, role: 'agency-caseworker' });
  await chooseCalled(admin, 'main [name=agency]', agency);
  await chooseCalled(admin, 'main [name=team]', team);
  await submit(admin, '/administration/users/new');
  await admin.waitForURL('/administration');
  check((await admin.textContent('main')).includes(called), 'the new user is in the list');
}

/** Opens what is called so in the list of the administration. */
async function open(admin, called) {
  await admin.goto('/administration');
  await Promise.all([admin.waitForNavigation(), admin.click(`main a.row-link:text-is("${called}")`)]);
}

const ticked = (page) => page.$$eval('main [name="mandate[]"]:checked', (all) => all.map((each) => each.value).sort().join());

/** An agency is made and its mandate corrected; a user is made, whose account is closed and opened again. */
export async function administration(browser, base, language) {
  const admin = await signedIn(browser, base, language, 'admin');
  await look(admin, 'desk-admin');
  for (const path of ['/administration', '/administration/users/new', '/administration/agencies/new', '/administration/posts/new', '/administration/teams/new']) {
    await admin.goto(path);
    await look(admin, path.slice(1).replaceAll(/[^a-z0-9]+/g, '-'));
  }
  const agency = `Shelter ${language}`;
  await admin.goto('/administration/agencies/new');
  await fill(admin, 'main', { name: agency, kind: 'ngo', 'mandate[]': ['child-protection', 'referral'] });
  await submit(admin, '/administration/agencies/new');
  await open(admin, agency);
  check(await ticked(admin) === 'child-protection,referral', 'the new agency has the mandate that was ticked');
  await look(admin, 'administration-agency');

  // Without any purpose it could do nothing, so the form comes back with what was typed.
  for (const purpose of ['child-protection', 'referral']) await admin.uncheck(`main [name="mandate[]"][value=${purpose}]`);
  await admin.fill('main [name=name]', `${agency}, by the river`);
  await submit(admin, new URL(admin.url()).pathname);
  await refused(admin, 'an agency without a purpose');
  check(await admin.inputValue('main [name=name]') === `${agency}, by the river`, 'the name that was typed is kept');
  await look(admin, 'administration-agency-refused');
  await admin.check('main [name="mandate[]"][value=referral]');
  await submit(admin, new URL(admin.url()).pathname);
  await open(admin, `${agency}, by the river`);
  check(await ticked(admin) === 'referral', 'the mandate is the corrected one');

  // A closed account signs its user out at once, and lets nobody in until it is opened again.
  await addTeam(admin, agency, `Desk ${language}`);
  const user = { name: `helper-${language}`, called: `Helper ${language}`, agency, team: `Desk ${language}` };
  await addCaseworker(admin, user);
  const helper = await signedIn(browser, base, language, user.name);
  await open(admin, user.called);
  await look(admin, 'administration-user');
  const page = admin.url();
  await fill(admin, 'main', { closed: 'yes' });
  await submit(admin, new URL(page).pathname);
  await helper.goto('/cases');
  check(new URL(helper.url()).pathname === '/sign-in', 'whose account is closed is signed out at once');
  await helper.fill('#f-name', user.name);
  await helper.fill('#f-password', PASSWORD);
  await submit(helper, '/sign-in');
  await refused(helper, 'the sign-in of a closed account');
  await admin.goto(page);
  await admin.uncheck('main [name=closed]');
  await submit(admin, new URL(page).pathname);
  await signIn(helper, user.name);

  // Nobody else reaches these pages.
  const officer = await signedIn(browser, base, language, 'officer');
  const answer = await officer.goto(page);
  check(answer.status() === 403, `an officer gets 403 for a user's page, not ${answer.status()}`);
  await look(officer, 'not-permitted');
  for (const each of [admin, helper, officer]) await each.context().close();
}
