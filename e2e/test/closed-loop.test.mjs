// A hazard goes round: the town reports, the county confirms, the enterprise plans and rectifies on a phone, another officer of
// the county accepts, the city signs off. Five people; each sees only what is theirs to do.
import assert from 'node:assert/strict';
import { journey } from '../harness/journey.mjs';
import { photo, reportsByPhone } from '../harness/reporting.mjs';

const UNIT = '青屿毛绒玩具（演示）有限公司';

/** The address of the case that a person is looking at, without what the last act left in it. */
const addressOf = (person) => new URL(person.page.url()).pathname;

async function reports(person, description, level = 'general') {
  await person.goes('/report');
  await person.attaches('现场照片', photo('exit-before'));
  await person.sees('已送达');
  await person.fills('在哪个单位、场所', UNIT);
  await person.fills('具体位置', '二号车间东侧疏散通道');
  await person.fills('隐患描述', description);
  await person.page.locator(`input[name="initial_level"][value="${level}"]`).check();
  await person.presses('提交上报');
  await person.sees('上报已送达。');
  return addressOf(person);
}

/** Opens the form of an act on the page of the case. */
async function opens(person, address, opener) {
  await person.goes(address);
  await person.follows(opener);
}

journey('closed loop', async (city) => {
  const { town, county, enterprise, secondAtCounty, office } = city;
  await town.signsIn();
  const description = '二号车间东侧疏散通道堆放成品纸箱，净宽不足一米，安全出口被遮挡';
  // Serious, so that it goes all the way to the city.
  const address = await reports(town, description, 'serious');
  await town.sees('待判定');
  await town.doesNotSee('核实判定');
  await town.leavesPicture('reported');

  // The enterprise has its desk open: it has nothing to do there yet.
  await enterprise.signsIn({ screen: 'phone' });
  await enterprise.fitsScreen();
  const desk = enterprise.page.locator('#desk-today');
  assert.equal(await desk.getByText(description).count(), 0);

  await county.signsIn();
  await opens(county, address, '核实判定');
  await county.fills('判定依据条款', '《中华人民共和国消防法》');
  await county.presses('确认');
  await county.sees('已判定。');
  await county.sees(`下一步由${UNIT}办理。`);

  // The open desk has looked again by itself.
  await desk.getByText(description).first().waitFor();
  await opens(enterprise, address, '报送整改方案');
  await enterprise.fills('整改目标', '疏散通道恢复两米净宽，安全出口可从内侧打开');
  await enterprise.fills('整改措施', '清运纸箱，地面划线，设专人每日巡查');
  await enterprise.fills('整改资金', '1200');
  await enterprise.fills('整改责任人', '高志松');
  await enterprise.fills('整改期间应急预案', '整改期间安排专人值守，发现火情立即疏散');
  await enterprise.presses('报送方案');
  await enterprise.sees('整改方案已送达。');
  await opens(enterprise, address, '提交整改');
  await enterprise.fills('整改情况', '纸箱已全部清运，通道已划线，出口可正常开启');
  await enterprise.attaches('整改后照片、凭证', photo('exit-after'));
  await enterprise.sees('已送达');
  await enterprise.presses('提交整改，申请验收');
  await enterprise.sees('整改已提交，等待验收。');
  await enterprise.fitsScreen();
  await enterprise.leavesPicture('rectified');

  await secondAtCounty.signsIn();
  await opens(secondAtCounty, address, '办理验收');
  const inspectors = secondAtCounty.page.locator('input[name="inspectors"]');
  await inspectors.nth(0).check();
  await inspectors.nth(1).check();
  await secondAtCounty.page.locator('#act-acceptance input[name="cause"][value="management"]').check();
  await secondAtCounty.page.locator('#acceptance-opinion').fill('现场核查，通道畅通，出口可开启，同意验收');
  await secondAtCounty.presses('验收合格');
  await secondAtCounty.sees('验收意见已记录。');

  await office.signsIn();
  await opens(office, address, '办理销号');
  await office.page.locator('#sign-off-opinion').fill('验收意见和照片一致，同意销号');
  await office.presses('同意销号');
  await office.sees('已销号');
  await office.sees('本隐患已办理完毕，不再办理。');
  await office.leavesPicture('signed-off');

  // Six acts by five people stand in the timeline, each with who and when.
  const acts = await office.page.locator('.timeline > li, .timeline li.event').count();
  assert.ok(acts >= 6, `the timeline shows ${acts} acts`);
  await office.goes(`${address}/card`);
  await office.sees('隐患档案卡');
  await office.leavesPicture('card');
});

journey('sent back, out of sight, twice pressed', async (city) => {
  const { town, county, enterprise, neighbour, discipline, office } = city;
  await town.signsIn({ screen: 'phone' });
  const what = '成品库消防栓箱被货架遮挡，箱内无水带';
  const address = await reportsByPhone(town, { photos: ['exit-before'], unit: UNIT, what });

  // Another county does not learn that it is there.
  await neighbour.signsIn();
  neighbour.expects(404);
  await neighbour.goes(address);
  await neighbour.sees('没有找到，或不在您的范围内');

  // Discipline reads and has no button.
  await discipline.signsIn();
  await discipline.goes(address);
  await discipline.sees('您的岗位只可查看。');
  assert.equal(await discipline.page.locator('form[method="post"][action^="/hazards/"]').count(), 0);

  // What is missing is said at its field, and nothing typed is lost.
  await county.signsIn();
  await opens(county, address, '核实判定');
  await county.page.locator('#act-confirmation input[name="determination"][value="major"]').check();
  await county.fills('文书号', '汉滨应急责改〔2026〕7号');
  county.expects(422);
  await county.presses('确认');
  await county.sees('认定为重大事故隐患须写明条款');
  assert.equal(await county.page.locator('#confirmation-order_no').inputValue(), '汉滨应急责改〔2026〕7号');
  await county.leavesPicture('major-needs-clause');
  await county.page.locator('#act-confirmation input[name="determination"][value="not_major"]').check();

  // Two presses are one act.
  await county.page.locator('#act-confirmation footer button').dblclick();
  await county.sees('已判定。');
  await county.goes(address);
  assert.equal(await county.page.getByText('核实判定', { exact: true }).count(), 1, 'one confirmation in the timeline');

  // Somebody acts on a page that has grown old: nothing is overwritten, and what was typed is still there.
  await enterprise.signsIn();
  await opens(enterprise, address, '报送整改方案');
  await enterprise.fills('整改目标', '消防栓前一米内不放置任何物品');
  await enterprise.fills('整改措施', '移开货架，补配水带水枪');
  await enterprise.fills('整改资金', '0.3');
  await enterprise.page.locator('select[name="funds_unit"]').selectOption('wan');
  await enterprise.fills('整改责任人', '高志松');
  await enterprise.fills('整改期间应急预案', '值班人员就近放置灭火器四具');
  await opens(county, address, '临时管控措施');
  await county.page.locator('#act-interim-measure select[name="kind"]').selectOption('extra_fire_gear');
  await county.page.locator('#interim-measure-text').fill('整改完成前在库门口加放灭火器四具');
  await county.presses('记录措施');
  await county.sees('临时管控措施已记录。');
  enterprise.expects(412);
  await enterprise.presses('报送方案');
  await enterprise.sees('您打开之后，他人已更新');
  assert.equal(await enterprise.page.locator('#plan-target').inputValue(), '消防栓前一米内不放置任何物品');
  await enterprise.presses('报送方案');
  await enterprise.sees('整改方案已送达。');
  await enterprise.sees('3,000 元');

  // Chosen from the album; the page has grown old again, and the photo that has arrived is still there by its name.
  await opens(enterprise, address, '提交整改');
  await enterprise.fills('整改情况', '货架已移开');
  await enterprise.attaches('从相册选择', photo('record-after'));
  await enterprise.sees('已送达');
  await opens(county, address, '临时管控措施');
  await county.page.locator('#act-interim-measure select[name="kind"]').selectOption('extra_fire_gear');
  await county.page.locator('#interim-measure-text').fill('加放灭火器两具');
  await county.presses('记录措施');
  await county.sees('临时管控措施已记录。');
  enterprise.expects(412);
  await enterprise.presses('提交整改，申请验收');
  await enterprise.sees('您打开之后，他人已更新');
  await enterprise.sees('record-after.png');
  await enterprise.presses('提交整改，申请验收');
  await enterprise.sees('整改已提交，等待验收。');

  // The county sends it back, with the reason; the enterprise sees it on its desk.
  await opens(county, address, '办理验收');
  await county.page.locator('#acceptance-opinion').fill('未补配水带，按方案完成后再报');
  await county.presses('验收不合格，退回整改');
  await county.sees('验收意见已记录。');
  await enterprise.goes(address);
  await enterprise.sees('退回 1 次');
  await enterprise.sees('未补配水带，按方案完成后再报');

  // English at the switch, without losing the place.
  await office.signsIn();
  await office.goes(address);
  await office.presses('English');
  await office.sees('Sent back');
  assert.equal(addressOf(office), address);
});

journey('sent before the photo has arrived', async (city) => {
  const { town } = city;
  await town.signsIn();
  await town.goes('/report');
  // The net is slow: the form is sent while the photo is still on its way, and takes it along.
  await town.page.route('**/files', () => {});
  await town.attaches('现场照片', photo('exit-before'));
  await town.fills('在哪个单位、场所', UNIT);
  await town.fills('具体位置', '一号车间北门');
  await town.fills('隐患描述', '一号车间北门外堆放杂物，疏散受阻');
  await town.presses('提交上报');
  await town.sees('上报已送达。');
  assert.equal(await town.page.locator('figure.photo img[alt="exit-before.png"]').count(), 1);
});

journey('without script', async (city) => {
  const { town } = city;
  await town.signsIn({ screen: 'phone', script: false });
  await town.goes('/report');
  await town.page.locator('input[name="photos"]').first().setInputFiles(photo('slope-before'));
  await town.page.locator('details.new-subject summary').click();
  await town.page.locator('input[name="subject_kind"][value="unowned"]').check();
  await town.page.locator('input[name="subject_name"]').fill('香溪路旁边坡');
  await town.fills('具体位置', '香溪路K0+300内侧');
  await town.fills('隐患描述', '边坡有新近滚石，坡脚无防护网，下方为行人便道');
  await town.presses('提交上报');
  await town.sees('上报已送达。');
  await town.sees('香溪路旁边坡');
  await town.sees('无主点位');
  await town.fitsScreen();
});
