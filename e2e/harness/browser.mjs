// The browser of the journeys: the system's own Chromium, started so that it talks to nobody but the server
// under test. Two screens, as LOOK demands of every page: an office desk and a phone at 360 px.
import { chromium } from 'playwright-core';

const PATIENCE_MS = 10_000;

export const SCREENS = {
  desk: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 360, height: 780 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
};

export function launch() {
  return chromium.launch({
    executablePath: process.env.ANLAN_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox', // Chromium refuses to run as root with it, and the pages are our own
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A browser of one person's own: no cookies shared, Chinese, the city's time. */
export async function openContext(browser, screen, script) {
  const context = await browser.newContext({
    ...SCREENS[screen],
    javaScriptEnabled: script,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}
