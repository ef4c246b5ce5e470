import { chromium } from 'playwright-core';
const base = process.argv[2] ?? 'http://127.0.0.1:8090';
const out = process.argv[3] ?? '/tmp/shots';
import fs from 'node:fs'; fs.mkdirSync(out, {recursive: true});
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--disable-gpu','--disable-quic','--no-first-run','--disable-background-networking','--disable-component-update','--disable-sync'] });
const ctx = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' });
const page = await ctx.newPage();
page.on('console', m => { if (m.type()==='error') console.log('console', m.text()); });
page.on('response', r => { if (r.status() >= 400) console.log(r.status(), r.url()); });
let n = 0; const shot = async name => { n++; await page.screenshot({ path: `${out}/${String(n).padStart(2,'0')}-${name}.png`, fullPage: true }); };
await page.goto(base + '/sign-in'); await shot('sign-in');
await page.fill('#f-name', 'officer'); await page.fill('#f-password', 'demonstration only');
await page.click('main form button.primary, main form button[type=submit], main form .actions button');
await page.waitForURL(base + '/'); await shot('desk');
await page.goto(base + '/encounters/new'); await shot('encounter-new');
await page.click('main form[action="/encounters/new"] button.primary');
console.log(page.url()); await shot('encounter');
await page.click('text=/Register/'); await shot('register');
await page.fill('#f-zone', 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10');
await page.waitForTimeout(600); await shot('zone');
await page.click('main form button.primary'); console.log(page.url()); await shot('encounter2');
await page.click('main form[action*="/screenings"] button'); console.log(page.url()); await shot('question');
let q=0;
while (page.url().includes('/screenings/') && q < 80) {
  const more = await page.$('form[action$="/finish"] button');
  const nothing = !(await page.$('form[action$="/answers"]'));
  if (nothing) break;
  const h1 = await page.textContent('h1'); q++;
  if (q<4) console.log(h1.trim());
  const no = await page.$('input[name=value][value=no]');
  if (no) await no.check(); else { const u = await page.$('input[name=unknown], button[name=unknown]'); if (u) { const tag = await u.evaluate(e => e.tagName); if (tag==='BUTTON') { await u.click(); continue; } await u.check(); } else { console.log('no way', h1); break; } }
  await page.click('form[action$="/answers"] button.primary');
}
console.log('questions', q); await shot('end-of-interview');
const fin = await page.$('form[action$="/finish"] button'); if (fin) { await fin.click(); console.log(page.url()); await shot('outcome'); }
await browser.close();
