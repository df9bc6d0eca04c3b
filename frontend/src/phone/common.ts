/** What is often found at such a place, to press into the description: first what belongs to the industry, then the rest. */
import type { Place } from "./where";

const SHOWN = 6;

/** Gives what to call when the place has changed. */
export function commonFindings(form: HTMLFormElement): (kind: string, place: Place | null) => void {
  const box = form.querySelector<HTMLElement>("[data-common]");
  const more = box?.querySelector<HTMLButtonElement>("[data-common-more]");
  const list = box?.querySelector("ul");
  const area = form.querySelector<HTMLTextAreaElement>("textarea[name=description]");
  if (!box || !more || !list || !area) return () => undefined;
  const all = Array.from(list.children) as HTMLElement[];
  let open = false;
  let fits: HTMLElement[] = [];

  const show = () => {
    all.forEach((item) => (item.hidden = true));
    fits.forEach((item, at) => (item.hidden = !open && at >= SHOWN));
    box.hidden = fits.length === 0;
    more.hidden = open || fits.length <= SHOWN;
  };
  const marks = () => {
    for (const item of all) {
      const button = item.querySelector("button");
      button?.setAttribute("aria-pressed", String(area.value.includes(button.textContent ?? "")));
    }
  };

  more.addEventListener("click", () => {
    open = true;
    show();
    fits[SHOWN]?.querySelector("button")?.focus();
  });
  list.addEventListener("click", (event) => {
    const text = (event.target as HTMLElement).closest("button")?.textContent;
    if (!text) return;
    // Pressed again it goes out again; what was typed around it stays.
    const parts = area.value.split("；").map((part) => part.trim()).filter(Boolean);
    area.value = (parts.includes(text) ? parts.filter((part) => part !== text) : [...parts, text]).join("；");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });
  area.addEventListener("input", marks);
  form.addEventListener("restored", marks);

  return (kind, place) => {
    const section = place?.sector.slice(0, 1) ?? "";
    const of = (item: HTMLElement, list: string) => (item.dataset[list] ?? "").split(" ").filter(Boolean);
    const ofKind = all.filter((item) => kind === "" || of(item, "kinds").includes(kind));
    const own = ofKind.filter((item) => section !== "" && of(item, "sectors").includes(section));
    fits = [...own, ...ofKind.filter((item) => of(item, "sectors").length === 0)];
    list.append(...fits);
    open = false;
    show();
    marks();
  };
}
