/**
 * Sends what waits: photo by photo, each acknowledged by its digest, then the report under the id that the phone made. Interrupted
 * anywhere, the next round goes on at the first photo that nobody has acknowledged. Runs in pages and in the service worker, one
 * round at a time on the whole phone. Only ever in the name of the one who wrote it: the server is asked first who is signed in.
 */
import { change, deliver, itemsOf, note, photosOf, somethingWaits } from "./store";
import type { Item, Photo, Reason, Stage, Theirs } from "./store";

/** How a round ended. `later`: something waits for its time, or the server has none. */
export type Ended = "done" | "later" | "no-signal" | "signed-out";

/** What a round tells whoever looks on, through the channel. */
export type News = { item: string; photo: number; of: number } | { changed: true } | { ended: Ended };

export const CHANNEL = "anlan-phone";
const LOCK = "anlan-phone-sending";
const SHORT_MS = 30_000;
const LONG_MS = 180_000;
/** So often the same photo is sent at once when it arrives as something else. */
const SENDINGS = 3;

interface Answer {
  status: number;
  body: Record<string, unknown>;
  /** The server's time. */
  at: number;
}

type Sent = "sent" | "stays" | Exclude<Ended, "done">;

let round: Promise<Ended> | null = null;
let again: Promise<Ended> | null = null;

/** One round, after the one under way if there is one; any number of callers in between share it. */
export function sendWaiting(): Promise<Ended> {
  if (round === null) {
    round = locked().finally(() => (round = null));
    return round;
  }
  again ??= round.then(
    () => ((again = null), sendWaiting()),
    () => ((again = null), sendWaiting()),
  );
  return again;
}

async function locked(): Promise<Ended> {
  if (!(await somethingWaits())) return "done";
  const channel = new BroadcastChannel(CHANNEL);
  const tell = (news: News) => channel.postMessage(news);
  try {
    return await navigator.locks.request(LOCK, async () => {
      const ended = await everything(tell);
      tell({ ended });
      return ended;
    });
  } finally {
    channel.close();
  }
}

async function everything(tell: (news: News) => void): Promise<Ended> {
  const session = await ask("GET", "/phone/session");
  if (session === null) return "no-signal";
  if (session.status === 401) return "signed-out";
  const { viewer, csrf } = session.body;
  if (session.status !== 200 || typeof viewer !== "string" || typeof csrf !== "string") return "later";
  const tried = new Set<string>();
  for (;;) {
    const now = Date.now();
    const waiting = (await itemsOf(viewer)).filter((item) => item.stage.is === "waiting");
    const due = waiting.find((item) => item.stage.is === "waiting" && item.stage.next <= now && !tried.has(item.id));
    if (!due) return waiting.length > 0 ? "later" : "done";
    tried.add(due.id);
    const sent = await sendOne(due, csrf, tell);
    if (sent === "later") await waitLonger(due);
    tell({ changed: true });
    if (sent === "no-signal" || sent === "signed-out") return sent;
  }
}

async function sendOne(item: Item, csrf: string, tell: (news: News) => void): Promise<Sent> {
  const photos = await photosOf(item.id);
  const files: string[] = [];
  for (const [at, photo] of photos.entries()) {
    if (photo.file === null) tell({ item: item.id, photo: at + 1, of: photos.length });
    const sent = photo.file ?? (await sendPhoto(item, photo, at + 1, csrf));
    if (typeof sent !== "string") return sent.is;
    files.push(sent);
  }
  tell({ item: item.id, photo: 0, of: photos.length });
  const body = JSON.stringify({ ...item.said, id: item.id, photos: files });
  const key = `report-${item.id}-${item.revision}`;
  const answer = await ask("POST", "/phone/hazards", csrf, key, body);
  const failed = unanswered(answer);
  if (failed || answer === null) return failed ?? "no-signal";
  if (answer.status === 201) {
    const arrived: Stage = { is: "delivered", at: answer.at, number: String(answer.body["number"] ?? "") };
    return (await deliver(item.id, item.revision, arrived)) ? "sent" : "stays";
  }
  const why = reason(answer, 0);
  // Somebody else was faster at the same row, five times over: that is no answer about this report.
  if (why.code === "conflict") return "later";
  if (why.code === "id-taken" || why.code === "key-reused") {
    const standing = await ask("GET", `/phone/hazards/${item.id}`);
    const unseen = unanswered(standing);
    if (unseen || standing === null) return unseen ?? "no-signal";
    const theirs = standing.status === 200 ? (standing.body as unknown as Theirs) : null;
    return stands(item, { is: "conflict", theirs });
  }
  // The server clears away uploads that nobody named for a month: they are sent once more.
  if (why.errors.some((error) => error.field === "photos") && files.length > 0 && photos.every((photo) => photo.attempt < SENDINGS)) {
    for (const photo of photos) await note(photo, { file: null, attempt: photo.attempt + 1 });
    await change(item.id, (now) => (now.revision === item.revision ? { ...now, revision: now.revision + 1 } : null));
    return "later";
  }
  return stands(item, { is: "refused", why });
}

/** The server's id of the photo, or why there is none. */
async function sendPhoto(item: Item, photo: Photo, number: number, csrf: string): Promise<string | { is: Sent }> {
  let { attempt } = photo;
  for (let sendings = 0; sendings < SENDINGS; sendings += 1) {
    const form = new FormData();
    form.append("file", photo.blob, photo.name);
    const answer = await ask("POST", "/files", csrf, `${photo.id}-${attempt}`, form);
    const failed = unanswered(answer);
    if (failed || answer === null) return { is: failed ?? "no-signal" };
    const { id, sha256 } = answer.body;
    if (answer.status === 201 && typeof id === "string" && sha256 === photo.sha256) {
      await note(photo, { file: id, attempt });
      return id;
    }
    const why = answer.status === 201 ? null : reason(answer, number);
    if (why && why.code !== "key-reused") return { is: await stands(item, { is: "refused", why }) };
    // What arrived is not what was sent, now or before: once more, under a key of its own.
    attempt += 1;
    await note(photo, { file: null, attempt });
  }
  return { is: "later" };
}

async function stands(item: Item, stage: Stage): Promise<Sent> {
  await change(item.id, (now) => (now.revision === item.revision && now.stage.is === "waiting" ? { ...now, stage } : null));
  return "stays";
}

/** Five seconds, doubled each time, a quarter of an hour at most. */
async function waitLonger(item: Item): Promise<void> {
  await change(item.id, (now) => {
    if (now.stage.is !== "waiting") return null;
    const tries = now.stage.tries + 1;
    return { ...now, stage: { is: "waiting", tries, next: Date.now() + Math.min(2_500 * 2 ** tries, 900_000) } };
  });
}

/** Answers that say nothing about what was sent. */
function unanswered(answer: Answer | null): "no-signal" | "signed-out" | "later" | null {
  if (answer === null) return "no-signal";
  if (answer.status === 401) return "signed-out";
  return answer.status >= 500 || answer.status === 408 || answer.status === 429 ? "later" : null;
}

function reason(answer: Answer, photo: number): Reason {
  const text = (key: string) => (typeof answer.body[key] === "string" ? (answer.body[key] as string) : "");
  const errors = Array.isArray(answer.body["errors"]) ? (answer.body["errors"] as Reason["errors"]) : [];
  return { code: text("code"), detail: text("detail"), next: text("next"), errors, photo };
}

/** Null where no answer of ours came: no signal, or a page that some network puts between. */
async function ask(method: string, path: string, csrf?: string, key?: string, body?: BodyInit): Promise<Answer | null> {
  const headers = new Headers({ accept: "application/json" });
  if (csrf) headers.set("x-csrf-token", csrf);
  if (key) headers.set("idempotency-key", key);
  if (typeof body === "string") headers.set("content-type", "application/json");
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), body instanceof FormData ? LONG_MS : SHORT_MS);
  try {
    const response = await fetch(path, { method, headers, body: body ?? null, redirect: "error", cache: "no-store", signal: limit.signal });
    if (!(response.headers.get("content-type") ?? "").includes("json")) return response.status >= 500 ? { status: response.status, body: {}, at: 0 } : null;
    const said = (await response.json()) as Record<string, unknown>;
    return { status: response.status, body: said, at: Date.parse(response.headers.get("date") ?? "") || Date.now() };
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
