// Watches what a reader does not see: errors in the console, exceptions, refused and failed requests, and
// anything fetched from another host (the networks Anlan runs in are closed). A status a journey wants to
// meet is announced with `expects`; announced and not met is a complaint too.

export class Watch {
  #complaints = [];
  #expected = [];
  #tolerated = new Set();
  #noSignal = false;
  #beenWithout = false;

  constructor(context, origin) {
    const complain = (page, text) => this.#complaints.push(`${new URL(page.url()).pathname}: ${text}`);
    context.on('page', (page) => {
      page.on('pageerror', (error) => complain(page, `exception: ${error.message}`));
      page.on('console', (message) => {
        // Failed loads are met below, with their address and status.
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
          complain(page, `console: ${message.text()}`);
        }
      });
      page.on('request', (request) => {
        const url = new URL(request.url());
        if (url.protocol.startsWith('http') && url.origin !== origin) complain(page, `foreign host: ${request.url()}`);
      });
      page.on('requestfailed', (request) => {
        // Leaving a page aborts what it still loads, and a download aborts the navigation that began it.
        const why = request.failure()?.errorText ?? 'unknown';
        // What failed without a signal may be told after it has come back.
        if (this.#beenWithout && why === 'net::ERR_INTERNET_DISCONNECTED') return;
        if (this.#noSignal && why === 'net::ERR_FAILED') return;
        if (why !== 'net::ERR_ABORTED') complain(page, `failed: ${request.method()} ${request.url()} ${why}`);
      });
      page.on('response', (response) => {
        if (response.status() < 400) return;
        const at = this.#expected.indexOf(response.status());
        if (at >= 0) this.#expected.splice(at, 1);
        else if (!this.#tolerated.has(response.status())) complain(page, `${response.status()}: ${response.request().method()} ${response.url()}`);
      });
    });
  }

  /** Where there is no signal, nothing else than failing is wanted of a request. */
  signal(found) {
    this.#noSignal = !found;
    this.#beenWithout ||= !found;
  }

  expects(status) {
    this.#expected.push(status);
  }

  /** An answer that the page meets, or its service worker does where nobody watches. */
  tolerates(status) {
    this.#tolerated.add(status);
  }

  complaints() {
    return [...this.#complaints, ...this.#expected.map((status) => `expected a ${status} that never came`)];
  }
}
