/**
 * The report page, kept on the phone with exactly the style and script that it names, so that it opens without a signal. One copy,
 * of one viewer: the page of whoever signs in next takes the place of the last one's, and signing out takes it away.
 * `service-worker.ts` only shows what lies here; it never keeps anything by itself.
 */
import { forgetDelivered } from "./store";

export const SHELL = "anlan-shell:";
/** Which subjects somebody reported lately, by id. */
export const RECENT = "anlan-recent:";
export const KEPT_AT = "x-kept-at";
const COPIED = ["content-type", "content-security-policy", "x-content-type-options", "referrer-policy"];

/** True when the page will open without a signal. */
export async function keepShell(viewer: string): Promise<boolean> {
  const answer = await fetch("/phone/report", { redirect: "error", cache: "no-store" });
  if (!answer.ok || answer.headers.get("x-anlan-viewer") !== viewer) return false;
  const html = await answer.text();
  const assets = new Set(Array.from(html.matchAll(/"(\/assets\/[^"]+)"/g), (found) => found[1] ?? ""));
  const cache = await caches.open(SHELL + viewer);
  const missing: string[] = [];
  for (const asset of assets) if (!(await cache.match(asset))) missing.push(asset);
  await cache.addAll(missing);
  const headers = new Headers({ [KEPT_AT]: String(Date.now()) });
  for (const name of COPIED) headers.set(name, answer.headers.get(name) ?? "");
  await cache.put("/report", new Response(html, { headers }));
  // What an older page named goes last, so that the phone is never left with half of one.
  for (const { url } of await cache.keys()) {
    const { pathname, search } = new URL(url);
    if (pathname !== "/report" && !assets.has(pathname + search)) await cache.delete(url);
  }
  return true;
}

/** Nobody's page but this viewer's stays; without a viewer, none. */
export async function onlyOf(viewer: string | null): Promise<void> {
  for (const name of await caches.keys()) {
    if (name.startsWith(SHELL) && name !== SHELL + (viewer ?? "")) await caches.delete(name);
  }
  for (const name of Object.keys(localStorage)) {
    if (name.startsWith(RECENT) && name !== RECENT + (viewer ?? "")) localStorage.removeItem(name);
  }
  await forgetDelivered((item) => item.viewer !== viewer);
}

/** Signing out takes the page and the list of what was delivered away first. What has not arrived stays for its owner. */
export function clearOnSignOut(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[action="/sign-out"]')) {
    let cleared = false;
    form.addEventListener("submit", (event) => {
      if (cleared) return;
      event.preventDefault();
      cleared = true;
      // A store that does not answer must not keep anybody signed in.
      const patience = new Promise((resolve) => setTimeout(resolve, 2_000));
      void Promise.race([onlyOf(null).catch(() => undefined), patience]).then(() => form.submit());
    });
  }
}
