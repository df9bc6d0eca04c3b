// Time passes over a case, and its date with it. The leader's page tells that it is overdue, why it was due on that date, who was
// responsible when, and what the ladder has drafted; the page of the case answers for any day.
import assert from 'node:assert/strict';
import { setTimeout as after } from 'node:timers/promises';
import { journey } from '../harness/journey.mjs';
import { reportsByPhone } from '../harness/reporting.mjs';

const UNIT = '青屿毛绒玩具（演示）有限公司';
const COUNTY = '汉滨区应急管理局';
const DAYS = 12;
/** The ladder is climbed every minute. */
const LADDER_MS = 90_000;

/** `2026-11-20`, so many days from now, where the city is. */
const day = (days) => new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);

/** The case as the leader's page tells it. */
const told = (person, what) => person.page.locator('.tells > li').filter({ hasText: what });

async function waitsForTheLadder(person, what) {
  const until = Date.now() + LADDER_MS;
  while ((await told(person, what).getByText('领导批示件待发').count()) === 0) {
    assert.ok(Date.now() < until, 'the ladder drafted nothing');
    await after(1_000);
    await person.goes('/leader');
  }
}

async function asksWhoOn(person, date) {
  await person.page.locator('#responsible-day').fill(date);
  await person.presses('查看');
  await person.page.waitForURL((url) => url.search.includes(`on=${date}`));
  return person.page.locator('section[aria-labelledby="responsible"]').innerText();
}

journey('a leader sees what is overdue, why, and who', async (city) => {
  const what = '一层成品库安全出口上锁，喷淋系统末端无水';
  const [today, due] = [day(0), day(3)];
  await city.town.signsIn({ screen: 'phone' });
  const address = new URL(await reportsByPhone(city.town, { photos: ['exit-before'], unit: UNIT, what }), city.origin).pathname;

  await city.county.signsIn();
  await city.county.goes(address);
  await city.county.follows('核实判定');
  const form = city.county.page.locator('#act-confirmation');
  await form.locator('input[name="initial_level"][value="suspected_major"]').check();
  await form.locator('input[name="determination"][value="major"]').check();
  await city.county.fills('判定依据条款', '判定标准第三条');
  await form.locator('input[name="deadline"]').fill(due);
  await form.locator('input[name="order_no"]').fill('汉滨应急责改〔2026〕9号');
  await city.county.presses('确认');
  await city.county.sees('已判定。');

  // In time, it is not on the page of overdue cases.
  await city.office.signsIn();
  await city.office.follows('领导一页纸');
  assert.equal(await told(city.office, what).count(), 0);

  await city.timePasses(DAYS);
  const { office } = city;
  await office.signsIn();
  await office.goes('/leader');
  await waitsForTheLadder(office, what);
  const text = await told(office, what).innerText();
  assert.match(text, /超期 [89] 天/);
  assert.ok(text.includes(`确认时定的整改期限 ${due}`), `why this date: ${text}`);
  assert.ok(text.includes(COUNTY) && text.includes(UNIT), `who was responsible: ${text}`);
  assert.match(text, new RegExp(`${UNIT}\\s*期限届满时负责`));
  assert.match(text, /整改中|待整改|已判定|待报方案|没有办理/);
  await told(office, what).getByText('看拟稿').click();
  await office.sees('拟办意见：请分管领导督办');
  await office.leavesPicture('leader');

  // On paper, with as of when and the checkpoint of the record.
  await office.goes('/leader/print');
  await office.sees('数据截至');
  await office.sees(/存证：前 \d+ 件事件/);
  assert.equal(await office.page.locator('main a').count(), 0);
  await office.leavesPicture('paper');

  // The county of the case is marked, and its number opens the case.
  await office.goes('/leader');
  const county = office.page.locator('.leader-lines tbody tr').filter({ hasText: '汉滨区' });
  assert.ok((await county.innerText()).includes('红'), 'something major is overdue there');
  await county.locator('td').nth(3).locator('a').click();
  await office.sees(what);

  // Who was responsible on a day: the county before it confirmed, the unit from then on; nobody before the report.
  await office.goes(address);
  assert.match(await asksWhoOn(office, today), new RegExp(COUNTY));
  const onDue = await asksWhoOn(office, due);
  assert.ok(onDue.includes(UNIT) && !onDue.includes(COUNTY), onDue);
  const later = await asksWhoOn(office, day(DAYS - 1));
  assert.ok(later.includes(UNIT) && later.includes('超期'), later);
  office.expects(422);
  await office.goes(`${address}?on=yesterday`);
  await office.sees('日期须为年-月-日');

  // The draft waits for a person.
  await office.goes('/leader');
  await told(office, what).getByRole('link', { name: '领导批示件待发' }).click();
  await office.sees('报领导');
  assert.equal(await office.page.getByText('领导批示件已发').count(), 0, 'nothing is sent by itself');

  // On a phone the page stays within the screen.
  await city.secondAtOffice.signsIn({ screen: 'phone' });
  await city.secondAtOffice.goes('/leader');
  await city.secondAtOffice.fitsScreen();
  await city.secondAtOffice.goes('/');
  await city.secondAtOffice.fitsScreen();
});
