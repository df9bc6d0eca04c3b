/**
 * The phone's part of every page: the mark of what has not been delivered, the sending of it, and on the report page the form in steps
 * with the outbox below. All of it belongs to the viewer of the page; without one, nothing is shown and nothing is sent.
 */
import { now } from "../clock";
import { say } from "../words";
import { uuid7 } from "./ids";
import { row } from "./list";
import type { Going } from "./list";
import { fillIn } from "./report";
import type { Filling } from "./report";
import { CHANNEL, sendWaiting } from "./send";
import type { Ended, News } from "./send";
import { clearOnSignOut, keepShell, onlyOf } from "./shell";
import { change, deliver, forgetDelivered, itemsOf, remove, sendAsNew } from "./store";
import type { Item, Theirs } from "./store";

/** Between two looks for a signal, doubled up to the second. */
const SOONEST_MS = 5_000;
const LATEST_MS = 300_000;
const PHONE = "(max-width: 720px), (pointer: coarse)";

/** Browsers keep nothing, and know no service worker, on an address without HTTPS. */
const canKeep = () => window.isSecureContext && "indexedDB" in window && "serviceWorker" in navigator && "locks" in navigator && "BroadcastChannel" in window;

export function phone(): void {
  if (!canKeep()) return;
  const viewer = document.documentElement.dataset["viewerKey"] ?? null;
  const signsIn = document.querySelector('form[action="/sign-in"]') !== null;
  if (viewer === null) {
    // Other pages without a viewer are of somebody who may still be signed in.
    if (signsIn) void onlyOf(null).catch(() => undefined);
    return;
  }
  clearOnSignOut();
  const tidied = onlyOf(viewer).catch(() => undefined);
  const today = (at: number) => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
  const yesterdays = forgetDelivered((item, at) => item.viewer === viewer && today(at) !== today(now()));

  const outbox = document.querySelector<HTMLElement>("[data-outbox]");
  const form = document.querySelector<HTMLFormElement>("form[data-report]");
  // A page from the phone's store carries no token: its form can go nowhere but into the outbox.
  const fromStore = form !== null && form.querySelector<HTMLInputElement>("input[name=csrf]")?.value === "";
  const ending = outbox ? report(viewer, outbox, form, fromStore) : mark(viewer);
  void yesterdays.catch(() => undefined);
  keepSending(ending);
  if (form && !fromStore) void tidied.then(() => keepPage(viewer, form));
}

async function keepPage(viewer: string, form: HTMLFormElement): Promise<void> {
  const says = form.querySelector<HTMLElement>("[data-shell-says]");
  const kept = await navigator.serviceWorker
    .register("/service-worker.js")
    .then(() => navigator.serviceWorker.ready)
    .then(() => keepShell(viewer))
    .catch(() => false);
  if (!says) return;
  says.hidden = false;
  says.textContent = say(kept ? "phone_shell_kept" : "phone_shell_missing");
}

/** Sends when the page opens, when a signal comes, when the page is looked at again, and in between with growing patience. */
function keepSending(ending: (ended: Ended) => void): void {
  let patience = SOONEST_MS;
  let timer = 0;
  const send = async (): Promise<void> => {
    window.clearTimeout(timer);
    const ended = await sendWaiting().catch((): Ended => "later");
    ending(ended);
    if (ended === "done") patience = SOONEST_MS;
    if (ended !== "no-signal" && ended !== "later") return;
    // The browser goes on when the page is closed; where it cannot, the next opening does.
    const worker = (await navigator.serviceWorker.getRegistration()) as (ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } }) | undefined;
    await worker?.sync?.register("anlan-phone").catch(() => undefined);
    timer = window.setTimeout(() => void send(), patience);
    patience = Math.min(patience * 2, LATEST_MS);
  };
  const soon = () => {
    patience = SOONEST_MS;
    void send();
  };
  window.addEventListener("online", soon);
  window.addEventListener("anlan-send", soon);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") soon();
  });
  void send();
}

const sendNow = () => window.dispatchEvent(new Event("anlan-send"));
const undelivered = (items: Item[]) => items.filter((item) => item.stage.is !== "delivered" && item.stage.is !== "draft");

function marked(items: Item[]): void {
  const mark = document.querySelector<HTMLElement>("[data-unsent]");
  const n = undelivered(items).length;
  if (!mark) return;
  mark.hidden = n === 0;
  mark.textContent = say("phone_unsent", { n });
}

function mark(viewer: string): () => void {
  const look = () => void itemsOf(viewer).then(marked, () => undefined);
  new BroadcastChannel(CHANNEL).onmessage = look;
  look();
  return look;
}

/** What was put off waits no longer when somebody asks. */
function hurry(viewer: string): Promise<unknown> {
  return itemsOf(viewer).then((items) =>
    Promise.all(items.map((item) => change(item.id, (now) => (now.stage.is === "waiting" ? { ...now, stage: { ...now.stage, next: 0 } } : null)))),
  );
}

/** What the list says of it afterwards is what stands on the server. */
async function keepTheirs(item: Item, theirs: Theirs): Promise<void> {
  const { description, location, subject } = theirs;
  await change(item.id, (mine) => ({ ...mine, where: subject.name, photos: theirs.files.length, said: mine.said && { ...mine.said, description, location: { text: location.text } } }));
  await deliver(item.id, item.revision, { is: "delivered", at: now(), number: theirs.number });
}

function report(viewer: string, outbox: HTMLElement, form: HTMLFormElement | null, fromStore: boolean): (ended: Ended) => void {
  const find = <T extends HTMLElement>(name: string) => outbox.querySelector<T>(`[data-outbox-${name}]`);
  const [list, says, signIn, another, again] = [find("list"), find("says"), find("sign-in"), find("another"), find("send")];
  let going: Going = null;
  let ended: Ended = "done";
  let after = false;
  let blocked = false;
  let back = !fromStore;
  let filling: Filling | null = null;

  const showForm = (shown: boolean) => {
    after = !shown;
    if (form) form.hidden = !shown;
    if (another) another.hidden = shown;
  };

  function outboxWords(open: number, waits: boolean): string {
    if (blocked) return say("phone_one_at_a_time");
    if (open === 0) return say("phone_outbox_empty");
    const why = { done: "", later: "outbox_later", "no-signal": "outbox_no_signal", "signed-out": "outbox_signed_out" }[ended];
    return waits && why !== "" ? say(`phone_${why}`) : "";
  }

  async function look(): Promise<void> {
    const items = (await itemsOf(viewer)).filter((item) => item.stage.is !== "draft");
    marked(items);
    const open = undelivered(items);
    outbox.hidden = items.length === 0 && !after;
    // Newest first among the delivered: it is the one that somebody looks for.
    const delivered = items.filter((item) => item.stage.is === "delivered").reverse();
    list?.replaceChildren(...[...open, ...delivered].map((item) => row(item, going, doing)));
    const waits = open.some((item) => item.stage.is === "waiting");
    const words = outboxWords(open.length, waits);
    if (says) {
      says.hidden = words === "";
      says.textContent = words;
    }
    if (signIn) signIn.hidden = !(waits && ended === "signed-out");
    if (again) again.hidden = !(waits && going === null && (ended === "no-signal" || ended === "later"));
    const noSignal = document.querySelector<HTMLElement>("[data-no-signal]");
    if (noSignal) noSignal.hidden = after || (navigator.onLine && back && ended !== "no-signal");
  }

  const then = (work: Promise<unknown>, send = false) =>
    void work
      .then(() => {
        if (send) sendNow();
        return look();
      })
      .catch(() => undefined);

  const doing = {
    open: null as ((item: Item) => void) | null,
    discard: (item: Item) => then(remove(item.id)),
    keepTheirs: (item: Item, theirs: Theirs | null) => then(theirs ? keepTheirs(item, theirs) : remove(item.id)),
    sendMine: (item: Item) => then(sendAsNew(item.id, uuid7()), true),
  };

  async function reopen(opener: Filling, item: Item): Promise<void> {
    blocked = !(await opener.open(item));
    if (!blocked) showForm(true);
  }

  new BroadcastChannel(CHANNEL).onmessage = ({ data }: MessageEvent<News>) => {
    if ("item" in data) going = data;
    else going = null;
    if ("ended" in data) ended = data.ended;
    void look().catch(() => undefined);
  };
  if (form && (fromStore || window.matchMedia(PHONE).matches)) {
    // These are the phone's now: no second draft, no upload from the page.
    delete form.dataset["draft"];
    filling = fillIn(form, viewer, () => {
      showForm(false);
      window.scrollTo(0, 0);
      void look().then(() => outbox.focus({ preventScroll: true }));
      sendNow();
    });
    const opener = filling;
    doing.open = (item) => then(reopen(opener, item));
    another?.addEventListener("click", () => {
      blocked = false;
      showForm(true);
      filling?.again();
      void look();
    });
  }
  again?.addEventListener("click", () => then(hurry(viewer), true));
  window.addEventListener("offline", () => void look());
  window.addEventListener("online", () => {
    back = true;
    void look();
  });
  void look().catch(() => undefined);
  return (how) => {
    ended = how;
    going = null;
    void look().catch(() => undefined);
  };
}
