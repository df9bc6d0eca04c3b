/** The place by satellite, when somebody asks for it; never by itself, and never instead of the words. */
import { say } from "./words";

export function askPosition(): void {
  for (const group of document.querySelectorAll<HTMLElement>("[data-position]")) {
    const button = group.querySelector("button");
    const input = group.querySelector("input");
    const output = group.querySelector("output");
    if (!button || !input || !output || !("geolocation" in navigator)) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      output.textContent = say("position_asking");
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          input.value = `${coords.longitude.toFixed(6)},${coords.latitude.toFixed(6)}`;
          output.textContent = say("position_got", { n: Math.round(coords.accuracy) });
          input.dispatchEvent(new Event("change", { bubbles: true }));
        },
        () => (output.textContent = say("position_refused")),
        { enableHighAccuracy: true, timeout: 20_000, maximumAge: 60_000 },
      );
    });
  }
}
