// A phone without a signal reports a slope that is nobody's; with the signal back it is delivered; the town finds out whose it is, and
// the case ends with its real owner.
import assert from 'node:assert/strict';
import { journey } from '../harness/journey.mjs';
import { fillsIn, photo } from '../harness/reporting.mjs';

const SPOT = '培新街后山边坡';
const OWNER = '金汉里农贸市场（演示）';

async function opens(person, address, opener) {
  await person.goes(address);
  await person.follows(opener);
}

journey('a slope finds its owner', async (city) => {
  const { town, county, secondAtCounty, office } = city;
  const owner = city.person('enterprise-2');
  await town.signsIn({ screen: 'phone' });
  await town.goes('/report');
  await town.sees('本页已存这部设备');
  await town.losesSignal();
  await fillsIn(town, { photos: ['slope-before'], spot: SPOT, place: '市场停车场内侧', what: '边坡有新近滚石，坡脚无防护网' });
  await town.presses('提交上报');
  await town.sees('已存手机，未送达');
  await town.leavesPicture('waits');
  await town.findsSignal();
  await town.sees(/已送达 \d\d:\d\d/);
  const address = await town.page.locator('.outbox-list a').first().getAttribute('href');

  // Nobody's yet: the town stands in, and the owner does not learn of it.
  await owner.signsIn({ screen: 'phone' });
  owner.expects(404);
  await owner.goes(address);
  await owner.sees('没有找到，或不在您的范围内');
  await county.signsIn();
  await opens(county, address, '核实判定');
  await county.page.locator('#act-confirmation input[name="initial_level"][value="serious"]').check();
  await county.fills('判定依据条款', '《中华人民共和国安全生产法》');
  await county.presses('确认');
  await county.sees('已判定。');
  await county.sees('无主点位');

  // The town has looked it up. A name that nobody bears is told at its field, and what was typed stays.
  await opens(town, address, '明确责任单位');
  const named = town.page.locator('#owner-owner');
  await named.fill('金汉里');
  await town.page.locator('#owner-basis').fill('宗地图显示边坡位于市场用地红线内');
  town.expects(422);
  await town.page.locator('#act-owner footer button').click();
  await town.sees('名录中没有这个单位，请填全称或统一社会信用代码');
  await town.fitsScreen();
  await town.leavesPicture('not-on-the-list');
  assert.equal(await town.page.locator('#owner-basis').inputValue(), '宗地图显示边坡位于市场用地红线内');
  await named.fill(OWNER);
  await town.page.locator('#act-owner footer button').click();
  await town.sees('责任单位已明确。');
  await town.sees(`下一步由${OWNER}办理。`);
  await town.sees('原报点位');
  await town.sees(SPOT);
  await town.fitsScreen();
  await town.leavesPicture('owner-named');

  // It is the owner's now: on the desk, with the deadline that was set before.
  await owner.goes('/');
  await owner.sees('边坡有新近滚石');
  await opens(owner, address, '报送整改方案');
  await owner.fills('整改目标', '清除危石，坡脚设防护网');
  await owner.fills('整改措施', '人工清危，挂主动防护网，设警示牌');
  await owner.fills('整改资金', '36000');
  await owner.fills('整改责任人', '薛子华');
  await owner.fills('整改期间应急预案', '封闭内侧停车位，雨天专人巡查');
  await owner.presses('报送方案');
  await owner.sees('整改方案已送达。');
  await opens(owner, address, '提交整改');
  await owner.fills('整改情况', '危石已清除，防护网已挂设');
  await owner.attaches('整改后照片、凭证', photo('slope-after'));
  await owner.sees('已送达');
  await owner.presses('提交整改，申请验收');
  await owner.sees('整改已提交，等待验收。');

  await secondAtCounty.signsIn();
  await opens(secondAtCounty, address, '办理验收');
  const form = secondAtCounty.page.locator('#act-acceptance');
  await form.locator('input[name="inspectors"]').nth(0).check();
  await form.locator('input[name="inspectors"]').nth(1).check();
  await form.locator('input[name="cause"][value="environment"]').check();
  await form.locator('#acceptance-opinion').fill('现场核查，防护网牢固，同意验收');
  await secondAtCounty.presses('验收合格');
  await secondAtCounty.sees('验收意见已记录。');

  await office.signsIn();
  await opens(office, address, '办理销号');
  await office.page.locator('#sign-off-opinion').fill('同意销号');
  await office.presses('同意销号');
  await office.sees('已销号');
  const facts = await office.page.locator('section[aria-labelledby="facts"]').innerText();
  assert.match(facts, new RegExp(`责任单位\\s+${OWNER}`));
  assert.match(facts, new RegExp(`原报点位\\s+${SPOT}`));
  await office.leavesPicture('signed-off');
  // The file card names the owner too.
  await office.goes(`${address}/card`);
  await office.sees(OWNER);
});
