// Passkeys, of an authenticator that the browser plays.
import { PASSWORD, begin, check, look } from './page.mjs';

/** Adds a passkey of an authenticator that the browser plays, signs out, and signs in with it. */
export async function passkeys(browser, base, language) {
  // The standard gives passkeys to names, so this machine is called by its own.
  const named = base.replace('127.0.0.1', 'localhost');
  const page = await begin(browser, named, language);
  await page.context().addCookies([{ name: 'sapar-language', value: language, url: base }]);
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

  await page.goto('/sign-in');
  await page.fill('#f-name', 'second');
  await page.fill('#f-password', PASSWORD);
  await page.click('main form .primary');
  await page.waitForURL('/');
  await page.goto('/account');
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
  await Promise.all([page.waitForURL('/'), page.click('[data-passkey-start]')]);
  check(await page.$('form[action="/sign-out"]'), 'the desk after signing in with a passkey');
  await page.goto('/account');
  check(await page.$$eval('#passkeys ~ ul li time', (times) => times.length) === 2, 'the page says when it was last used');

  // Its person is not the one: nobody comes in.
  await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
  await Promise.all([page.waitForNavigation(), page.click('form[action="/sign-out"] button')]);
  await page.click('[data-passkey-start]');
  await page.waitForSelector('[data-passkey-refused]:not([hidden])');
  check(new URL(page.url()).pathname === '/sign-in', 'an authenticator that knows its person not signs nobody in');
  await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
  await Promise.all([page.waitForURL('/'), page.click('[data-passkey-start]')]);

  // Removed, it signs nobody in, though the authenticator still has it.
  await page.goto('/account');
  await page.click('main li details summary');
  await Promise.all([page.waitForNavigation(), page.click('form[action="/account/passkeys/remove"] button')]);
  check(!(await page.$('main li details')), 'the passkey is removed');
  await Promise.all([page.waitForNavigation(), page.click('form[action="/sign-out"] button')]);
  await page.click('[data-passkey-start]');
  await page.waitForSelector('[data-passkey-refused]:not([hidden])');
  check(new URL(page.url()).pathname === '/sign-in', 'a removed passkey signs nobody in');
  await page.context().close();

  // Without script the password is all there is, and works.
  const plain = await begin(browser, named, language, { javaScriptEnabled: false });
  await plain.goto('/sign-in');
  check(await plain.isHidden('[data-passkey]'), 'no button without script');
  await plain.fill('#f-name', 'second');
  await plain.fill('#f-password', PASSWORD);
  await plain.click('main form .primary');
  await plain.waitForURL('/');
  await plain.context().close();
}
