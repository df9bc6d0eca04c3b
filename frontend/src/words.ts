/** Words of the page's language that only the browser says, from the template `browser-words`. */
const texts = new Map<string, string>();
const template = document.getElementById("browser-words");
if (template instanceof HTMLTemplateElement) {
  for (const word of template.content.querySelectorAll<HTMLElement>("[data-key]")) {
    texts.set(word.dataset["key"] ?? "", word.textContent ?? "");
  }
}

export function say(key: string, values: Record<string, string | number> = {}): string {
  let text = texts.get(key) ?? key;
  for (const [name, value] of Object.entries(values)) text = text.replace(`{${name}}`, String(value));
  return text;
}

/** `14:03`, or `11-23 14:03` when it was another day, in the page's one time zone. */
export function clockTime(milliseconds: number, now: number): string {
  const civil = (ms: number) => new Date(ms + 8 * 3_600_000).toISOString();
  const [at, today] = [civil(milliseconds), civil(now)];
  const time = at.slice(11, 16);
  return at.slice(0, 10) === today.slice(0, 10) ? time : `${at.slice(5, 10)} ${time}`;
}
