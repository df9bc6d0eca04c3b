// One person at one screen, and what a person does: sign in, go somewhere, read, fill, press, photograph. A
// journey is written in these verbs; each says in its error who was looking at what. Reading waits for the page,
// nothing sleeps.
import assert from 'node:assert/strict';
import { openContext } from './browser.mjs';
import { PASSWORD } from './server.mjs';
import { Watch } from './watch.mjs';

export class Person {
  /** `account` is null for the public. Made by City; opens its browser context on first use. */
  constructor(account, city) {
    this.account = account;
    this.city = city;
    this.page = null;
    this.watch = null;
  }

  /** screen: 'desk' or 'phone'; script: false for a browser without JavaScript. */
  async sitsDown({ screen = 'desk', script = true } = {}) {
    assert.equal(this.page, null, `${this.account} has sat down already`);
    const context = await openContext(this.city.browser, screen, script);
    this.watch = new Watch(context, this.city.origin);
    this.page = await context.newPage();
    return this;
  }

  async signsIn(how) {
    if (this.page === null) await this.sitsDown(how);
    await this.goes('/sign-in');
    await this.page.locator('input[name="username"]').fill(this.account);
    await this.page.locator('input[name="password"]').fill(PASSWORD);
    await this.page.locator('form:has(input[name="password"]) button').click();
    const ticket = this.page.locator('form:has(input[name="ticket"])');
    await this.page.locator('form[action="/sign-out"]').or(ticket).first().waitFor();
    // Who holds several posts chooses one; the first is offered.
    if (await ticket.count()) await ticket.locator('button').click();
    await this.page.locator('form[action="/sign-out"]').waitFor();
    return this;
  }

  async signsOut() {
    await this.page.locator('form[action="/sign-out"] button').click();
    await this.page.locator('input[name="password"]').waitFor();
  }

  /** Closes the browser. */
  async getsUp() {
    await this.page?.context().close();
    this.page = null;
  }

  async goes(path) {
    await this.page.goto(this.city.origin + path);
  }

  /** The next answer with this status is wanted, not a failure. */
  expects(status) {
    this.watch.expects(status);
  }

  async losesSignal() {
    this.watch.signal(false);
    await this.page.context().setOffline(true);
  }

  async findsSignal() {
    this.watch.signal(true);
    await this.page.context().setOffline(false);
  }

  /** The browser is killed and opened again: what lies in its stores is all that is left. */
  async opensAgain(path) {
    const context = this.page.context();
    await this.page.close();
    this.page = await context.newPage();
    await this.goes(path);
  }

  async sees(text) {
    await this.page.getByText(text).filter({ visible: true }).first().waitFor();
  }

  async doesNotSee(text) {
    assert.equal(await this.page.getByText(text).filter({ visible: true }).count(), 0, `${this.account} sees ${text}`);
  }

  async fills(label, value) {
    await this.page.getByLabel(label).filter({ visible: true }).first().fill(value);
  }

  async chooses(label) {
    await this.page.getByLabel(label).filter({ visible: true }).first().check();
  }

  async attaches(label, files) {
    await this.page.getByLabel(label).first().setInputFiles(files);
  }

  async presses(name) {
    await this.page.getByRole('button', { name }).filter({ visible: true }).first().click();
  }

  async follows(name) {
    await this.page.getByRole('link', { name }).filter({ visible: true }).first().click();
  }

  /** Nothing may hang over the edge of the screen: a page that scrolls sideways is not made for a phone. */
  async fitsScreen() {
    const { wide, seen } = await this.page.evaluate(() => ({
      wide: document.documentElement.scrollWidth,
      seen: document.documentElement.clientWidth,
    }));
    assert.ok(wide <= seen, `${this.page.url()} is ${wide} px wide on a screen of ${seen} px`);
  }

  async leavesPicture(name) {
    if (this.page === null) return;
    await this.page.screenshot({ path: `${this.city.pictures}-${this.account ?? 'public'}-${name}.png`, fullPage: true });
  }
}
