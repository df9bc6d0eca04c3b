/**
 * What may have been reported already, shown where the report is looked through once more. Only with a signal, and never in the way:
 * without an answer in time there is nothing to see, and sending never waits for it.
 */
import { say } from "../words";
import type { Said } from "./store";

const PATIENCE_MS = 4_000;

interface Similar {
  id: string;
  number: string;
  description: string;
  subject: string;
  location: string;
  why: string;
}

let asked = 0;

function line(one: Similar): HTMLLIElement {
  const item = document.createElement("li");
  const part = (tag: string, text: string) => {
    const element = document.createElement(tag);
    element.textContent = text;
    item.append(element);
    return element;
  };
  part("p", one.number).className = "number";
  part("p", one.description);
  part("p", `${one.subject} ${one.location}`).className = "hint";
  part("b", one.why);
  const open = document.createElement("a");
  open.className = "button";
  open.href = `/hazards/${encodeURIComponent(one.id)}`;
  open.target = "_blank";
  open.textContent = say("similar_open");
  const last = document.createElement("p");
  last.append(open);
  item.append(last);
  return item;
}

export async function suggestSimilar(form: HTMLFormElement, said: Said): Promise<void> {
  const place = form.querySelector<HTMLElement>("[data-similar]");
  const list = place?.querySelector("ul");
  const mine = ++asked;
  if (!place || !list) return;
  place.hidden = true;
  if (!navigator.onLine || said.description === "") return;
  const query = new URLSearchParams({ description: said.description.slice(0, 400) });
  if ("id" in said.subject && said.subject.id) query.set("subject", said.subject.id);
  const { lon, lat } = said.location;
  if (lon !== undefined && lat !== undefined) {
    query.set("lon", String(lon));
    query.set("lat", String(lat));
  }
  const answer = await fetch(`/phone/similar?${query}`, { signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => null);
  if (!answer?.ok) return;
  const { items } = (await answer.json()) as { items: Similar[] };
  // The report may have been changed since, or sent.
  if (mine !== asked || items.length === 0) return;
  list.replaceChildren(...items.map(line));
  place.hidden = false;
}
