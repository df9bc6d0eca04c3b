/**
 * Opens the report page where there is no signal, and sends what waits when the browser finds one. It shows what a page has kept
 * (`phone/shell.ts`) and keeps nothing by itself: pages of cases and lists, files and answers pass through untouched.
 */
import { sendWaiting } from "./phone/send";
import { KEPT_AT, SHELL } from "./phone/shell";

/** The parts of a service worker's world that the types of a page do not have. */
interface Lasting extends Event {
  waitUntil(until: Promise<unknown>): void;
}
interface Fetching extends Lasting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Worker {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate" | "sync", listener: (event: Lasting & { tag?: string }) => void): void;
  addEventListener(type: "fetch", listener: (event: Fetching) => void): void;
}
declare const self: unknown;
const worker = self as Worker;

/** A valley has signals that never come to anything: then the kept page is there sooner. */
const PATIENCE_MS = 4_000;
/** A page that was kept longer ago is another office's by now, perhaps. */
const KEPT_MS = 7 * 86_400_000;
const SUBJECT = /^\/s\/[0-9a-f-]{36}$/i;

worker.addEventListener("install", (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== worker.location.origin) return;
  if (request.mode === "navigate") {
    if (url.pathname === "/report") event.respondWith(reportPage(request));
    else if (url.pathname === "/" || SUBJECT.test(url.pathname)) event.respondWith(ledToReport(request, url));
  } else if (url.pathname.startsWith("/assets/")) {
    event.respondWith(kept(request).then((found) => found ?? fetch(request)));
  }
});

worker.addEventListener("sync", (event) => {
  if (event.tag !== "anlan-phone") return;
  event.waitUntil(
    sendWaiting().then((ended) => {
      // Told as a failure, the browser tries again by itself.
      if (ended === "no-signal" || ended === "later") throw new Error(ended);
    }),
  );
});

async function reportPage(request: Request): Promise<Response> {
  const page = await kept("/report");
  if (!page) return fetch(request);
  const late = new Promise<Response>((resolve) => setTimeout(() => resolve(page.clone()), PATIENCE_MS));
  return Promise.race([fetch(request).catch(() => page), late]);
}

/** Without a signal the way to the desk, and a subject's code, lead to the one page that is here. */
async function ledToReport(request: Request, url: URL): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    if (!(await kept("/report"))) throw error;
    const subject = url.pathname === "/" ? "" : `?subject=${url.pathname.slice(3)}`;
    return Response.redirect(`/report${subject}`, 302);
  }
}

async function kept(request: Request | string): Promise<Response | undefined> {
  const name = (await caches.keys()).find((one) => one.startsWith(SHELL));
  if (!name) return undefined;
  const found = await (await caches.open(name)).match(request);
  const at = Number(found?.headers.get(KEPT_AT) ?? Date.now());
  return Date.now() - at < KEPT_MS ? found : undefined;
}
