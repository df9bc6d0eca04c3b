// A head of section is away for a week: she delegates acceptance to a colleague, who accepts in her stead. The case names both; the
// head does not judge it afterwards; and once she takes it back, the colleague's open page is worth nothing any more.
import assert from 'node:assert/strict';
import { journey } from '../harness/journey.mjs';
import { photo, reportsByPhone } from '../harness/reporting.mjs';

const UNIT = '青屿毛绒玩具（演示）有限公司';

async function opens(person, address, opener) {
  await person.goes(address);
  await person.follows(opener);
}

/** Reported, confirmed, planned and rectified: it waits for the county. */
async function submitted({ town, county, enterprise }) {
  const what = '成品库消防栓箱被货架遮挡，箱内无水带';
  const address = await reportsByPhone(town, { photos: ['exit-before'], unit: UNIT, what });
  await opens(county, address, '核实判定');
  await county.page.locator('#act-confirmation footer button').click();
  await county.sees('已判定。');
  await opens(enterprise, address, '报送整改方案');
  await enterprise.fills('整改目标', '消防栓前一米内不放置任何物品');
  await enterprise.fills('整改措施', '移开货架，补配水带水枪');
  await enterprise.fills('整改资金', '1200');
  await enterprise.fills('整改责任人', '高志松');
  await enterprise.fills('整改期间应急预案', '值班人员就近放置灭火器四具');
  await enterprise.presses('报送方案');
  await enterprise.sees('整改方案已送达。');
  await opens(enterprise, address, '提交整改');
  await enterprise.fills('整改情况', '货架已移开，水带水枪已补配');
  await enterprise.attaches('整改后照片、凭证', photo('exit-after'));
  await enterprise.sees('已送达');
  await enterprise.presses('提交整改，申请验收');
  await enterprise.sees('整改已提交，等待验收。');
  return address;
}

journey('on behalf of', async (city) => {
  const { town, county, enterprise, secondAtCounty, office } = city;
  const third = city.person('county-610902-3');
  await town.signsIn({ screen: 'phone' });
  await county.signsIn();
  await enterprise.signsIn();
  const address = await submitted(city);

  // For a week, acceptance and nothing else.
  await secondAtCounty.signsIn();
  await secondAtCounty.follows('授权委托');
  const colleague = secondAtCounty.page.locator('input[name="taker"], select[name="taker"] option');
  assert.ok((await colleague.count()) > 0, 'there are colleagues');
  const head = await secondAtCounty.page.locator('.eyes b').first().innerText();
  await third.signsIn({ screen: 'phone' });
  const name = await third.page.locator('.eyes b').first().innerText();
  await secondAtCounty.page.getByLabel(name).check();
  await secondAtCounty.page.locator('input[name="acts"][value="accept"]').check();
  await secondAtCounty.page.locator('#delegation-reason').fill('赴省厅培训');
  await secondAtCounty.leavesPicture('giving');
  await secondAtCounty.presses('登记委托');
  await secondAtCounty.sees('已登记委托');

  // The colleague finds it on the desk and accepts in her stead.
  await third.goes('/');
  await third.follows('受托待办身份');
  await third.fitsScreen();
  await third.presses(`以${head}的委托办理`);
  await third.sees(`受${head}委托`);
  await opens(third, address, '办理验收');
  const inspectors = third.page.locator('#act-acceptance input[name="inspectors"]');
  await inspectors.nth(0).check();
  await inspectors.nth(1).check();
  await third.page.locator('#acceptance-opinion').fill('现场核查，整改到位，同意验收');
  await third.presses('验收合格');
  await third.sees('验收意见已记录。');
  await third.sees(`${name}（受${head}委托）`);
  await third.fitsScreen();
  await third.leavesPicture('accepted');

  // She is back, and takes it back. The page that lies open does nothing any more.
  await secondAtCounty.goes(address);
  await secondAtCounty.sees(`${name}（受${head}委托）`);
  await secondAtCounty.goes('/delegations');
  await secondAtCounty.page.getByLabel('终止原因').fill('提前返岗');
  await secondAtCounty.presses('终止委托');
  await secondAtCounty.sees('受托人即时不能再以委托身份办理');
  third.expects(401);
  await third.goes(address);
  await third.sees('委托已经终止或到期');
  await third.follows('登录');
  await third.signsIn();
  await third.goes(address);
  await third.doesNotSee('返回本人岗位');
  await office.signsIn();
  await office.goes(address);
  await office.sees(`${name}（受${head}委托）`);
});
