/** Small helps at single fields: amounts in yuan, the number behind a chosen unit, printing. */
import { say } from "./words";

/** 1.2 万元 also reads 合 12,000 元: a slipped unit is seen before it is sent. */
export function moneyInYuan(): void {
  for (const group of document.querySelectorAll<HTMLElement>("[data-money]")) {
    const amount = group.querySelector("input");
    const unit = group.querySelector("select");
    const output = group.querySelector("output");
    if (!amount || !unit || !output) continue;
    const show = () => {
      const yuan = Number(amount.value.replace(/[,，\s]/g, "")) * (unit.value === "wan" ? 10_000 : 1);
      const speaks = amount.value.trim() !== "" && Number.isFinite(yuan) && unit.value === "wan";
      output.textContent = speaks ? say("wan_is", { n: yuan.toLocaleString("zh-CN", { maximumFractionDigits: 2 }) }) : "";
    };
    group.addEventListener("input", show);
    group.closest("form")?.addEventListener("restored", show);
    show();
  }
}

/** A name taken from the suggestions sends its id along; any other name does not. */
export function subjectIds(): void {
  const input = document.querySelector<HTMLInputElement>("[data-subject]");
  const id = input?.form?.querySelector<HTMLInputElement>("input[name=subject_id]");
  if (!input || !id) return;
  input.addEventListener("input", () => {
    const chosen = Array.from(input.list?.options ?? []).find((option) => option.value === input.value);
    id.value = chosen?.dataset["id"] ?? "";
  });
}

export function printButtons(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
