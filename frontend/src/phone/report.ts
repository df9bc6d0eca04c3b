/**
 * The report on a phone: the page's form in four steps, kept in the store from the first touch. Sending puts it into the outbox and
 * never waits for a signal. Where the browser cannot keep anything, the form stays the ordinary one.
 */
import { restore, values } from "../drafts";
import { clockTime, say } from "../words";
import { commonFindings } from "./common";
import { uuid7 } from "./ids";
import { inWords } from "./list";
import { album } from "./photos";
import { RECENT } from "./shell";
import { suggestSimilar } from "./similar";
import { steps } from "./steps";
import { MOST_ITEMS, add, change, isFull, itemsOf, remove } from "./store";
import type { Item, Said } from "./store";
import { where } from "./where";

const KEEP_MS = 250;
/** Which question asks for the field that the server refused. */
const ASKED = new Map([["photos", "photos"], ["subject", "where"], ["location", "where"], ["description", "what"], ["fixed", "then"], ["order", "then"]]);

export interface Filling {
  /** Opens one that waits; false when another is being filled in. */
  open(item: Item): Promise<boolean>;
  again(): void;
}

export function fillIn(form: HTMLFormElement, viewer: string, sent: () => void): Filling {
  const status = form.querySelector<HTMLElement>("[data-draft-status]");
  const says = form.querySelector<HTMLElement>("[data-step-says]");
  const untouched = status?.textContent ?? "";
  // It says what is kept here, and something is from now on.
  if (status) status.hidden = false;
  const input = (name: string) => form.querySelector<HTMLInputElement | HTMLTextAreaElement>(`[name=${name}]`);
  const text = (name: string) => input(name)?.value.trim() ?? "";
  const checked = (name: string) => form.querySelector<HTMLInputElement>(`input[name=${name}]:checked`)?.value ?? "";
  let draft: Item | null = null;
  let beginning: Promise<string | null> | null = null;
  let waiting = 0;

  const tell = (words: string) => {
    if (!says) return;
    says.hidden = words === "";
    says.textContent = words;
  };
  const failed = (error: unknown) => tell(say(isFull(error) ? "phone_full" : "phone_not_kept"));

  /** The id is made with the first touch, and stays the report's for ever. */
  async function begin(): Promise<string | null> {
    if (draft) return draft.id;
    beginning ??= (async () => {
      const made: Item = { id: uuid7(), viewer, begun: Date.now(), revision: 0, values: values(form), where: "", said: null, photos: 0, stage: { is: "draft" } };
      await add(made);
      draft = made;
      return made.id;
    })().finally(() => (beginning = null));
    return beginning;
  }

  async function keep(): Promise<void> {
    window.clearTimeout(waiting);
    waiting = 0;
    const typed = values(form);
    const id = await begin();
    if (id === null) return;
    draft = await change(id, (item) => (item.stage.is === "draft" ? { ...item, values: typed } : null));
    const now = Date.now();
    if (status) {
      status.classList.add("is-kept");
      status.textContent = say("phone_draft_kept", { time: clockTime(now, now) });
    }
  }
  const soon = () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => void keep().catch(failed), KEEP_MS);
  };

  const photos = album(form, begin, tell);
  const findings = commonFindings(form);
  const place = where(form, RECENT + viewer, tell, () => walk.go(walk.at() + 1));

  const kind = () => place.chosen()?.kind ?? checked("subject_kind");
  const whereInWords = () => place.chosen()?.name || text("subject_name");

  function missing(step: string): string {
    if (step === "where") {
      if (!place.chosen() && text("subject_name") === "") return say("phone_missing_where");
      if (kind() === "") return say("phone_missing_kind");
      if (text("location_text") === "") return say("phone_missing_place");
    }
    if (step === "then") {
      const wanted = checked("then") === "fixed" ? ["fixed_summary"] : checked("then") === "orders" ? ["order_measures", "order_responsible_person", "order_deadline"] : [];
      return wanted.some((name) => text(name) === "") ? say("phone_missing_then") : "";
    }
    return step === "what" && text("description") === "" ? say("phone_missing_what") : "";
  }

  const walk = steps(
    form,
    (step) => {
      tell(missing(step));
      return missing(step) === "";
    },
    (step) => {
      if (step === "what") findings(kind(), place.chosen());
      if (step === "send") review();
      if (step === "send") void suggestSimilar(form, said(Date.now())).catch(() => undefined);
    },
  );

  function review(): void {
    const put = (name: string, words: string) => {
      const line = form.querySelector<HTMLElement>(`[data-review-${name}]`);
      if (line) line.textContent = words;
    };
    const list = form.querySelector<HTMLElement>("[data-review]");
    if (list) list.hidden = false;
    put("photos", say("phone_photos_count", { n: photos.count() }));
    const spot = text("location_text");
    put("where", spot === whereInWords() ? spot : `${whereInWords()} ${spot}`);
    put("what", text("description"));
  }

  function said(begun: number): Said {
    const chosen = place.chosen();
    const [lon, lat] = text("position").split(",").map(Number);
    const point = lon !== undefined && lat !== undefined && Number.isFinite(lon) && Number.isFinite(lat) ? { lon, lat } : {};
    const found = text("found_at");
    return {
      subject: chosen ? { kind: chosen.kind, id: chosen.id } : { kind: kind(), name: text("subject_name") },
      description: text("description"),
      location: { text: text("location_text"), ...(text("position") === "" ? {} : point) },
      initial_level: checked("initial_level"),
      source: text("source"),
      found_at: found === "" ? new Date(begun).toISOString() : `${found}:00+08:00`,
      ...atOnce(),
    };
  }

  function atOnce(): Pick<Said, "fixed" | "order"> {
    if (checked("then") === "fixed") return { fixed: { summary: text("fixed_summary") } };
    if (checked("then") !== "orders") return {};
    const number = text("order_order_no");
    const order = { measures: text("order_measures"), responsible_person: text("order_responsible_person"), deadline: text("order_deadline") };
    return { order: number === "" ? order : { ...order, order_no: number } };
  }

  async function submit(): Promise<void> {
    for (const step of ["where", "what", "then"]) {
      if (missing(step) === "") continue;
      walk.goTo(step);
      return tell(missing(step));
    }
    const under = (await itemsOf(viewer)).filter((item) => item.stage.is !== "delivered" && item.stage.is !== "draft");
    if (under.length >= MOST_ITEMS) return tell(say("phone_most_items", { n: MOST_ITEMS }));
    await keep();
    if (!draft) return;
    const ready = { values: values(form), where: whereInWords(), said: said(draft.begun) };
    // Asked for once there is something that must not be cleared away to make room.
    void navigator.storage?.persist?.();
    await change(draft.id, (item) => ({ ...item, ...ready, stage: { is: "waiting", tries: 0, next: 0 } }));
    await blank();
    sent();
  }

  /** An empty form, as the page came. */
  async function blank(): Promise<void> {
    draft = null;
    form.reset();
    // Hidden fields know no reset, and an address may have brought a subject. A unit's own stays.
    const own = input("subject")?.getAttribute("type") === "hidden";
    for (const name of own ? ["position"] : ["subject_id", "subject", "position"]) {
      const field = input(name);
      if (field) field.value = "";
    }
    const position = form.querySelector("[data-position] output");
    if (position) position.textContent = "";
    await photos.show(null);
    place.show();
    tell("");
    if (status) {
      status.classList.remove("is-kept");
      status.textContent = untouched;
    }
    walk.restart();
  }

  async function fill(item: Item): Promise<void> {
    draft = item;
    restore(form, { key: "", at: item.begun, values: item.values });
    await photos.show(item.id);
    place.show();
    if (status) {
      status.classList.add("is-kept");
      status.textContent = say("phone_draft_found", { time: clockTime(item.begun, Date.now()) });
    }
  }

  // The browser's own complaints would point at fields of a step that is not shown.
  form.noValidate = true;
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void submit().catch(failed);
  });
  document.addEventListener("visibilitychange", () => {
    // Only what is not on the disk yet: a page that is being taken down has nothing newer to say.
    if (document.visibilityState === "hidden" && waiting !== 0) void keep().catch(failed);
  });

  const wanted = new URLSearchParams(location.search).get("subject");
  void itemsOf(viewer)
    .then(async (items) => {
      const begun = items.find((item) => item.stage.is === "draft");
      if (begun) await fill(begun);
      else place.show();
      if (wanted !== null && !place.choose(wanted)) tell(say("phone_pick_unknown"));
    })
    .catch(failed);

  return {
    async open(item) {
      if (draft && draft.id !== item.id) {
        const empty = photos.count() === 0 && text("description") === "" && whereInWords() === "";
        if (!empty) return false;
        await remove(draft.id);
      }
      const opened = await change(item.id, (now) => ({ ...now, revision: now.revision + 1, stage: { is: "draft" } }));
      if (!opened) return true;
      await fill(opened);
      if (item.stage.is === "refused") {
        const { errors, photo } = item.stage.why;
        const field = photo > 0 ? "photos" : (errors[0]?.field.split(".")[0] ?? "");
        walk.goTo(ASKED.get(field) ?? "send");
        tell(inWords(item.stage.why));
      } else {
        walk.go(walk.last());
      }
      return true;
    },
    again: () => walk.restart(),
  };
}
