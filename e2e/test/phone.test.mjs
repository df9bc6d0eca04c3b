// A report waits on the phone: without a signal, through a killed browser, an upload cut off, a session that ended, somebody else on
// the same phone, and a report that was changed after it had arrived. Real Chromium, real IndexedDB, real service worker.
import assert from 'node:assert/strict';
import { journey } from '../harness/journey.mjs';
import { fillsIn, photo, reportsByPhone } from '../harness/reporting.mjs';

const SPOT = '香溪路旁边坡';
const WHAT = '边坡有新近滚石，坡脚无防护网，下方为行人便道';
const PHOTOS = ['slope-before', 'exit-before', 'record-after'];
const KEPT = '本页已存这部设备';
const WAITS = '已存手机，未送达';
const DELIVERED = /已送达 \d\d:\d\d/;

/** The report page has been opened once, and there is no signal any more. */
async function goesUpTheMountain(person) {
  await person.goes('/report');
  await person.sees(KEPT);
  await person.losesSignal();
}

/** A field comes to hold this. */
async function holds(person, field, value) {
  await person.page.waitForFunction(([selector, wanted]) => document.querySelector(selector)?.value === wanted, [field, value]);
}

/** The store of the phone comes to hold what was typed. Asked again and again inside the page: `waitForFunction` takes a promise for a yes. */
async function keeps(person, typed) {
  const found = await person.page.evaluate(async (wanted) => {
    const holds = () =>
      new Promise((resolve) => {
        indexedDB.open('anlan-phone').onsuccess = ({ target }) => {
          const all = target.result.transaction('item').objectStore('item').getAll();
          all.onsuccess = () => {
            target.result.close();
            resolve(JSON.stringify(all.result).includes(wanted));
          };
        };
      });
    for (let tries = 0; tries < 100; tries += 1) {
      if (await holds()) return true;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return false;
  }, typed);
  assert.ok(found, `${typed} is not kept on the phone`);
}

/** Uploads as they leave the phone, by the name of the file. */
function uploadsOf(person) {
  const sent = new Map();
  person.page.context().on('request', (request) => {
    if (request.method() !== 'POST' || new URL(request.url()).pathname !== '/files') return;
    const name = /filename="([^"]+)"/.exec(request.postDataBuffer()?.toString('latin1') ?? '')?.[1] ?? 'unread';
    sent.set(name, (sent.get(name) ?? 0) + 1);
  });
  return sent;
}

journey('no signal on the mountain', async (city) => {
  const { town } = city;
  await town.signsIn({ screen: 'phone' });
  await goesUpTheMountain(town);
  await town.opensAgain('/report');
  await town.sees('现在没有信号');
  await town.fitsScreen();
  await town.leavesPicture('1-photos');
  await town.attaches('现场照片', PHOTOS.map(photo));
  await town.sees('3 张已存手机');
  // Killed in the middle: photos and words are still there, and so is the question she was at.
  await town.presses('下一步');
  await town.leavesPicture('2-where');
  await town.presses('无主点位');
  await town.fills('名称', SPOT);
  await town.sees('填写中，已存手机');
  await keeps(town, SPOT);
  await town.opensAgain('/report');
  await town.sees('3 张已存手机');
  await town.presses('下一步');
  await holds(town, 'input[name="subject_name"]', SPOT);
  await town.fitsScreen();
  await town.leavesPicture('2-unowned');
  await town.presses('下一步');
  await town.sees('坡脚缺少防护网、挡墙或警示标志');
  await town.presses('边坡有新近滚石、开裂或坍塌');
  await town.leavesPicture('3-what');
  await town.fitsScreen();
  await town.fills('隐患描述', WHAT);
  // The phone's own back button, and forward again: nothing is lost.
  await town.page.goBack();
  await town.presses('下一步');
  await holds(town, 'textarea[name="description"]', WHAT);
  await town.presses('下一步');
  await town.sees('限期整改');
  await town.fitsScreen();
  await town.presses('下一步');
  await town.fitsScreen();
  await town.leavesPicture('4-send');
  await town.presses('提交上报');
  await town.sees(WAITS);
  await town.sees('1 条未送达');
  await town.fitsScreen();
  await town.leavesPicture('5-waits');
  await town.opensAgain('/');
  await town.sees(WAITS);

  // At the office. The second photo is cut off once; the first is not sent again.
  const sent = uploadsOf(town);
  let cut = false;
  await town.page.context().route('**/files', async (route) => {
    if (!cut && sent.size === 2) {
      cut = true;
      return route.abort('internetdisconnected');
    }
    return route.continue();
  });
  await town.findsSignal();
  await town.sees(/正在送达 第\d张共3张|没有信号，有信号后自动送达|已送达 \d/);
  await town.sees(DELIVERED);
  assert.ok(cut, 'the second upload was cut off');
  assert.equal(sent.get('slope-before.png'), 1, 'what was acknowledged is not sent again');
  await town.doesNotSee('1 条未送达');
  await town.leavesPicture('6-delivered');
  await town.page.locator('.outbox-list a').click();
  await town.sees(SPOT);
  await town.sees(WHAT);
  const shown = await town.page.locator('img[src^="/files/"]').evaluateAll((images) => new Set(images.map((image) => image.src)).size);
  assert.equal(shown, 3, 'three photos stand at the case');
});

journey('changed after it had arrived', async (city) => {
  const { town } = city;
  await town.signsIn({ screen: 'phone' });
  await town.goes('/report');
  await town.sees(KEPT);
  const context = town.page.context();
  // Sent by the page or by its worker, whoever is first.
  town.watch.tolerates(409);
  // The report arrives, its answer does not, and then there is no signal.
  const losesTheAnswer = async () => {
    const once = { times: 1 };
    await context.route('**/phone/hazards', async (route) => {
      await route.fetch();
      await town.losesSignal();
      await route.abort('internetdisconnected');
    }, once);
  };
  for (const [choice, description] of [['以服务器上的为准', '井盖缺失'], ['手机上的作为新上报送达', '护栏断裂']]) {
    await losesTheAnswer();
    await town.goes('/report');
    await fillsIn(town, { photos: ['slope-before'], spot: `${SPOT}${description}`, what: description });
    await town.presses('提交上报');
    await town.sees('没有信号，有信号后自动送达');
    await town.presses('修改');
    await town.presses('上一步');
    await town.presses('上一步');
    await town.fills('隐患描述', `${description}，已用警戒带围挡`);
    await town.presses('下一步');
    await town.presses('下一步');
    await town.presses('提交上报');
    await town.sees(WAITS);
    await town.findsSignal();
    await town.sees('服务器上已有这件上报');
    const versions = town.page.locator('.versions > div');
    assert.match(await versions.nth(0).innerText(), new RegExp(`服务器上的\\s+${description}\\s`));
    assert.match(await versions.nth(1).innerText(), new RegExp(`手机上的\\s+${description}，已用警戒带围挡`));
    await town.fitsScreen();
    await town.leavesPicture(`conflict-${choice.slice(0, 2)}`);
    await town.presses(choice);
    await town.page.locator('[data-unsent]').waitFor({ state: 'hidden' });
    await town.sees(DELIVERED);
  }
  // The second went in as a report of its own: three cases in all.
  await town.goes('/hazards');
  await town.sees('井盖缺失');
  await town.sees('护栏断裂，已用警戒带围挡');
  await town.doesNotSee('井盖缺失，已用警戒带围挡');
});

journey('somebody else on the same phone', async (city) => {
  const { town, county } = city;
  await town.signsIn({ screen: 'phone' });
  await goesUpTheMountain(town);
  await fillsIn(town, { photos: ['slope-before'], spot: SPOT, what: WHAT });
  await town.presses('提交上报');
  await town.sees(WAITS);
  const name = (await town.page.locator('.eyes b').first().innerText()).trim();

  // The session has ended meanwhile: everything stays, and she is asked to sign in.
  const context = town.page.context();
  await context.clearCookies();
  town.watch.tolerates(401);
  await town.findsSignal();
  await town.sees('登录已失效');
  await town.leavesPicture('signed-out');

  // A colleague takes the phone.
  const account = town.account;
  town.account = county.account;
  await town.signsIn();
  await town.goes('/report');
  await town.sees(KEPT);
  for (const hers of [WHAT, '条未送达', WAITS, name]) await town.doesNotSee(hers);
  await town.losesSignal();
  await town.opensAgain('/report');
  await town.sees('现在没有信号');
  for (const hers of [WHAT, '条未送达', WAITS, name]) await town.doesNotSee(hers);
  await town.findsSignal();
  await town.goes('/');
  await town.signsOut();
  // Nothing of the colleague is left, with a signal or without.
  const pages = await town.page.evaluate(async () => (await caches.keys()).filter((key) => key.startsWith('anlan-shell:')));
  assert.deepEqual(pages, []);
  await town.losesSignal();
  await assert.rejects(town.goes('/report'), /ERR_FAILED|ERR_INTERNET_DISCONNECTED/);
  await town.findsSignal();

  // Her report was hers all the time, and goes in her name once she is back.
  town.account = account;
  await town.signsIn();
  await town.goes('/report');
  await town.sees(DELIVERED);
  await town.page.locator('.outbox-list a').click();
  await town.sees(name);
});

journey('refused, put right, scanned', async (city) => {
  const { town, neighbour } = city;
  await town.sitsDown({ screen: 'phone' });
  // A browser that reads codes: Chromium on this machine does not. What the camera sees is a subject's code.
  await town.page.context().addInitScript(() => {
    const seen = () => [{ rawValue: sessionStorage.getItem('code') ?? 'a poem' }];
    window.BarcodeDetector = class {
      static getSupportedFormats = async () => ['qr_code'];
      detect = async () => seen();
    };
    navigator.mediaDevices.getUserMedia = async () => document.createElement('canvas').captureStream();
  });
  await town.signsIn();
  await town.goes('/report');
  await town.presses('下一步');
  const unit = await town.page.locator('#report-subjects option').nth(1).evaluate((option) => ({ id: option.dataset.id, name: option.value }));
  await town.presses('扫单位二维码');
  await town.sees('不是单位的二维码');
  await town.page.evaluate((id) => sessionStorage.setItem('code', `https://anlan.example/s/${id}`), unit.id);
  await town.sees('是什么');
  await town.presses('下一步');
  await town.sees('请写明是什么隐患');
  await town.fills('隐患描述', '消火栓无水');
  await town.presses('下一步');
  await town.presses('下一步');
  await town.sees(unit.name);
  await town.page.locator('input[name="found_at"]').fill('2030-01-01T08:00');
  town.watch.tolerates(422);
  await town.presses('提交上报');
  await town.sees('需要您处理');
  await town.leavesPicture('refused');
  await town.presses('修改');
  await holds(town, 'input[name="found_at"]', '2030-01-01T08:00');
  await town.leavesPicture('put-right');
  await town.page.locator('input[name="found_at"]').fill('');
  await town.presses('提交上报');
  await town.sees(DELIVERED);

  // The code itself is an address; whoever may not see the unit does not learn that it is there.
  await town.goes(`/s/${unit.id}`);
  await town.presses('下一步');
  await town.sees(unit.name);
  await neighbour.signsIn({ screen: 'phone' });
  neighbour.expects(404);
  await neighbour.goes(`/s/${unit.id}`);
  await neighbour.sees('没有找到，或不在您的范围内');
  // And where the browser reads none, it says so.
  await neighbour.goes('/report');
  await neighbour.presses('下一步');
  await neighbour.sees('本机浏览器不支持扫码');
});

journey('photos that arrive as something else', async (city) => {
  const { town } = city;
  await town.signsIn({ screen: 'phone' });
  let answers = 0;
  await town.page.context().route('**/files', async (route) => {
    answers += 1;
    if (answers > 1) return route.continue();
    const response = await route.fetch();
    const said = await response.json();
    return route.fulfill({ response, json: { ...said, sha256: '0'.repeat(64) } });
  });
  const address = await reportsByPhone(town, { photos: ['slope-before'], spot: SPOT, what: WHAT });
  assert.equal(answers, 2, 'a digest that is not ours is not taken for an acknowledgement');
  await town.goes(address);
  await town.sees(WHAT);
  await town.fitsScreen();
});
