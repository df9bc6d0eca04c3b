/** The outbox on the report page: each report with where it stands, in words, and what can be done about it. */
import { now } from "../clock";
import { preview } from "../uploads";
import { clockTime, say } from "../words";
import { photosOf } from "./store";
import type { Item, Reason, Theirs } from "./store";

export interface Doing {
  /** Null where the page's form is not the phone's. */
  open: ((item: Item) => void) | null;
  discard(item: Item): void;
  keepTheirs(item: Item, theirs: Theirs | null): void;
  sendMine(item: Item): void;
}

/** `going` is the photo under way, or 0 for the report itself. */
export type Going = { item: string; photo: number; of: number } | null;

function element<K extends keyof HTMLElementTagNameMap>(tag: K, text = "", name = ""): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  made.textContent = text;
  if (name !== "") made.className = name;
  return made;
}

function button(label: string, press: () => void, name = ""): HTMLButtonElement {
  const made = element("button", label, name);
  made.type = "button";
  made.addEventListener("click", press);
  return made;
}

/** Fields say by themselves what to do; for the rest the answer's next step does. */
export function inWords({ photo, detail, next, errors }: Reason): string {
  return `${photo > 0 ? say("phone_refused_photo", { n: photo }) : ""}${detail}${errors.length > 0 ? "" : ` ${next}`}`;
}

function standing(item: Item, going: Going): string {
  if (going?.item === item.id && item.stage.is === "waiting") {
    return going.photo > 0 ? say("phone_is_sending_photo", { n: going.photo, of: going.of }) : say("phone_is_sending");
  }
  if (item.stage.is === "delivered") return say("phone_is_delivered", { time: clockTime(item.stage.at, now()) });
  return say(`phone_is_${item.stage.is}`);
}

export function row(item: Item, going: Going, doing: Doing): HTMLLIElement {
  const li = element("li");
  li.dataset["stage"] = item.stage.is;
  const photos = item.photos > 0 ? ` · ${say("phone_photos_count", { n: item.photos })}` : "";
  const at = item.said ? Date.parse(item.said.found_at) : item.begun;
  li.append(element("p", standing(item, going), "item-stage"));
  li.append(element("p", item.said?.description ?? "", "item-what"));
  li.append(element("p", `${item.where}${photos} · ${clockTime(at, now())}`, "hint"));
  const buttons = element("p", "", "buttons");
  if (item.stage.is === "delivered") {
    const view = element("a", say("phone_number", { number: item.stage.number }));
    view.href = `/hazards/${item.id}`;
    li.append(view);
  } else if (item.stage.is === "conflict") {
    const { theirs } = item.stage;
    li.append(bothVersions(item, theirs));
    buttons.append(
      button(say("phone_keep_theirs"), () => doing.keepTheirs(item, theirs)),
      button(say("phone_send_mine"), () => doing.sendMine(item)),
    );
  } else {
    if (item.stage.is === "refused") {
      li.append(element("p", inWords(item.stage.why), "item-why"));
    }
    if (going?.item !== item.id) {
      const { open } = doing;
      if (open) buttons.append(button(say("phone_open"), () => open(item)));
      buttons.append(discard(item, doing));
    }
  }
  if (buttons.childElementCount > 0) li.append(buttons);
  return li;
}

/** Asked once more in its own place: what was not delivered exists nowhere else. */
function discard(item: Item, doing: Doing): HTMLButtonElement {
  const made = button(say("phone_discard"), () => {
    if (made.dataset["sure"] === "yes") return doing.discard(item);
    made.dataset["sure"] = "yes";
    made.textContent = say("phone_discard_sure");
  }, "grave");
  return made;
}

function bothVersions(item: Item, theirs: Theirs | null): HTMLElement {
  const both = element("div", "", "versions");
  const level = (code: string) => document.querySelector(`input[name=initial_level][value="${code}"]`)?.closest("label")?.textContent?.trim() ?? code;
  const version = (title: string, lines: string[], pictures: Element[]) => {
    const side = element("div");
    side.append(element("h3", title));
    for (const line of new Set(lines)) side.append(element("p", line));
    const strip = element("p", "", "version-photos");
    strip.append(...pictures);
    side.append(strip);
    both.append(side);
    return strip;
  };
  if (theirs === null) version(say("phone_theirs"), [say("phone_theirs_hidden")], []);
  else {
    const lines = [theirs.description, theirs.subject.name, theirs.location.text, level(theirs.initial_level), say("phone_number", { number: theirs.number })];
    const pictures = theirs.files.map(({ id }) => {
      const image = element("img");
      image.src = `/files/${id}`;
      image.alt = "";
      return image;
    });
    version(say("phone_theirs"), lines, pictures);
  }
  const said = item.said;
  const mine = version(say("phone_mine"), said ? [said.description, item.where, said.location.text, level(said.initial_level)] : [], []);
  void photosOf(item.id).then((photos) => mine.append(...photos.map((photo) => preview(photo.blob))));
  return both;
}
