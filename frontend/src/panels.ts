/**
 * Act forms open by their address (`#act-acceptance`), which needs no script. Here they open in place instead, as dialogs: the page
 * keeps where it was scrolled to, the focus goes in, stays in until it is closed, and comes back; escape closes.
 */
const REACHED = "a[href], button, input:not([type=hidden]), textarea, select, summary, [tabindex='0']";

export function actPanels(): void {
  const panels = Array.from(document.querySelectorAll<HTMLElement>(".act"));
  closesWithEscape();
  if (panels.length === 0) return;
  let opener: HTMLElement | null = null;

  function close(panel: HTMLElement): void {
    panel.classList.remove("is-open");
    panel.removeAttribute("aria-modal");
    if (location.hash === `#${panel.id}`) {
      const top = window.scrollY;
      location.hash = "#main";
      history.replaceState(null, "", location.pathname + location.search);
      window.scrollTo(0, top);
    }
    // Opened by its address, or by a button that is folded away by now: then on with the page.
    if (opener?.checkVisibility()) opener.focus();
    else document.getElementById("main")?.focus({ preventScroll: true });
    opener = null;
  }

  function open(panel: HTMLElement): void {
    for (const other of panels) if (other !== panel && shown(other)) close(other);
    panel.classList.add("is-open");
    panel.setAttribute("aria-modal", "true");
    const first = panel.querySelector<HTMLElement>(".errors, .act-body input:not([type=hidden]), .act-body textarea, .act-body select");
    (first ?? reached(panel)[1] ?? panel).focus();
  }

  const shown = (panel: HTMLElement) => getComputedStyle(panel).display !== "none";

  document.addEventListener("click", (event) => {
    const target = event.target as HTMLElement;
    const opens = target.closest<HTMLAnchorElement>("a[data-opens]");
    if (opens) {
      const panel = document.getElementById(opens.hash.slice(1));
      if (!panel) return;
      event.preventDefault();
      open(panel);
      opener = opens;
      return;
    }
    const closes = target.closest<HTMLAnchorElement>("a[data-closes]");
    const panel = closes?.closest<HTMLElement>(".act");
    // After errors the link leads to a fresh page: the form that came back is then really gone.
    if (closes && panel && closes.hash) {
      event.preventDefault();
      close(panel);
    }
  });

  document.addEventListener("keydown", (event) => {
    const panel = panels.find(shown);
    if (!panel) return;
    if (event.key === "Escape") close(panel);
    else if (event.key === "Tab") stayIn(panel, event);
  });

  const asked = panels.find(shown);
  if (asked) open(asked);
}

function reached(panel: HTMLElement): HTMLElement[] {
  const all = Array.from(panel.querySelectorAll<HTMLElement>(REACHED));
  return all.filter((one) => one.checkVisibility() && !one.matches(":disabled"));
}

/** From the last thing that can be reached to the first, and back; the page behind is not reached. */
function stayIn(panel: HTMLElement, event: KeyboardEvent): void {
  const all = reached(panel);
  const [first, last] = [all[0], all[all.length - 1]];
  if (!first || !last) return;
  const at = document.activeElement;
  const outside = !panel.contains(at) || at === panel;
  if (event.shiftKey ? outside || at === first : outside || at === last) {
    event.preventDefault();
    (event.shiftKey ? last : first).focus();
  }
}

/** What folds open above the bar closes with escape and gives the focus back. */
function closesWithEscape(): void {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.activeElement?.closest<HTMLDetailsElement>("details.more-acts[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
}

/** What came back with errors begins with them; each leads to its field. */
export function errorsFirst(): void {
  const summary = document.querySelector<HTMLElement>(".errors[tabindex='-1']");
  // Where the page has begun somewhere already, as at the door, it stays there and the error is read out.
  if (summary?.checkVisibility() && !document.querySelector("[autofocus]")) summary.focus();
}
