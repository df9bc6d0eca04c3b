/**
 * A form is sent once, however often it is pressed. The key in the form makes a second arrival harmless anyway; this
 * spares people the wait and the doubt. Coming back to the page makes the form usable again.
 */
import { say } from "./words";

export function guardSubmits(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-once]")) {
    let labels: [HTMLButtonElement, string][] = [];

    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      if (form.dataset["sent"] === "yes") {
        event.preventDefault();
        return;
      }
      form.dataset["sent"] = "yes";
      const pressed = (event as SubmitEvent).submitter;
      for (const button of form.querySelectorAll<HTMLButtonElement>("button:not([type=button])")) {
        labels.push([button, button.textContent ?? ""]);
        button.setAttribute("aria-disabled", "true");
        if (button === pressed) button.textContent = say("sending");
      }
    });

    window.addEventListener("pageshow", () => {
      delete form.dataset["sent"];
      for (const [button, label] of labels) {
        button.removeAttribute("aria-disabled");
        if (button.textContent !== label) button.textContent = label;
      }
      labels = [];
    });
  }
}
