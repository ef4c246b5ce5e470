// What people do with the application, in a browser and in each language, with the accessibility of every page.
//
// Usage: node suite.mjs BASE FOLDER [PART], where BASE is the address of a demonstration and FOLDER takes the pictures.
import { chromium } from 'playwright-core';

import { administration } from './administration.mjs';
import { day } from './day.mjs';
import { hands } from './hands.mjs';
import { Headquarters, headquarters } from './headquarters.mjs';
import { check, keepPictures, pagesIn, problems } from './page.mjs';
import { passkeys } from './passkeys.mjs';

const LANGUAGES = ['en', 'ru', 'kk'];

// Started when first asked for, and stopped at the end.
let own;
const atHeadquarters = async (browser, _, language) => {
  own ??= await Headquarters.start();
  await headquarters(browser, own, language);
};
// Two lanes at a time, since pages wait for each other more than for the machine.
const LANES = [{ passkeys, day }, { administration, hands, headquarters: atHeadquarters }];
const PARTS = Object.assign({}, ...LANES);

const [base, folder, only] = process.argv.slice(2);
if (!base || !folder || (only && !PARTS[only])) {
  console.error(`usage: node suite.mjs BASE FOLDER [${Object.keys(PARTS).join('|')}]`);
  process.exit(2);
}
keepPictures(folder);

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
/** One part after another; the next is done although one broke off. */
async function inTurn(parts, language, number) {
  const took = [];
  for (const [name, part] of Object.entries(parts)) {
    if (only && only !== name) continue;
    const began = performance.now();
    await part(browser, base, language, number).catch((error) => check(false, `${language} ${name}: ${error.stack}`));
    took.push(`${name} ${Math.round((performance.now() - began) / 1000)} s`);
  }
  return took;
}

try {
  for (const [number, language] of LANGUAGES.entries()) {
    const took = await Promise.all(LANES.map((parts) => inTurn(parts, language, number)));
    console.log(`${language}: ${took.flat().join(', ')}; ${pagesIn(language)} pages looked at`);
  }
} finally {
  await browser.close();
  await own?.stop();
}
console.log(problems() === 0 ? 'no problem found' : `${problems()} problems`);
process.exit(problems() === 0 ? 0 : 1);
