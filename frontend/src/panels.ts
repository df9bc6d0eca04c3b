/**
 * Act forms open by their address (`#act-acceptance`), which needs no script. Here they open in place instead, keep
 * the page where it was scrolled to, take the focus and give it back, and close with escape.
 */
export function actPanels(): void {
  const panels = Array.from(document.querySelectorAll<HTMLElement>(".act"));
  if (panels.length === 0) return;
  let opener: HTMLElement | null = null;

  function close(panel: HTMLElement): void {
    panel.classList.remove("is-open");
    if (location.hash === `#${panel.id}`) {
      const top = window.scrollY;
      location.hash = "#main";
      history.replaceState(null, "", location.pathname + location.search);
      window.scrollTo(0, top);
    }
    opener?.focus();
    opener = null;
  }

  function open(panel: HTMLElement): void {
    for (const other of panels) if (other !== panel && shown(other)) close(other);
    panel.classList.add("is-open");
    const first = panel.querySelector<HTMLElement>(".errors, .act-body input:not([type=hidden]), .act-body textarea, .act-body select");
    first?.focus();
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
    if (event.key !== "Escape") return;
    const panel = panels.find(shown);
    if (panel) close(panel);
  });

  const asked = panels.find(shown);
  if (asked) open(asked);
}
