// What passes from hand to hand: an interview to a higher line, a family's word to whoever can prove it, a case to another team.
import { ID, check, chooseCalled, fill, look, refused, signedIn, submit, unfold } from './page.mjs';
import { answer, beginScreening, openEncounter, personOf, refer, register } from './person.mjs';
import { addCaseworker, addTeam } from './administration.mjs';

/** A family meets the first line; the second settles what they say, takes an interview over, and a case changes teams. */
export async function hands(browser, base, language) {
  const first = await signedIn(browser, base, language, 'officer');
  await look(first, 'desk-officer');
  const second = await signedIn(browser, base, language, 'second');
  const family = await familyAt(first, language);
  await links(first, second, family);
  await takingOver(first, second, family);
  await handover(browser, base, language, second, family);
  for (const page of [first, second]) await page.context().close();
}

/** Registers a mother, her daughter and a man who came along, and forms a group of the three. */
async function familyAt(officer, language) {
  const encounter = await openEncounter(officer);
  const named = { mother: `Ahmadi${language}`, child: `Ahmadzai${language}`, man: `Wardak${language}` };
  const unpapered = { nationality: 'AFG', no_document: 'lost' };
  await register(officer, encounter, { surname: named.mother, given: 'Laila', birth: '1987', sex: 'female', ...unpapered });
  await register(officer, encounter, { surname: named.child, given: 'Parwana', birth: '05.05.2015', sex: 'female', ...unpapered });
  await register(officer, encounter, { surname: named.man, given: 'Habib', birth: '1979', sex: 'male', ...unpapered });
  const people = {};
  for (const [who, surname] of Object.entries(named)) people[who] = await personOf(officer, encounter, surname);

  // One alone is no group, and who was ticked stays ticked.
  await officer.goto(encounter);
  await look(officer, 'encounter-family');
  await fill(officer, 'form[action$="/groups"]', { 'persons[]': idOf(people.mother) });
  await submit(officer, '/groups');
  await refused(officer, 'a group of one');
  check(await officer.isChecked(`[name="persons[]"][value="${idOf(people.mother)}"]`), 'who was ticked stays ticked');
  await look(officer, 'group-refused');
  await fill(officer, 'form[action$="/groups"]', { 'persons[]': Object.values(people).map(idOf) });
  await submit(officer, '/groups');
  const grouped = await officer.$$eval('#groups ~ ul.rows > li', (all) => all.map((each) => each.querySelectorAll('a[href^="/people/"]').length));
  check(grouped.join() === '3', `there is one group of three, not ${grouped.join() || 'none'}`);
  check(!(await officer.$('form[action$="/groups"]')), 'nobody is left to form a group of');
  await look(officer, 'encounter-grouped');
  return { encounter, ...people };
}

const idOf = (address) => address.match(new RegExp(ID))[0];

/** The first line records what is said; the second confirms one link, rejects another, and takes a third back. */
async function links(first, second, { encounter, mother, child, man }) {
  const claim = async (from, kind, to, words) => {
    await first.goto(from);
    await fill(first, 'form[action$="/links"]', { kind, other: idOf(to), basis: 'said', words });
    await submit(first, '/links');
  };
  await first.goto(child);
  await unfold(first);
  await fill(first, 'form[action$="/links"]', { kind: 'child-of', words: 'Both say so.' });
  await submit(first, '/links');
  await refused(first, 'a link to nobody');
  check(await first.inputValue('form[action$="/links"] [name=words]') === 'Both say so.', 'what was said is kept');
  await look(first, 'link-refused');
  await claim(child, 'child-of', mother, 'Both say so.');
  await claim(child, 'other-relative', man, 'He calls her his niece.');
  await claim(child, 'travels-with', man, 'Recorded twice.');
  check((await first.$$('#links ~ ul.rows > li')).length === 3, 'three links are claimed');
  await look(first, 'links-claimed');

  await second.goto(child);
  await look(second, 'links-to-settle');
  // Links stand in the order in which they were claimed.
  const settlement = async (place) => {
    await second.goto(child);
    return second.getAttribute(`#links ~ ul.rows > li:nth-child(${place}) form[action$="/settlement"]`, 'action');
  };
  const left = async () => (await second.$$('form[action$="/settlement"]')).length;

  // To confirm, one says on what it rests.
  let action = await settlement(1);
  await fill(second, `form[action="${action}"]`, { claim: 'confirmed' });
  await submit(second, action);
  await refused(second, 'a confirmation that rests on nothing');
  check(await second.isChecked(`form[action="${action}"] [value=confirmed]`), 'what came out is kept');
  await look(second, 'link-settlement-refused');
  await fill(second, `form[action="${action}"]`, { claim: 'confirmed', basis: 'document' });
  await submit(second, action);
  check(await left() === 2, 'the link to the mother is settled');
  action = await settlement(2);
  await fill(second, `form[action="${action}"]`, { claim: 'refuted', basis: 'observed' });
  await submit(second, action);
  check(await left() === 1, 'the link to the man is settled');
  action = await settlement(3);
  await fill(second, `form[action="${action}"]`, { claim: 'withdrawn' });
  await submit(second, action);
  check(await left() === 0, 'no link is left to settle');
  const said = await second.$$eval('#links ~ ul.rows > li .badge', (all) => all.map((each) => each.textContent.trim()));
  check(said.length === 3 && new Set(said).size === 3, `each of the three links says what came out: ${said.join(', ')}`);
  await look(second, 'links-settled');

  // The page of the encounter tells of the three as well, or of none at all, but never that there is none.
  await first.goto(encounter);
  const told = await first.$$eval('#links ~ ul.rows > li .badge', (all) => all.map((each) => each.textContent.trim()));
  check(!(await first.$('#links')) || said.every((each) => told.includes(each)), `the encounter says the same of them: ${told.join(', ')}`);
  await look(first, 'encounter-links');
}

/** The first line stops an interview since a higher line goes on; the second takes it over and ends it. */
async function takingOver(first, second, { mother, man }) {
  await first.goto(mother);
  const stopped = await beginScreening(first);
  await answer(first, 'yes');
  await answer(first, 'no');
  check(!(await first.$('form[action$="/takeover"]')), 'nobody takes an own interview over');
  await first.goto(`${stopped}/answers`);
  const answered = await answersOf(first);
  check(answered.length === 2, `two questions are answered, not ${answered.length}`);
  await first.goto(stopped);
  await fill(first, 'form[action$="/stop"]', { reason: 'passed-on' });
  await submit(first, '/stop');
  check(new URL(first.url()).pathname.endsWith('/outcome'), 'a stopped interview shows what is certain so far');
  check(!(await first.$('form[action$="/takeover"]')), 'the first line cannot take its own interview over');

  await second.goto(mother);
  await look(second, 'person-interview-stopped');
  await second.goto(`${stopped}/outcome`);
  await look(second, 'outcome-to-take-over');
  await submit(second, '/takeover');
  check(second.url() === stopped, 'the interview goes on');
  check(await second.$('form[action$="/answers"] input[name=fact]'), 'with the next question');
  check(!(await second.$('form[action$="/takeover"]')), 'it is taken over once');
  await look(second, 'interview-taken-over');
  await second.goto(`${stopped}/answers`);
  check((await answersOf(second)).join() === answered.join(), 'the answers given to the first line stay');
  await second.goto(stopped);
  await answer(second, 'no');
  await second.goto(`${stopped}/answers`);
  check((await answersOf(second)).length === 3, 'the second line answers the next');

  // One that runs is taken over too, while its question still stands on the screen of the first line.
  await first.goto(man);
  const running = await beginScreening(first);
  await second.goto(running);
  await look(second, 'interview-to-take-over');
  await submit(second, '/takeover');
  check(second.url() === running && !(await second.$('form[action$="/takeover"]')), 'a running interview is taken over');
  // What the first line was just told is not lost: the second finds it answered.
  await answer(first, 'yes');
  await second.goto(`${running}/answers`);
  check((await answersOf(second)).length === 1, 'the answer given meanwhile counts');
  const status = (await first.reload()).status();
  check(status === 200, `the first line still reads it: ${status}`);
  check(!(await first.$('form[action$="/answers"] input[name=fact], form[action$="/finish"]')), 'and is given nothing more to ask or to finish');
  await look(first, 'interview-taken-from');
}

const answersOf = (page) => page.$$eval('main a[href*="/answers/"]', (all) => [...new Set(all.map((each) => each.getAttribute('href')))].sort());

/** A case is offered to another team, declined, offered and taken back, offered and accepted; then it is the other team's. */
async function handover(browser, base, language, officer, { mother }) {
  const agency = 'Asylum authority';
  const team = `Night desk ${language}`;
  const night = { name: `night-${language}`, called: `Samal Q. ${language}`, agency, team };
  const admin = await signedIn(browser, base, language, 'admin');
  await addTeam(admin, agency, team);
  await addCaseworker(admin, night);
  await admin.context().close();

  const referral = await refer(officer, mother, agency, 'protection');
  const giver = await signedIn(browser, base, language, 'asylum');
  const taker = await signedIn(browser, base, language, night.name);
  await giver.goto(referral);
  await submit(giver, '/acceptance');
  const address = giver.url();
  check(new RegExp(`/cases/${ID}$`).test(address), 'an accepted referral opens a case');
  const form = 'form[action$="/handover"]';
  const may = async (page, step) => Boolean(await page.$(`${form} [name=answer][value=${step}]`));
  const offer = async (words) => {
    await giver.goto(address);
    await unfold(giver);
    await chooseCalled(giver, `${form} [name=team]`, team);
    await giver.fill(`${form} [name=words]`, words);
    await submit(giver, '/handover');
  };

  // Offered to no team, it is offered to nobody.
  await unfold(giver);
  await giver.fill(`${form} [name=words]`, 'She speaks Dari, and so does the night desk.');
  await submit(giver, '/handover');
  await refused(giver, 'an offer to no team');
  check(await giver.inputValue(`${form} [name=words]`) === 'She speaks Dari, and so does the night desk.', 'the words are kept');
  await look(giver, 'case-offer-refused');
  await offer('She speaks Dari, and so does the night desk.');
  check(await may(giver, 'cancel') && !(await may(giver, 'accept')), 'who offers may take it back and not accept it');
  check((await giver.textContent('main')).includes(team), 'the page says to which team it is offered');
  await look(giver, 'case-offered-there');
  await taker.goto('/cases');
  check(await taker.$(`main a[href="${new URL(address).pathname}"]`), 'the other team sees the case among its own');
  await look(taker, 'cases-offered');
  await taker.goto(address);
  check(await may(taker, 'accept') && await may(taker, 'decline') && !(await may(taker, 'cancel')), 'the other team may accept or decline');
  check((await taker.textContent('main')).includes('She speaks Dari'), 'the other team reads why');
  await look(taker, 'case-offered-here');

  // Declined without a reason it is not; with one, the reason is told.
  const declining = `${form}:has([value=decline])`;
  const decline = () => Promise.all([taker.waitForNavigation(), taker.click(`${declining} .primary`)]);
  await unfold(taker);
  await decline();
  await refused(taker, 'declining without a reason');
  await look(taker, 'case-decline-refused');
  await taker.fill(`${declining} [name=words]`, 'Nobody of us is there this week.');
  await decline();
  check(!(await taker.$(form)), 'who declined has nothing to answer any more');
  await giver.goto(address);
  check((await giver.textContent('main')).includes('Nobody of us is there this week.'), 'the first team reads why it was declined');
  await look(giver, 'case-declined');

  await offer('They are back.');
  await Promise.all([giver.waitForNavigation(), giver.click(`${form}:has([value=cancel]) button`)]);
  check(!(await may(giver, 'cancel')) && await giver.$(`${form} [name=team]`), 'the offer is taken back, and can be made again');
  await taker.goto(address);
  check(!(await taker.$(form)), 'an offer that was taken back cannot be accepted');

  await offer('They are back, and know her.');
  await taker.goto(address);
  await Promise.all([taker.waitForNavigation(), taker.click(`${form}:has([value=accept]) button`)]);
  const facts = await taker.$$eval('dl.facts:first-of-type dd', (all) => all.map((each) => each.textContent.trim()));
  check(facts[0]?.includes(team) && facts[1]?.includes(night.called), `the case is the other team's, and who accepted owns it: ${facts.join(', ')}`);
  check(await taker.$(`${form} [name=team]`), 'who owns it may hand it on');
  await look(taker, 'case-accepted');
  await giver.goto(address);
  check(!(await giver.$(form)) && !(await giver.$('form[action$="/closure"]')), 'the first team can neither hand it over nor close it any more');
  await look(giver, 'case-handed-over');
  for (const page of [giver, taker]) await page.context().close();
}
