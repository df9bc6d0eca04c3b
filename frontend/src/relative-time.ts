/** 剩 2 天 3 小时, counted on while the page stays open; the same rule as crates/web/src/words/duration.rs. */
import { now } from "./clock";
import { say } from "./words";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function span(milliseconds: number): string {
  const days = Math.floor(milliseconds / DAY);
  const hours = Math.floor((milliseconds % DAY) / HOUR);
  const minutes = Math.floor((milliseconds % HOUR) / MINUTE);
  const unit = (key: string, n: number) => say(key, { n });
  if (days === 0 && hours === 0) return unit("minutes", Math.max(minutes, 1));
  if (days === 0) return minutes === 0 ? unit("hours", hours) : `${unit("hours", hours)} ${unit("minutes", minutes)}`;
  if (hours === 0 || days > 9) return unit("days", days);
  return `${unit("days", days)} ${unit("hours", hours)}`;
}

export function timeLeft(milliseconds: number): string {
  return say(milliseconds >= 0 ? "left" : "overdue", { span: span(Math.abs(milliseconds)) });
}

export function countTime(): void {
  setInterval(() => {
    for (const time of document.querySelectorAll<HTMLTimeElement>("time[data-due]")) {
      const at = Number(time.dataset["due"]);
      if (at > 0) time.textContent = timeLeft(at - now());
    }
  }, MINUTE);
}
