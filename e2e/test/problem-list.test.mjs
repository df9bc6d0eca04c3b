// A city visit makes a list on a phone, a county answers it, the city signs it off with a sample. Five people, one letter.
import assert from 'node:assert/strict';
import { journey } from '../harness/journey.mjs';
import { photo } from '../harness/reporting.mjs';

const UNIT = '青屿毛绒玩具（演示）有限公司';
const FOUND = [
  '成品库疏散通道堆放纸箱，净宽不足一米',
  '二号车间配电箱无门，接线裸露',
  '裁剪车间灭火器压力不足',
];

const addressOf = (person) => new URL(person.page.url()).pathname;

async function opensForm(person, address, opener) {
  await person.goes(address);
  await person.follows(opener);
}

/** The addresses of the items, in the order of the list. */
async function itemsOf(person, list) {
  await person.goes(list);
  const links = person.page.locator('.problem-table a.row-link');
  return links.evaluateAll((all) => all.map((one) => new URL(one.href).pathname));
}

journey('a visit, its list, its answer', async (city) => {
  const { office, secondAtOffice, county, secondAtCounty, enterprise } = city;

  // On the spot, with a phone: the list is opened, and what is found goes straight onto it.
  await office.signsIn({ screen: 'phone' });
  await office.goes('/problem-lists');
  await office.fitsScreen();
  await office.page.locator('select[name="county"]').selectOption('610902');
  await office.chooses('四不两直检查');
  await office.fills('督查人员', '陈静\n何志远');
  await office.fills('依据', '2026年度督查计划');
  await office.presses('开列清单');
  await office.sees('问题清单已开列。');
  const list = addressOf(office);
  for (const what of FOUND) {
    await office.follows('上报并列入');
    await office.attaches('现场照片', photo('exit-before'));
    await office.sees('已送达');
    await office.fills('在哪个单位、场所', UNIT);
    await office.fills('具体位置', '二号车间');
    await office.fills('隐患描述', what);
    await office.presses('提交上报');
    await office.sees('上报已送达。');
  }
  const items = await itemsOf(office, list);
  assert.equal(items.length, 3);
  await office.fitsScreen();
  await office.leavesPicture('list-open');

  // The county does not know of it before the letter.
  await county.signsIn();
  county.expects(404);
  await county.goes(list);
  await county.sees('没有找到，或不在您的范围内');

  await office.presses('发出交办函');
  await office.sees('交办函已发出，各项已交办。');
  await office.sees(/安安办函〔\d{4}〕\d+号/);
  await office.goes(`${list}/letter`);
  await office.sees('关于交办安全生产督查发现问题的函');
  await office.sees('安全生产督查发现问题清单');

  await county.goes('/problem-lists');
  await county.sees('待签收');
  await county.goes(list);
  await county.presses('签收');
  await county.sees('清单已签收，各项已签收。');
  await enterprise.signsIn();
  for (const item of items.slice(0, 2)) {
    await opensForm(county, item, '核实判定');
    await county.presses('确认');
    await county.sees('已判定。');
    await opensForm(enterprise, item, '报送整改方案');
    await enterprise.fills('整改措施', '清运纸箱，更换箱门');
    await enterprise.fills('整改责任人', '高志松');
    await enterprise.presses('报送方案');
    await enterprise.sees('整改方案已送达。');
    await opensForm(enterprise, item, '提交整改');
    await enterprise.fills('整改情况', '已整改完毕');
    await enterprise.attaches('整改后照片、凭证', photo('exit-after'));
    await enterprise.sees('已送达');
    await enterprise.presses('提交整改，申请验收');
    await enterprise.sees('整改已提交，等待验收。');
  }

  await secondAtCounty.signsIn();
  await secondAtCounty.goes(list);
  const inspectors = secondAtCounty.page.locator('#step-acceptance input[name="inspectors"]');
  await inspectors.nth(0).check();
  await inspectors.nth(1).check();
  await secondAtCounty.page.locator('#step-acceptance input[name="cause"][value="management"]').check();
  await secondAtCounty.page.locator('#acceptance-opinion').fill('现场核查，整改到位');
  await secondAtCounty.leavesPicture('acceptance');
  await secondAtCounty.presses('所选验收合格');
  await secondAtCounty.sees('验收意见已记录。');
  await secondAtCounty.goes(list);
  await secondAtCounty.page.locator('#step-answer input[name^="remark-"]').last().fill('灭火器已订购，本月到货');
  await secondAtCounty.presses('提交反馈');
  await secondAtCounty.sees('反馈已送达。');
  await secondAtCounty.sees('灭火器已订购，本月到货');
  await secondAtCounty.leavesPicture('answered');
  await secondAtCounty.goes(`${list}/recheck-opinion`);
  await secondAtCounty.sees('共 3 项：已整改 2 项，未整改 1 项。');

  // Somebody else of the city looks at the sample and signs off the rest; what is not accepted stays.
  await secondAtOffice.signsIn();
  await secondAtOffice.goes(list);
  await secondAtOffice.presses('抽取样本');
  await secondAtOffice.sees('清单已开列，样本已抽出。');
  const signing = addressOf(secondAtOffice);
  await secondAtOffice.page.locator('.list-table a.row-link').first().click();
  await secondAtOffice.follows('办理销号');
  await secondAtOffice.page.locator('#sign-off-opinion').fill('抽查属实，同意销号');
  await secondAtOffice.presses('同意销号');
  await secondAtOffice.sees('已销号');
  await secondAtOffice.goes(signing);
  await secondAtOffice.fills('意见', '抽查属实，同意清单销号');
  await secondAtOffice.presses('同意清单销号');
  await secondAtOffice.sees('已清单销号');
  await secondAtOffice.goes(list);
  await secondAtOffice.sees('已整改 2');
  await secondAtOffice.sees('未整改 1');
  await secondAtOffice.leavesPicture('signed-off');
});
