/**
 * Rows chosen for one act on several: how many are chosen, which acts fit at least one of them, all of a page at once, and x for the
 * row that j and k have come to. Without it the boxes and buttons work as they are; the server says what fits.
 */
export function bulkChoice(): void {
  const form = document.querySelector<HTMLFormElement>("[data-bulk]");
  const bar = document.querySelector<HTMLElement>("[data-bulk-bar]");
  const says = bar?.querySelector<HTMLElement>("[data-bulk-chosen]");
  if (!form || !bar || !says) return;
  const idle = says.textContent ?? "";
  const boxes = Array.from(document.querySelectorAll<HTMLInputElement>("input[data-together]:not(:disabled)"));
  const alls = Array.from(document.querySelectorAll<HTMLInputElement>("[data-bulk-all] input"));
  const acts = Array.from(bar.querySelectorAll<HTMLButtonElement>("[data-bulk-act]"));

  function show(): void {
    const chosen = boxes.filter((box) => box.checked);
    const fit = new Set(chosen.flatMap((box) => (box.dataset["together"] ?? "").split(" ")));
    for (const act of acts) act.hidden = !fit.has(act.value);
    for (const box of boxes) box.closest("tr")?.classList.toggle("is-chosen", box.checked);
    for (const all of alls) {
      all.checked = chosen.length > 0 && chosen.length === boxes.length;
      all.indeterminate = chosen.length > 0 && chosen.length < boxes.length;
    }
    bar!.classList.toggle("is-idle", chosen.length === 0);
    says!.textContent = chosen.length === 0 ? idle : (says!.dataset["text"] ?? "").replace("{n}", String(chosen.length));
  }

  for (const label of document.querySelectorAll<HTMLElement>("[data-bulk-all]")) label.hidden = boxes.length === 0;
  for (const all of alls) {
    all.addEventListener("change", () => {
      for (const box of boxes) box.checked = all.checked;
      show();
    });
  }
  for (const box of boxes) box.addEventListener("change", show);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "x" || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target as HTMLElement;
    if (target.isContentEditable || target.matches("input:not([type=checkbox]), textarea, select")) return;
    const box = document.querySelector<HTMLInputElement>("tr.is-at input[data-together]:not(:disabled)");
    if (!box) return;
    box.checked = !box.checked;
    show();
  });
  // Whoever comes back finds the boxes as the browser kept them.
  addEventListener("pageshow", show);
  show();
}
