// Does the harness notice what it is there to notice? A small server plays a city with faults; a journey over it
// must fail for each of them and pass without.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { mkdir, stat } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { faultsOf } from '../harness/axe.mjs';
import { launch } from '../harness/browser.mjs';
import { City } from '../harness/city.mjs';
import { OUT, tell } from '../harness/journey.mjs';
import { Keys } from '../harness/keys.mjs';

const SIGN_IN = '<form method="post" action="/sign-in"><input name="username"><input type="password" name="password"><button>登录</button></form>';
const POSTS = '<form method="post" action="/sign-in"><input type="hidden" name="ticket" value="t"><button>进入</button></form>';
const DESK = '<h1>我的工作台</h1><form method="post" action="/sign-out"><button>退出</button></form>';
const PAGES = {
  '/sign-in': SIGN_IN,
  '/desk': DESK,
  '/sound': '<h1>安澜</h1>',
  '/exception': '<script>throw new Error("broken island")</script>',
  '/console': '<script>console.error("said loudly")</script>',
  '/lost-picture': '<img src="/nowhere.png">',
  '/foreign': '<img src="http://127.0.0.1:9/far.png">',
  '/wide': '<div style="width:900px">宽</div>',
  '/labelled': '<title>安澜</title><main><h1>安澜</h1><label>姓名 <input name="name"></label></main>',
  '/unlabelled': '<title>安澜</title><main><h1>安澜</h1><input name="name"></main>',
  '/unseen': '<style>:focus { outline: 0 }</style><main><a href="/sound">去</a></main>',
  '/seen': '<style>:focus { outline: 2px solid }</style><main><a href="/sound">去</a></main>',
};

let server, browser, origin;
before(async () => {
  server = createServer(async (request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    let body = '';
    for await (const chunk of request) body += chunk;
    let page = PAGES[request.url];
    if (request.method === 'POST' && request.url === '/sign-in') {
      page = body.includes('ticket=') || body.includes('username=city&') ? DESK : POSTS;
    } else if (request.method === 'POST') {
      page = SIGN_IN;
    }
    if (page === undefined) response.statusCode = 404;
    const html = '<html lang="zh-CN">';
    const meta = '<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">';
    response.end(`<!doctype html>${html}${meta}${page ?? '没有这一页'}`);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${server.address().port}`;
  browser = await launch();
  await mkdir(OUT, { recursive: true });
});
after(async () => {
  await browser?.close();
  server.closeAllConnections();
  server.close();
});

const told = (story) => tell(story, new City(browser, { origin }, `${OUT}harness`));
const visit = (path) => async (city) => {
  await city.public.sitsDown();
  await city.public.goes(path);
  await city.public.page.waitForLoadState('networkidle');
};

test('a sound page passes', () => told(visit('/sound')));

for (const [path, complaint] of [
  ['/exception', /exception: broken island/],
  ['/console', /console: said loudly/],
  ['/lost-picture', /404: GET .*nowhere\.png/],
  ['/foreign', /foreign host: .*far\.png/],
  ['/missing', /404: GET .*missing/],
]) {
  test(`${path} is noticed`, () => assert.rejects(told(visit(path)), complaint));
}

test('an announced status passes, one that never comes does not', async () => {
  const announce = (path) => async (city) => {
    await city.public.sitsDown();
    city.public.expects(404);
    await city.public.goes(path);
  };
  await told(announce('/missing'));
  await assert.rejects(told(announce('/sound')), /expected a 404/);
});

test('people sign in, choose a post where they hold several, and sign out', () =>
  told(async (city) => {
    await city.office.signsIn();
    await city.office.sees('我的工作台');
    await city.county.signsIn({ screen: 'phone' });
    await city.county.sees('我的工作台');
    await city.enterprise.signsIn({ script: false });
    await city.enterprise.signsOut();
    await city.enterprise.doesNotSee('我的工作台');
  }));

test('a page wider than the phone is noticed', async () => {
  const onPhone = (path) => async (city) => {
    await city.town.sitsDown({ screen: 'phone' });
    await city.town.goes(path);
    await city.town.fitsScreen();
  };
  await told(onPhone('/sound'));
  await assert.rejects(told(onPhone('/wide')), /px wide on a screen of/);
});

test('a field without a name is noticed', () =>
  told(async (city) => {
    await visit('/labelled')(city);
    assert.deepEqual(await faultsOf(city.public.page), []);
    await city.public.goes('/unlabelled');
    assert.match((await faultsOf(city.public.page)).join(), /critical label/);
  }));

test('a focus that nobody sees is noticed', () =>
  told(async (city) => {
    await visit('/seen')(city);
    const keys = new Keys(city.public);
    await keys.to('去');
    await city.public.goes('/unseen');
    await assert.rejects(keys.to('去'), /does not see that the focus is at 去/);
    await assert.rejects(keys.to('nowhere'), /finds no nowhere/);
  }));

test('a failed story leaves a picture', async () => {
  const before = Date.now();
  await assert.rejects(
    told(async (city) => {
      await visit('/sound')(city);
      throw new Error('lost the way');
    }),
    /lost the way/,
  );
  assert.ok((await stat(`${OUT}harness-public-failed.png`)).mtimeMs >= before - 1000);
});
