// Every page of the program, for those who see it, in both languages, at a desk and on a phone: axe finds nothing serious, nothing hangs
// over the edge of the screen, the page says its language and, in English, speaks it. All is gathered before it is told.
import assert from 'node:assert/strict';
import { faultsOf } from '../harness/axe.mjs';
import { journey } from '../harness/journey.mjs';

const STAGES = ['reported', 'confirmed', 'rectifying', 'submitted', 'accepted', 'signed_off', 'closed'];
const COUNTY = '610902';
const HAN = /\p{Script=Han}/u;

/** Goes through pages as one person on one screen, and keeps what is wrong with each. */
class Round {
  constructor(person, screen, language) {
    Object.assign(this, { person, page: person.page, screen, language, faults: [], seen: 0 });
  }

  async looks(at, part) {
    this.seen += 1;
    const { wide, room, tag, chinese } = await this.page.evaluate(() => ({
      wide: document.documentElement.scrollWidth,
      room: document.documentElement.clientWidth,
      tag: document.documentElement.lang,
      // What the program says by itself: headings of tables and forms, buttons, navigation. Names and texts are people's.
      chinese: Array.from(document.querySelectorAll('nav.side span, thead th, label > small, .panel-head h2, button, .filter-label'), (one) => (one.childElementCount || one.closest('body [lang], .where-list') ? '' : one.textContent.trim())),
    }));
    const found = await faultsOf(this.page, part);
    if (wide > room) found.push(`${wide} px wide on a screen of ${room} px`);
    if (!tag.startsWith(this.language)) found.push(`its language is ${tag}`);
    if (this.language === 'en') found.push(...chinese.filter((text) => HAN.test(text)).map((text) => `says ${text} in English`));
    this.faults.push(...found.map((fault) => `${this.person.account ?? 'public'} ${this.screen} ${this.language} ${at}: ${fault}`));
  }

  async visits(path, name = path) {
    await this.person.goes(path);
    await this.looks(name);
  }

  /** The case behind the first row of a list, with each form that may be opened there. */
  async opensFirst(list, name) {
    await this.person.goes(list);
    const link = this.page.locator('main a.row-link').first();
    if ((await link.count()) === 0) return null;
    const address = await link.getAttribute('href');
    await this.visits(address, name);
    const forms = await this.page.locator('section.act').evaluateAll((all) => all.map((one) => one.id));
    for (const id of forms) {
      // Folded away or not, its button opens it; whoever uses it opens the fold first.
      await this.page.locator(`a[href="#${id}"]`).first().evaluate((opener) => opener.click());
      await this.page.locator(`#${id}`).waitFor();
      await this.looks(`${name} #${id}`, `#${id}`);
      await this.page.keyboard.press('Escape');
    }
    return address;
  }
}

async function sitsDown(city, account, screen, language) {
  const person = city.person(account);
  if (account === null) await person.sitsDown({ screen });
  else await person.signsIn({ screen });
  if (language === 'en') {
    if (account === null) await person.goes('/sign-in');
    await person.presses('English');
    await person.page.locator('html[lang^="en"]').waitFor();
  }
  return new Round(person, screen, language);
}

const rounds = {
  /** Nobody in particular. */
  async null(round) {
    await round.visits('/sign-in');
    await round.page.locator('#username').fill('nobody');
    await round.page.locator('#password').fill('wrong');
    round.person.expects(401);
    await round.page.locator('form:has(#password) button').click();
    await round.page.locator('.errors').waitFor();
    await round.looks('/sign-in refused');
  },

  async city(round) {
    const { person, page } = round;
    await round.visits('/');
    await round.visits('/hazards');
    await round.visits('/hazards?overdue=yes&level=serious', 'ledger, filtered');
    await round.visits('/hazards?q=nothing-at-all', 'ledger, empty');
    for (const stage of STAGES) {
      const address = await round.opensFirst(`/hazards?stage=${stage}`, `case ${stage}`);
      if (stage !== 'accepted' || address === null) continue;
      await round.visits(`${address}/card`, 'card');
      await round.visits(`${address}/sign-off-sheet`, 'sign-off sheet');
    }
    await round.visits('/stock');
    await round.visits('/stock?by=sector', 'stock by sector');
    await round.visits('/stock/print');
    await round.visits(`/jurisdictions/${COUNTY}`, 'jurisdiction');
    const agency = await page.locator('main a[href^="/agencies/"]').first().getAttribute('href');
    await round.visits(agency, 'agency');
    await round.visits('/escalations');
    await round.visits('/notices');
    await round.visits('/sign-off-lists');
    // A list is opened where there is something to list; afterwards it is there to be gone on with.
    const open = page.locator('form[action="/sign-off-lists"] button').first();
    const before = page.locator('main a[href^="/sign-off-lists/"]').first();
    assert.ok((await open.count()) + (await before.count()) > 0, 'the city has something to list');
    const list = (await before.count()) ? await before.getAttribute('href') : null;
    if (list) await person.goes(list);
    else {
      await open.click();
      await page.waitForURL(/\/sign-off-lists\/[0-9a-f-]{36}/);
    }
    const address = new URL(page.url()).pathname;
    await round.looks('a sign-off list');
    await round.visits(`${address}/print`, 'a sign-off list, print');
    await round.visits('/leader');
    await round.visits('/leader/print');
    await problemLists(round);
    await round.visits('/system/routes');
    const draft = await page.locator('a[href^="/system/routes/draft"]').first().getAttribute('href');
    await round.visits(draft, 'routes, draft');
    await complains(round);
    await round.visits(await page.locator('.viewer a[href^="/persons/"], a[href^="/persons/"]').first().getAttribute('href'), 'own record');
    person.expects(404);
    await round.visits('/nowhere', '404');
    person.expects(404);
    await round.visits('/hazards/0195ffff-0000-7000-8000-00000000ffff', '404 of a case');
  },

  async 'county-610902'(round) {
    const { page } = round;
    await round.visits('/');
    for (const stage of STAGES.slice(0, 4)) await round.opensFirst(`/hazards?stage=${stage}`, `case ${stage}`);
    await round.visits('/escalations');
    await severalAtOnce(round, '/hazards?stage=submitted');
    await round.visits('/problem-lists');
    const list = page.locator('main a.row-link').first();
    if (await list.count()) await round.visits(await list.getAttribute('href'), 'a problem list, at the county');
  },

  async 'department-610902-housing'(round) {
    await round.visits('/');
    await round.visits('/hazards');
  },

  async 'department-6109-housing'(round) {
    await round.visits('/');
    await round.visits('/hazards');
  },

  async 'town-610902001'(round) {
    const { person, page } = round;
    await round.visits('/');
    for (const stage of ['reported', 'rectifying']) await round.opensFirst(`/hazards?stage=${stage}`, `case ${stage}`);
    await round.visits('/proxies');
    await round.visits('/report');
    if (round.screen === 'phone') return reportsStepByStep(round);
    // Sent with nothing in it, past the browser's own check: every error there is.
    await page.locator('form[data-report]').evaluate((form) => (form.noValidate = true));
    await page.locator('form[data-report] #then-orders').check();
    person.expects(422);
    await page.locator('[data-send] button').click();
    await page.locator('#report-errors').waitFor();
    await round.looks('report with errors');
  },

  async 'enterprise-1'(round) {
    await round.visits('/');
    await round.opensFirst('/hazards?stage=confirmed', 'case confirmed');
    await round.visits('/report');
  },

  async discipline(round) {
    await round.visits('/');
    await round.opensFirst('/hazards', 'case, only read');
    await someonesRecord(round);
    round.person.expects(403);
    await round.visits('/report', '403');
  },

  async admin(round) {
    await round.visits('/');
    await round.visits('/system');
  },
};

/** The lists of visits, one of them with its letter, and one whose step was refused. */
async function problemLists(round) {
  const { page } = round;
  await round.visits('/problem-lists');
  const list = await page.locator('main a.row-link').first().getAttribute('href');
  await round.visits(list, 'a problem list');
  await round.visits(`${list}/letter`, 'a problem list, letter');
}

/** Says what is wrong with the system, and reads it again as whoever answers. */
async function complains(round) {
  const { page } = round;
  await round.visits('/complaints/new');
  await page.locator('input[name="about"]').first().check();
  await page.locator('textarea[name="words"]').fill('列表中的按钮太小。');
  await page.locator('form[action="/complaints"] button').click();
  await page.waitForURL(/\/complaints\/[0-9a-f-]{36}/);
  await round.looks('a complaint');
  await round.visits('/complaints');
}

async function severalAtOnce(round, list) {
  await round.person.goes(list);
  const boxes = round.page.locator('input[form="bulk"]:enabled');
  const chosen = await boxes.evaluateAll((all) => all.slice(0, 3).map((one) => [one.value, one.dataset.together]));
  assert.ok(chosen.length > 0, `${list} has something for several at once`);
  const ids = chosen.map(([id]) => `id=${id}`).join('&');
  await round.visits(`/hazards/bulk?act=${chosen[0][1].split(' ')[0]}&${ids}`, 'several at once');
}

/** A named person's record is opened with a reason; from the case that is shown. */
async function someonesRecord(round) {
  const { page } = round;
  const record = await page.locator('.event-who a[href^="/persons/"]').first().getAttribute('href');
  await round.visits(record, 'a record that is not opened');
  await page.locator('form[action$="/opening"] textarea').fill('信访件核查。');
  await page.locator('form[action$="/opening"] button').click();
  await page.waitForURL(/\/persons\/[0-9a-f-]{36}\?done=/);
  await round.looks('a person\'s record');
}

/** Each question of the report as the phone asks it, and what waits after it was sent. */
async function reportsStepByStep(round) {
  const { page, person } = round;
  for (const step of ['photos', 'where', 'what', 'then', 'send']) {
    await page.locator(`[data-step="${step}"]`).waitFor();
    await round.looks(`report, ${step}`);
    if (step === 'send') break;
    if (step === 'where') {
      await page.locator('[data-unowned]').click();
      await page.locator('#report-subject_name').fill('香溪路旁边坡');
      await round.looks('report, nobody\'s');
    }
    if (step === 'what') await page.locator('#report-description').fill('边坡有新近滚石');
    await page.locator('[data-step-next]').click();
  }
  await page.locator('[data-send] button').click();
  await page.locator('.outbox-list a').first().waitFor();
  await round.looks('report, delivered');
  await person.losesSignal();
  await round.looks('report, no signal');
  await person.findsSignal();
}

// What a page looks like does not depend on the engine: each of the two meets every page, every screen and every language.
const LOOKS = [
  ['desk', 'zh', 'sqlite'],
  ['phone', 'zh', 'postgres'],
  ['desk', 'en', 'postgres'],
  ['phone', 'en', 'sqlite'],
];

for (const [screen, language, engine] of LOOKS) {
  const story = async (city) => {
    const faults = [];
    let seen = 0;
    for (const account of Object.keys(rounds)) {
      const round = await sitsDown(city, account === 'null' ? null : account, screen, language);
      await rounds[account](round);
      faults.push(...round.faults);
      seen += round.seen;
    }
    assert.equal(faults.length, 0, `${faults.length} faults on ${seen} pages:\n  ${faults.join('\n  ')}`);
    assert.ok(seen > 110, `only ${seen} pages were looked at`);
  };
  // Large enough for every page to have something on it.
  journey(`accessible ${screen} ${language}`, story, [engine], 240);
}
