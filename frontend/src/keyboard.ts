/** j and k move through the rows, enter opens one, / goes to the search; x stands in bulk.ts. Silent while somebody types. */
function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input:not([type=checkbox]), textarea, select"));
}

export function keyboardLists(): void {
  const search = document.querySelector<HTMLInputElement>("[data-search]");
  let at = -1;

  // Rows are looked up each time: a desk that looks again has others.
  function move(by: number): void {
    const rows = Array.from(document.querySelectorAll<HTMLElement>("[data-keyboard] tr[data-href]"));
    at = Math.min(Math.max(at + by, 0), rows.length - 1);
    const row = rows[at];
    if (!row) return;
    for (const other of rows) other.classList.toggle("is-at", other === row);
    row.scrollIntoView({ block: "nearest" });
    row.querySelector<HTMLAnchorElement>("a.row-link")?.focus({ preventScroll: true });
  }

  document.addEventListener("keydown", (event) => {
    if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (event.key === "/" && search) {
      event.preventDefault();
      search.focus();
      search.select();
    }
  });

  // A press anywhere on a row opens it; what can be pressed by itself keeps its own meaning.
  document.addEventListener("click", (event) => {
    const target = event.target as HTMLElement;
    const row = target.closest<HTMLElement>("[data-keyboard] tr[data-href]");
    if (!row || target.closest("a, button, input, label") || String(getSelection()) !== "") return;
    const href = row.dataset["href"];
    if (href) location.assign(href);
  });
}
