/**
 * Where it is, with one press: a scanned code, a unit of the list in the page, or a spot that is nobody's. What is chosen goes into the
 * same fields that are typed into without a script.
 */
import { say } from "../words";
import { scanner } from "./scan";

export interface Place {
  id: string;
  kind: string;
  name: string;
  note: string;
  sector: string;
  address: string;
}

export interface Where {
  /** The unit that is chosen, if it is one of the list. */
  chosen(): Place | null;
  /** Shows what the fields hold, after they were filled from elsewhere. */
  show(): void;
  choose(id: string): boolean;
}

const SHOWN = 12;
const RECENT = 5;

export function where(form: HTMLFormElement, recentKey: string, tell: (text: string) => void, moved: (chosen: boolean) => void): Where {
  const input = (name: string) => form.querySelector<HTMLInputElement>(`input[name=${name}]`);
  const find = <T extends HTMLElement>(mark: string) => form.querySelector<T>(`[data-${mark}]`);
  const options = Array.from(form.querySelectorAll<HTMLOptionElement>("#report-subjects option"));
  const places: Place[] = options.map((option) => ({
    id: option.dataset["id"] ?? "",
    kind: option.dataset["kind"] ?? "",
    name: option.value,
    note: option.textContent ?? "",
    sector: option.dataset["sector"] ?? "",
    address: option.dataset["address"] ?? "",
  }));
  const [id, name] = [input("subject_id"), input("subject")];
  const fixed = name?.type === "hidden";
  const list = find<HTMLUListElement>("where-list");
  const search = find<HTMLInputElement>("where-search");
  const named = input("subject_name");
  const details = form.querySelector<HTMLDetailsElement>(".new-subject");
  const place = input("location_text");
  let filled = "";

  const chosen = () => places.find((one) => one.id !== "" && one.id === id?.value) ?? null;
  const kinds = () => Array.from(form.querySelectorAll<HTMLInputElement>("input[name=subject_kind]"));
  const recent = () => (localStorage.getItem(recentKey) ?? "").split(" ").filter(Boolean);

  /** The place in words: offered, and never over what somebody typed. */
  function offerPlace(text: string): void {
    if (!place || (place.value.trim() !== "" && place.value !== filled)) return;
    place.value = filled = text.slice(0, 200);
  }

  function show(): void {
    if (fixed) return offerPlace(chosen()?.address ?? "");
    const one = chosen();
    // A spot that is nobody's has a kind already: only its name is asked for.
    const nobodys = one === null ? kinds().find((kind) => kind.checked && kind.value === "unowned") : undefined;
    const settled = one !== null || nobodys !== undefined;
    const line = find("where-chosen");
    if (line) {
      line.hidden = !settled;
      const [title, under] = [line.querySelector("b"), line.querySelector("small")];
      if (title) title.textContent = one?.name ?? nobodys?.closest("label")?.textContent?.trim() ?? "";
      if (under) under.textContent = one?.note ?? "";
    }
    const ways = find("where-ways");
    if (ways) ways.hidden = settled;
    const again = find("where-again");
    if (again) again.hidden = !settled;
    if (details) {
      details.hidden = one !== null;
      details.classList.toggle("is-nobodys", nobodys !== undefined);
      if (one === null && kinds().some((kind) => kind.checked)) details.open = true;
    }
    offer();
  }

  function take(one: Place): void {
    if (!id || !name) return;
    [id.value, name.value] = [one.id, one.name];
    for (const kind of kinds()) kind.checked = false;
    if (named) named.value = "";
    offerPlace(one.address || one.name);
    const lately = [one.id, ...recent().filter((other) => other !== one.id)].slice(0, RECENT);
    localStorage.setItem(recentKey, lately.join(" "));
    tell("");
    show();
    form.dispatchEvent(new Event("change"));
  }

  function offer(): void {
    if (!list) return;
    const text = search?.value.trim() ?? "";
    const lately = recent();
    const rank = (one: Place) => (lately.includes(one.id) ? lately.indexOf(one.id) : RECENT);
    const found = text === "" ? [...places].sort((a, b) => rank(a) - rank(b)) : places.filter((one) => one.name.includes(text));
    list.replaceChildren(
      ...found.slice(0, SHOWN).map((one) => {
        const button = document.createElement("button");
        button.type = "button";
        button.append(one.name);
        const under = document.createElement("small");
        under.textContent = lately.includes(one.id) ? `${one.note} · ${say("phone_recent")}` : one.note;
        button.append(under);
        button.addEventListener("click", () => {
          take(one);
          moved(true);
        });
        const li = document.createElement("li");
        li.append(button);
        return li;
      }),
    );
    const says = find("where-says");
    const more = found.length - SHOWN;
    if (says) says.textContent = found.length === 0 && text !== "" ? say("phone_pick_none") : more > 0 ? say("phone_pick_more", { n: more }) : "";
  }

  function choose(wanted: string): boolean {
    const one = places.find((other) => other.id === wanted.toLowerCase());
    if (one) take(one);
    return one !== undefined;
  }

  const ways = find("where");
  if (ways) ways.hidden = false;
  for (const typed of form.querySelectorAll<HTMLElement>("[data-typed]")) typed.hidden = true;
  search?.addEventListener("input", (event) => {
    event.stopPropagation();
    offer();
  });
  find("where-again")?.addEventListener("click", () => {
    if (id && name) id.value = name.value = "";
    for (const kind of kinds()) kind.checked = false;
    if (details) details.open = false;
    show();
    form.dispatchEvent(new Event("change"));
    search?.focus();
  });
  find("unowned")?.addEventListener("click", () => {
    const unowned = kinds().find((kind) => kind.value === "unowned");
    if (!unowned || !details || !id || !name) return;
    id.value = name.value = "";
    unowned.checked = details.open = true;
    show();
    form.dispatchEvent(new Event("change"));
    named?.focus();
    named?.scrollIntoView({ block: "center" });
  });
  named?.addEventListener("input", () => offerPlace(named.value));
  scanner(form, tell, (found) => {
    if (choose(found)) return moved(true);
    // Beyond the list, the server knows it; what was filled in is kept.
    if (navigator.onLine) location.assign(`/s/${found}`);
    else tell(say("phone_pick_unknown"));
  });
  return { chosen, show, choose };
}
