/**
 * Pictures and papers go to the server as soon as they are chosen, each with its progress, so that sending the form
 * itself is quick. What arrived is sent along as `{name}_id`. Until then the file stands in an input of its own and
 * goes with the form, whenever that is sent: nothing that somebody chose is lost without a word. What the server
 * refuses as such (too large, of no known type) is told at the file and does not go along.
 * `POST /files`: multipart part `file`, header `X-CSRF-Token`; the answer is JSON with `id`.
 */
import { say } from "./words";

function row(list: Element, file: File): { status: HTMLElement; progress: HTMLProgressElement; li: HTMLLIElement } {
  const li = document.createElement("li");
  if (file.type.startsWith("image/")) li.append(preview(file));
  const name = document.createElement("span");
  name.className = "file-name";
  name.textContent = file.name;
  const progress = document.createElement("progress");
  progress.max = 100;
  const status = document.createElement("small");
  li.append(name, progress, status);
  list.append(li);
  return { status, progress, li };
}

/** Drawn, not linked: the page's policy lets no picture in but those of its own server. */
export function preview(file: Blob): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 96;
  createImageBitmap(file).then(
    (image) => {
      const side = Math.min(image.width, image.height);
      const [left, top] = [(image.width - side) / 2, (image.height - side) / 2];
      canvas.getContext("2d")?.drawImage(image, left, top, side, side, 0, 0, 96, 96);
      image.close();
    },
    () => canvas.remove(), // A format the browser cannot draw; the name stands beside it.
  );
  return canvas;
}

function send(file: File, box: HTMLElement, list: Element): void {
  const field = box.dataset["files"] ?? "";
  const { status, progress, li } = row(list, file);
  const remove = document.createElement("button");
  remove.type = "button";
  remove.className = "plain";
  remove.textContent = say("remove");
  remove.addEventListener("click", () => {
    li.remove();
    box.dispatchEvent(new Event("change", { bubbles: true }));
  });

  const carried = carry(file, field);
  if (carried) li.append(carried);

  const attempt = () => {
    const body = new FormData();
    body.append("file", file, file.name);
    const request = new XMLHttpRequest();
    request.open("POST", "/files");
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRF-Token", document.querySelector<HTMLMetaElement>("meta[name=csrf]")?.content ?? "");
    request.upload.onprogress = (event) => {
      if (!event.lengthComputable) return;
      const percent = Math.round((event.loaded / event.total) * 100);
      progress.value = percent;
      status.textContent = say("uploading", { n: percent });
    };
    request.onload = () => {
      const answer = read(request.responseText);
      if (REFUSED.has(request.status)) return refused(`${answer.detail ?? ""} ${answer.next ?? ""}`.trim());
      const id = request.status < 300 ? answer.id : undefined;
      if (id === undefined) return failed();
      progress.remove();
      carried?.remove();
      status.textContent = say("uploaded");
      const input = document.createElement("input");
      input.type = "hidden";
      input.name = `${field}_id`;
      input.value = id;
      li.append(input, remove);
      box.dispatchEvent(new Event("change", { bubbles: true }));
    };
    request.onerror = failed;
    request.send(body);
  };

  const refused = (why: string) => {
    progress.remove();
    carried?.remove();
    status.className = "field-error";
    status.setAttribute("role", "alert");
    status.textContent = why || say("upload_failed");
    li.append(remove);
  };

  const failed = () => {
    progress.hidden = true;
    if (carried) {
      li.append(remove);
      status.textContent = say("upload_waits");
      return;
    }
    const again = document.createElement("button");
    again.type = "button";
    again.className = "plain";
    again.textContent = say("upload_failed");
    again.addEventListener("click", () => {
      again.remove();
      progress.hidden = false;
      attempt();
    });
    li.append(again);
  };
  attempt();
}

/** The file in an input of its own, to go with the form. */
function carry(file: File, field: string): HTMLInputElement | null {
  try {
    const transfer = new DataTransfer();
    transfer.items.add(file);
    const input = document.createElement("input");
    input.type = "file";
    input.name = field;
    input.hidden = true;
    input.files = transfer.files;
    return input.files.length === 1 ? input : null;
  } catch {
    return null;
  }
}

/** Too large, of no type that is taken, not readable as what it says it is: sending it again changes nothing. */
const REFUSED = new Set([413, 415, 422]);

/** What the answer says of the file, or of why it was refused. */
function read(answer: string): { id?: string; detail?: string; next?: string } {
  const told: Record<string, string> = {};
  try {
    for (const [name, value] of Object.entries(JSON.parse(answer) as object)) {
      if (typeof value === "string") told[name] = value;
    }
  } catch {
    // No answer of ours: a proxy on the way, or nothing at all.
  }
  return told;
}

export function uploads(): void {
  for (const box of document.querySelectorAll<HTMLElement>("[data-files]")) {
    const list = box.querySelector(".files-list");
    if (!list) continue;
    const inputs = Array.from(box.querySelectorAll<HTMLInputElement>("input[type=file]"));
    for (const input of inputs) {
      input.addEventListener("change", () => {
        const files = Array.from(input.files ?? []);
        input.value = "";
        // What is being sent already is not asked for again, whichever input it was chosen with.
        for (const each of inputs) each.required = false;
        for (const file of files) send(file, box, list);
      });
    }
  }
}
