/** j and k move through the rows, enter opens one, / goes to the search. Silent while somebody types. */
function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

export function keyboardLists(): void {
  const rows = Array.from(document.querySelectorAll<HTMLElement>("[data-keyboard] tr[data-href]"));
  const search = document.querySelector<HTMLInputElement>("[data-search]");
  let at = -1;

  function move(to: number): void {
    const row = rows[to];
    if (!row) return;
    rows[at]?.classList.remove("is-at");
    at = to;
    row.classList.add("is-at");
    row.scrollIntoView({ block: "nearest" });
    row.querySelector<HTMLAnchorElement>("a.row-link")?.focus({ preventScroll: true });
  }

  document.addEventListener("keydown", (event) => {
    if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j") move(Math.min(at + 1, rows.length - 1));
    else if (event.key === "k") move(Math.max(at - 1, 0));
    else if (event.key === "/" && search) {
      event.preventDefault();
      search.focus();
      search.select();
    }
  });

  // A press anywhere on a row opens it; what can be pressed by itself keeps its own meaning.
  for (const row of rows) {
    row.addEventListener("click", (event) => {
      const target = event.target as HTMLElement;
      if (target.closest("a, button, input, label") || String(getSelection()) !== "") return;
      const href = row.dataset["href"];
      if (href) location.assign(href);
    });
  }
}
