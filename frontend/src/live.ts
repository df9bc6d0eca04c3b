/**
 * A desk that stays open looks again by itself when something in its jurisdiction went on the record. What is shown is
 * read anew from the same address; nothing is lost that has the focus, and a tab that nobody looks at keeps still.
 */
const STREAM = "/changes";

/** Another person, or nobody: then the page has to be left, not mixed with theirs. */
const viewer = (page: Document) => page.documentElement.dataset["viewer"] ?? "";

async function lookAgain(): Promise<void> {
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (viewer(fresh) !== viewer(document)) {
    location.reload();
    return;
  }
  for (const part of document.querySelectorAll<HTMLElement>("[data-live]")) {
    const next = fresh.getElementById(part.id);
    if (!next || next.innerHTML === part.innerHTML) continue;
    const focused = part.contains(document.activeElement) ? document.activeElement?.getAttribute("href") : null;
    part.replaceChildren(...next.childNodes);
    if (focused) part.querySelector<HTMLElement>(`a[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }
}

export function liveDesk(): void {
  if (!document.querySelector("[data-live]") || !("EventSource" in window)) return;
  let stream: EventSource | null = null;
  let looking = false;
  let again = false;

  async function look(): Promise<void> {
    if (looking) {
      again = true;
      return;
    }
    looking = true;
    do {
      again = false;
      // Without a network the desk stays as it was; the stream comes back by itself and it is looked at again.
      await lookAgain().catch(() => undefined);
    } while (again);
    looking = false;
  }

  function listen(missed: boolean): void {
    if (stream) return;
    let first = !missed;
    stream = new EventSource(STREAM);
    stream.onmessage = () => void look();
    stream.onopen = () => {
      if (!first) void look();
      first = false;
    };
    stream.onerror = () => {
      if (stream?.readyState === EventSource.CLOSED) stream = null;
    };
  }

  // Browsers keep few connections to one host: tabs behind give theirs back.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") listen(true);
    else {
      stream?.close();
      stream = null;
    }
  });
  if (document.visibilityState === "visible") listen(false);
}
