/**
 * What is typed is kept on this device until the server has said that it arrived. A draft carries the form's
 * idempotency key, so that sending it again after a lost answer cannot make a second record; the page that
 * follows a success names that key (`data-delivered`), and only then is the draft removed.
 * Never kept: passwords, the session's token, pictures (those are on the server or in the album).
 */
import { now } from "./clock";
import { clockTime, say } from "./words";

export interface Draft {
  key: string;
  at: number;
  values: [string, string][];
}

const PREFIX = "anlan-draft:";
const NOT_KEPT = new Set(["csrf", "version", "idempotency_key"]);
const OLDEST = 30 * 24 * 3_600_000;

function storage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null; // A browser may forbid it; the form then works without drafts.
  }
}

function read(store: Storage, name: string): Draft | null {
  try {
    const draft = JSON.parse(store.getItem(name) ?? "null") as Draft | null;
    return draft && Array.isArray(draft.values) ? draft : null;
  } catch {
    return null;
  }
}

export function values(form: HTMLFormElement): [string, string][] {
  const kept: [string, string][] = [];
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && !NOT_KEPT.has(name)) kept.push([name, value]);
  }
  return kept;
}

export function restore(form: HTMLFormElement, draft: Draft): number {
  const key = form.querySelector<HTMLInputElement>("input[name=idempotency_key]");
  if (key) key.value = draft.key;
  const wanted = new Map<string, string[]>();
  for (const [name, value] of draft.values) wanted.set(name, [...(wanted.get(name) ?? []), value]);
  for (const control of Array.from(form.elements)) {
    if (control instanceof HTMLInputElement && (control.type === "radio" || control.type === "checkbox")) {
      const chosen = wanted.get(control.name);
      if (!control.name.endsWith("_id")) control.checked = chosen?.includes(control.value) ?? false;
    } else if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement || control instanceof HTMLSelectElement) {
      const value = wanted.get(control.name)?.[0];
      if (value !== undefined && !NOT_KEPT.has(control.name) && control.type !== "file") control.value = value;
    }
  }
  let files = 0;
  for (const box of form.querySelectorAll<HTMLElement>("[data-files]")) {
    const name = `${box.dataset["files"]}_id`;
    for (const id of wanted.get(name) ?? []) {
      if (box.querySelector(`input[value="${CSS.escape(id)}"]`)) continue;
      const input = document.createElement("input");
      input.type = "hidden";
      input.name = name;
      input.value = id;
      box.append(input);
      files += 1;
    }
    if (box.querySelector("input[type=hidden]")) {
      for (const choose of box.querySelectorAll<HTMLInputElement>("input[type=file]")) choose.required = false;
    }
  }
  for (const details of form.querySelectorAll("details")) {
    if (details.querySelector("input:checked")) details.open = true;
  }
  form.dispatchEvent(new Event("restored"));
  return files;
}

function forgetDelivered(store: Storage): void {
  const arrived = document.querySelector<HTMLElement>("[data-delivered]");
  const key = arrived?.dataset["delivered"];
  for (let i = store.length - 1; i >= 0; i -= 1) {
    const name = store.key(i);
    if (!name?.startsWith(PREFIX)) continue;
    const draft = read(store, name);
    if (draft && draft.key !== key && now() - draft.at < OLDEST) continue;
    store.removeItem(name);
    if (draft && draft.key === key && arrived) {
      const line = document.createElement("span");
      line.className = "hint";
      line.textContent = say("draft_delivered", { time: clockTime(now(), now()) });
      arrived.append(line);
    }
  }
}

export function keepDrafts(): void {
  const store = storage();
  if (!store) return;
  forgetDelivered(store);

  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-draft]")) {
    // Several people may share a device: nobody is shown what another began.
    const name = `${PREFIX}${document.documentElement.dataset["viewer"] ?? ""}:${form.dataset["draft"]}`;
    const status = form.querySelector<HTMLElement>("[data-draft-status]");
    const tell = (text: string) => {
      if (!status) return;
      status.hidden = false;
      status.classList.add("is-kept");
      status.textContent = text;
    };

    // A form that came back with errors already holds what was typed, and is newer than the draft.
    const draft = form.querySelector(".errors") ? null : read(store, name);
    if (draft) {
      const files = restore(form, draft);
      const photos = files > 0 ? ` ${say("draft_photos", { n: files })}` : "";
      tell(say("draft_found", { time: clockTime(draft.at, now()) }) + photos);
    }

    // What is said before anything was typed is true only where drafts are kept.
    if (status) status.hidden = status.textContent === "";

    let waiting = 0;
    const keep = () => {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(() => {
        const key = form.querySelector<HTMLInputElement>("input[name=idempotency_key]")?.value ?? "";
        const kept: Draft = { key, at: now(), values: values(form) };
        try {
          store.setItem(name, JSON.stringify(kept));
          tell(say("draft_kept", { time: clockTime(kept.at, kept.at) }));
        } catch {
          // No room left: nothing was kept, so nothing is claimed.
        }
      }, 400);
    };
    form.addEventListener("input", keep);
    form.addEventListener("change", keep);
  }
}
