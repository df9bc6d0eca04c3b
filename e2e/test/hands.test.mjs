// Who acts for whom. A clerk records what a leader wrote, with the signed page, and the county answers it. A town hands out a slip of
// codes to a unit without a phone and records for it; the unit confirms at the clerk's screen, and the clerk does not re-check.
import assert from 'node:assert/strict';
import { journey } from '../harness/journey.mjs';
import { photo } from '../harness/reporting.mjs';

const UNIT = '安途客运（演示）有限公司';

const addressOf = (person) => new URL(person.page.url()).pathname;

async function opens(person, address, opener) {
  await person.goes(address);
  await person.follows(opener);
}

/** Found by the town, to be rectified at once. */
async function orders(person, description) {
  await person.goes('/report');
  await person.attaches('现场照片', photo('exit-before'));
  await person.sees('已送达');
  await person.fills('在哪个单位、场所', UNIT);
  await person.fills('具体位置', '站场一号车位');
  await person.fills('隐患描述', description);
  await person.page.locator('input[name="initial_level"][value="serious"]').check();
  await person.presses('提交上报');
  await person.sees('上报已送达。');
  return addressOf(person);
}

journey('who acts for whom', async (city) => {
  const { county, office } = city;
  const town = city.person('town-610902003');
  const second = city.person('town-610902003-2');
  await town.signsIn();
  const address = await orders(town, '车辆灭火器过期，应急锤缺失');

  // A leader wrote on it: the clerk of the city's office records it, the county answers.
  await office.signsIn();
  await office.goes(`${address}#act-instruction`);
  await office.fills('领导姓名', '罗安国');
  await office.fills('领导职务', '副市长');
  await office.fills('批示原文', '请交通、应急部门盯住整改，限期办复。');
  const today = await office.page.locator('#instruction-signed_on').getAttribute('max');
  await office.page.locator('#instruction-signed_on').fill(today);
  await office.attaches('签批页', photo('exit-before'));
  await office.sees('已送达');
  await office.page.locator('#act-instruction footer button').click();
  await office.sees('批示已登记，待办复。');
  await office.sees('代录罗安国批示');
  await office.leavesPicture('instructed');
  await office.goes('/');
  await office.follows('批示件');
  await office.sees('车辆灭火器过期');
  await county.signsIn();
  await opens(county, address, '批示办复');
  await county.fills('答复内容', '已约谈企业负责人，责令当日更换。');
  await county.page.locator('#act-instruction-answer footer button').click();
  await county.sees('批示已办复。');
  await opens(county, address, '核实判定');
  await county.page.locator('#act-confirmation footer button').click();
  await county.sees('已判定。');

  // One officer hands out the slip, another records.
  await town.goes('/proxies');
  await town.page.locator('#proxy-unit').fill(UNIT);
  await town.page.locator('#proxy-head').fill('文春舟');
  await town.page.locator('#proxy-reason').fill('无智能手机');
  await town.presses('发放口令单');
  await town.sees(`口令单：${UNIT}`);
  await town.leavesPicture('slip');
  const codes = await town.page.locator('.slip-codes li').allTextContents();
  assert.equal(codes.length, 5);
  await second.signsIn({ screen: 'phone' });
  await second.goes('/proxies');
  await second.sees(UNIT);
  await second.fitsScreen();
  assert.equal(await second.page.getByText(codes[0]).count(), 0, 'a code is shown once');
  await opens(second, address, '报送整改方案');
  await second.sees(`代${UNIT}录入`);
  await second.fills('整改目标', '灭火器、应急锤齐全有效');
  await second.fills('整改措施', '更换灭火器，补配应急锤');
  await second.fills('整改资金', '800');
  await second.fills('整改责任人', '文春舟');
  await second.fills('整改期间应急预案', '停运检修，安排专人看护');
  await second.presses('报送方案');
  await second.sees('整改方案已送达。');
  await second.sees('待单位确认');
  await second.leavesPicture('by-proxy');
  await second.fitsScreen();

  // The unit's head types a code at the clerk's screen; a wrong one confirms nothing.
  await opens(second, address, '单位确认');
  const code = second.page.locator('#proxy-confirmation-code');
  await code.fill(codes.includes('000000') ? '000001' : '000000');
  second.expects(422);
  await second.page.locator('#act-proxy-confirmation footer button').click();
  await second.sees('口令不正确');
  assert.equal(await code.inputValue(), '', 'what was typed there is not given back');
  await code.fill(codes[0]);
  await second.page.locator('#act-proxy-confirmation footer button').click();
  await second.sees('单位已确认。');
  await second.sees('单位已凭口令确认');
  assert.equal(await second.page.getByText('待单位确认').count(), 0);
  await second.leavesPicture('confirmed');
});
