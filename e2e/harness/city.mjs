// The demo city of one journey: its people under the names of their work, accounts as in
// examples/demo/directory.toml. The same person asked for twice is the same person at the same screen.
import { Person } from './person.mjs';

const ACCOUNTS = {
  admin: 'admin',
  office: 'city',
  secondAtOffice: 'city-2',
  county: 'county-610902',
  secondAtCounty: 'county-610902-2',
  neighbour: 'county-610921',
  town: 'town-610902001',
  enterprise: 'enterprise-1',
  discipline: 'discipline',
  public: null,
};

export class City {
  #people = new Map();
  #server;
  /** What the pages complained of before everybody got up. */
  #earlier = [];

  /** pictures: the beginning of every screenshot's path. */
  constructor(browser, server, pictures) {
    this.browser = browser;
    this.#server = server;
    this.pictures = pictures;
    this.#seats();
  }

  get origin() {
    return this.#server.origin;
  }

  #seats() {
    for (const [name, account] of Object.entries(ACCOUNTS)) this[name] = this.person(account);
  }

  /**
   * So many days go by since the journey began. Everybody gets up: sessions do not last that long, and whoever is wanted again sits
   * down anew, under the same name.
   */
  async timePasses(days) {
    this.#earlier = this.complaints();
    for (const person of this.#people.values()) await person.getsUp();
    this.#people.clear();
    await this.#server.restart(days);
    this.#seats();
  }

  /** Somebody by account, for those without a name above. */
  person(account) {
    if (!this.#people.has(account)) this.#people.set(account, new Person(account, this));
    return this.#people.get(account);
  }

  complaints() {
    const now = [...this.#people.values()].flatMap((person) =>
      (person.watch?.complaints() ?? []).map((line) => `${person.account ?? 'public'} at ${line}`),
    );
    return [...this.#earlier, ...now];
  }

  async leavesPictures(name) {
    for (const person of this.#people.values()) await person.leavesPicture(name);
  }
}
