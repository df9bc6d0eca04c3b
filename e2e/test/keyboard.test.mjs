// The whole loop without a mouse, and what a keyboard needs on the way: a way past the navigation, forms that keep the focus while they
// are open and give it back, errors that are met first and lead to their fields, rows that j, k and enter walk through.
import assert from 'node:assert/strict';
import { journey } from '../harness/journey.mjs';
import { Keys } from '../harness/keys.mjs';
import { photo } from '../harness/reporting.mjs';
import { PASSWORD } from '../harness/server.mjs';

const UNIT = '青屿毛绒玩具（演示）有限公司';
const WHAT = '二号车间东侧疏散通道堆放成品纸箱，净宽不足一米';

async function sitsAtKeys(person) {
  await person.sitsDown();
  const keys = new Keys(person);
  await keys.signsIn(person.account, PASSWORD);
  return keys;
}

/** From the desk to the case, as a keyboard does it: look for it, and enter on the row. */
async function findsCase(keys, number) {
  await keys.person.goes('/hazards');
  await keys.press('/');
  assert.equal((await keys.at()).field, 'q', '/ goes to the search');
  await keys.page.keyboard.insertText(number);
  await keys.press('Enter');
  await keys.page.waitForURL(/q=/);
  await keys.person.sees(number);
  await keys.press('j');
  assert.equal((await keys.at()).name, number, 'j goes to the first row');
  await keys.press('Enter');
  await keys.page.waitForURL(/\/hazards\/[0-9a-f-]{36}$/);
}

/** Opens a form from the bar of acts; the focus is in it. */
async function opens(keys, opener, act) {
  await keys.presses((at) => at.tag === 'a' && at.name === opener);
  const inside = await keys.page.evaluate((id) => document.getElementById(id)?.contains(document.activeElement), `act-${act}`);
  assert.ok(inside, `the focus goes into ${act}`);
}

journey('keys alone', async (city) => {
  const { town, county, enterprise, secondAtCounty, office } = city;
  const reporting = await sitsAtKeys(town);
  // Past the navigation in two keys.
  await town.goes('/');
  await reporting.press('Tab');
  assert.match((await reporting.at()).name, /跳到正文/);
  await reporting.press('Enter');
  assert.equal(await town.page.evaluate(() => document.activeElement?.id), 'main');
  await town.goes('/');
  await reporting.presses('上报隐患');
  await town.page.waitForURL(/\/report/);

  // Sent too early: the errors are met first, and lead to their fields. The browser's own check is left aside to meet the server's.
  await reporting.attaches('photos', photo('exit-before'));
  await town.sees('已送达');
  await reporting.types('subject', '没有这个单位');
  await reporting.types('location_text', '二号车间东侧疏散通道');
  await reporting.types('description', WHAT);
  await reporting.chooses('initial_level', 'serious');
  town.expects(422);
  await reporting.presses('提交上报');
  await town.sees('名单中没有这个单位，请选择或填为新对象');
  assert.equal(await town.page.evaluate(() => document.activeElement?.id), 'report-errors', 'the errors have the focus');
  await reporting.presses((at) => at.href === '#report-subject');
  const field = await reporting.at();
  assert.equal(field.field, 'subject', 'an error leads to its field');
  const told = await town.page.evaluate(() => {
    const at = document.activeElement;
    const by = (at.getAttribute('aria-describedby') ?? '').split(' ');
    return [at.getAttribute('aria-invalid'), by.map((id) => document.getElementById(id)?.textContent ?? '').join('')];
  });
  assert.equal(told[0], 'true');
  assert.match(told[1], /名单中没有这个单位/);
  await reporting.types('subject', UNIT);
  await reporting.presses('提交上报');
  await town.sees('上报已送达。');
  const number = (await town.page.locator('.case-number .number').innerText()).trim();

  const judging = await sitsAtKeys(county);
  await findsCase(judging, number);
  await opens(judging, '核实判定', 'confirmation');
  // Around in the form, forwards and backwards, and never out of it.
  for (const key of ['Tab', 'Shift+Tab']) {
    for (let n = 0; n < 30; n += 1) {
      await judging.press(key);
      const inside = await county.page.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null);
      assert.ok(inside, `${key} leaves the open form`);
    }
  }
  await judging.press('Escape');
  assert.equal((await judging.at()).name, '核实判定', 'escape closes and gives the focus back');
  await judging.press('Enter');
  await judging.types('clauses', '《中华人民共和国消防法》');
  await judging.presses((at) => at.tag === 'button' && at.name === '确认');
  await county.sees('已判定。');

  const doing = await sitsAtKeys(enterprise);
  await findsCase(doing, number);
  await opens(doing, '报送整改方案', 'plan');
  await doing.types('target', '疏散通道恢复两米净宽');
  await doing.types('measures', '清运纸箱，地面划线');
  await doing.types('funds', '1200');
  await doing.types('responsible_person', '高志松');
  await doing.types('emergency_plan', '整改期间安排专人值守');
  await doing.presses('报送方案');
  await enterprise.sees('整改方案已送达。');
  await opens(doing, '提交整改', 'rectification');
  await doing.types('summary', '纸箱已全部清运，通道已划线');
  await doing.attaches('evidence', photo('exit-after'));
  await enterprise.sees('已送达');
  await doing.presses('提交整改，申请验收');
  await enterprise.sees('整改已提交，等待验收。');

  const accepting = await sitsAtKeys(secondAtCounty);
  await findsCase(accepting, number);
  await opens(accepting, '办理验收', 'acceptance');
  await accepting.checks('inspectors', 2);
  await accepting.chooses('cause', 'management');
  await accepting.types('opinion', '现场核查，通道畅通，同意验收');
  await accepting.presses((at) => at.tag === 'button' && at.name === '验收合格');
  await secondAtCounty.sees('验收意见已记录。');

  const ending = await sitsAtKeys(office);
  await findsCase(ending, number);
  await opens(ending, '办理销号', 'sign-off');
  await ending.types('opinion', '验收意见和照片一致，同意销号');
  await ending.presses((at) => at.tag === 'button' && at.name === '同意销号');
  await office.sees('已销号');
  await office.sees('本隐患已办理完毕，不再办理。');
  await office.leavesPicture('signed-off');
});
