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

  /** pictures: the beginning of every screenshot's path. */
  constructor(browser, server, pictures) {
    this.browser = browser;
    this.origin = server.origin;
    this.pictures = pictures;
    for (const [name, account] of Object.entries(ACCOUNTS)) this[name] = this.person(account);
  }

  /** Somebody by account, for those without a name above. */
  person(account) {
    if (!this.#people.has(account)) this.#people.set(account, new Person(account, this));
    return this.#people.get(account);
  }

  complaints() {
    return [...this.#people.values()].flatMap((person) =>
      (person.watch?.complaints() ?? []).map((line) => `${person.account ?? 'public'} at ${line}`),
    );
  }

  async leavesPictures(name) {
    for (const person of this.#people.values()) await person.leavesPicture(name);
  }
}
