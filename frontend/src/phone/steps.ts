/** One question at a time. The phone's own back button leads to the question before; the fields stay as they were. */
import { say } from "../words";

export interface Steps {
  at(): number;
  last(): number;
  /** Goes there; `back` of the phone comes back here. */
  go(step: number): void;
  goTo(name: string): void;
  /** From the first question, with nothing to go back to. */
  restart(): void;
}

export function steps(form: HTMLFormElement, may: (name: string) => boolean, shown: (name: string) => void): Steps {
  const sections = Array.from(form.querySelectorAll<HTMLElement>("[data-step]"));
  const bar = form.querySelector<HTMLElement>("[data-step-bar]");
  const [back, next] = [bar?.querySelector<HTMLButtonElement>("[data-step-back]"), bar?.querySelector<HTMLButtonElement>("[data-step-next]")];
  const send = form.querySelector<HTMLElement>("[data-send]");
  const last = sections.length - 1;
  let here = 0;

  const name = (step: number) => sections[step]?.dataset["step"] ?? "";

  function show(step: number, focus: boolean): void {
    here = Math.min(Math.max(step, 0), last);
    sections.forEach((section, at) => (section.hidden = at !== here));
    if (send) send.hidden = here !== last;
    if (back) back.hidden = here === 0;
    if (next) next.hidden = here === last;
    shown(name(here));
    if (!focus) return;
    window.scrollTo(0, 0);
    sections[here]?.querySelector<HTMLElement>(".step-title")?.focus({ preventScroll: true });
  }

  const state = () => history.state as { step?: number; from?: number } | null;
  const go = (step: number) => {
    if (step === here) return show(here, true);
    // Where one came from is the way back, so that the phone's own button never leads forward again.
    if (state()?.from === step) return history.back();
    history.pushState({ step, from: here }, "");
    show(step, true);
  };
  const forward = () => {
    if (may(name(here))) go(here + 1);
  };

  sections.forEach((section, at) => {
    const title = section.querySelector<HTMLElement>(".step-title");
    if (!title) return;
    title.hidden = false;
    const place = document.createElement("small");
    place.textContent = say("phone_step_place", { n: at + 1, of: last + 1 });
    title.append(" ", place);
  });
  if (bar) bar.hidden = false;
  form.classList.add("steps");
  next?.addEventListener("click", forward);
  back?.addEventListener("click", () => go(here - 1));
  window.addEventListener("popstate", (event) => show((event.state as ReturnType<typeof state>)?.step ?? 0, true));
  // Enter in a field means the next question, until there is none.
  form.addEventListener("submit", (event) => {
    if (here === last) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    forward();
  });
  const kept = state()?.step ?? 0;
  if (kept === 0) history.replaceState({ step: 0 }, "");
  show(kept, false);
  return {
    at: () => here,
    last: () => last,
    go,
    goTo: (wanted) => go(Math.max(sections.findIndex((section) => section.dataset["step"] === wanted), 0)),
    restart: () => {
      history.replaceState({ step: 0 }, "");
      show(0, false);
    },
  };
}
