// A person without a mouse: goes with Tab and arrows, presses with Enter and space, types. Nothing here clicks, and nothing is put into
// a field but by its keys; wherever the focus comes to rest, it has to be seen.
import assert from 'node:assert/strict';

const FAR = 160;

/** What has the focus: its role, its name as a screen reader says it, and whether the eye sees where it is. */
async function focused(page) {
  return page.evaluate(() => {
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    const labels = at.labels ? Array.from(at.labels, (label) => label.textContent) : [];
    const by = (at.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '');
    const said = [at.getAttribute('aria-label'), ...by, ...labels, at.textContent, at.getAttribute('title')];
    const name = said.filter(Boolean).join(' ').replace(/\s+/g, ' ').trim();
    // A control may be drawn by its label: then the ring is the label's.
    const drawn = [at, ...(at.labels ?? []), at.nextElementSibling, at.parentElement].filter(Boolean);
    const ringed = (one) => {
      const style = getComputedStyle(one);
      return style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0;
    };
    const box = drawn.find(ringed)?.getBoundingClientRect();
    const inView = box !== undefined && box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    return { tag: at.tagName.toLowerCase(), type: at.getAttribute('type') ?? '', field: at.getAttribute('name') ?? '', value: at.value ?? '', href: at.getAttribute('href') ?? '', name, seen: inView };
  });
}

export class Keys {
  constructor(person) {
    this.person = person;
    this.page = person.page;
  }

  async press(key, times = 1) {
    for (let n = 0; n < times; n += 1) await this.page.keyboard.press(key);
  }

  async at() {
    return focused(this.page);
  }

  /** With Tab to the first thing that fits, which has to be seen there. `wanted` is a text in its name, or a test of what has the focus. */
  async to(wanted, key = 'Tab') {
    const fits = typeof wanted === 'function' ? wanted : (at) => at.name.includes(wanted);
    const passed = [];
    for (let n = 0; n < FAR; n += 1) {
      const at = await this.at();
      if (at && fits(at)) {
        assert.ok(at.seen, `${this.person.account} does not see that the focus is at ${at.name || at.field} (${this.page.url()})`);
        return at;
      }
      passed.push(at?.name.slice(0, 20) ?? '-');
      await this.page.keyboard.press(key);
    }
    throw new Error(`${this.person.account} finds no ${wanted} with ${key} at ${this.page.url()}: ${passed.join(' · ')}`);
  }

  async presses(wanted, key = 'Enter') {
    await this.to(wanted);
    await this.page.keyboard.press(key);
  }

  /** Types into the field of this name, over what stood there. */
  async types(field, text) {
    await this.to((at) => at.field === field && at.tag !== 'button');
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.page.keyboard.insertText(text);
  }

  /** A group of radios is one stop; the arrows choose in it. */
  async chooses(field, value) {
    await this.to((at) => at.field === field);
    for (let n = 0; n < 12; n += 1) {
      const at = await this.at();
      if (at.value === value) {
        await this.page.keyboard.press('Space');
        return;
      }
      await this.page.keyboard.press('ArrowDown');
    }
    throw new Error(`no ${value} among ${field} at ${this.page.url()}`);
  }

  /** Check boxes, one after the other. */
  async checks(field, how_many) {
    for (let n = 0; n < how_many; n += 1) {
      await this.to((at) => at.field === field);
      await this.page.keyboard.press('Space');
      await this.page.keyboard.press('Tab');
    }
  }

  /** The chooser of the system opens with space; what happens in it is not the page's. */
  async attaches(field, file) {
    // On a busy machine the system's chooser now and then does not come at the first press; a person presses again.
    for (let tries = 0; tries < 3; tries += 1) {
      await this.to((at) => at.field === field && at.type === 'file');
      const chooser = this.page.waitForEvent('filechooser', { timeout: 5_000 }).catch(() => null);
      await this.page.keyboard.press('Space');
      const opened = await chooser;
      if (opened) {
        await opened.setFiles(file);
        return;
      }
    }
    throw new Error(`no chooser for ${field} at ${this.page.url()}`);
  }

  async signsIn(account, password) {
    await this.page.goto(`${this.person.city.origin}/sign-in`);
    await this.types('username', account);
    await this.types('password', password);
    await this.press('Enter');
    const leave = this.page.locator('form[action="/sign-out"]');
    const ticket = this.page.locator('form:has(input[name="ticket"])');
    await leave.or(ticket).first().waitFor();
    if (await ticket.count()) await this.presses((at) => at.tag === 'button' && !at.field);
    await leave.waitFor();
  }
}
