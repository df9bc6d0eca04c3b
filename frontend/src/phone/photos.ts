/** The photos of the report being filled in: kept on the phone the moment they are taken, shown small, taken away again. */
import { say } from "../words";
import { preview } from "../uploads";
import { sha256, uuid7 } from "./ids";
import { MOST_PHOTOS, addPhoto, isFull, photosOf, removePhoto } from "./store";
import type { Photo } from "./store";

const LARGEST = 20 * 1024 * 1024;

export interface Album {
  show(item: string | null): Promise<number>;
  count(): number;
}

/** `begin` gives the id of the report, made if there is none yet. */
export function album(form: HTMLFormElement, begin: () => Promise<string | null>, tell: (text: string) => void): Album {
  const box = form.querySelector<HTMLElement>('[data-files="photos"]');
  const list = box?.querySelector(".files-list");
  const says = form.querySelector<HTMLElement>("[data-photos-say]");
  let count = 0;
  // From here on the photos are this phone's, and not the page's to send (uploads.ts).
  if (box) delete box.dataset["files"];

  function counted(): void {
    if (!says) return;
    says.hidden = count === 0;
    says.textContent = say("phone_photos_kept", { n: count, most: MOST_PHOTOS });
  }

  function row(photo: Photo): void {
    const li = document.createElement("li");
    const name = document.createElement("span");
    name.className = "file-name";
    name.textContent = say("phone_photo_name", { n: (list?.children.length ?? 0) + 1 });
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "plain";
    remove.textContent = say("remove");
    remove.addEventListener("click", () => {
      void removePhoto(photo).then(() => show(photo.item));
    });
    li.append(preview(photo.blob), name, remove);
    list?.append(li);
  }

  async function show(item: string | null): Promise<number> {
    const photos = item === null ? [] : await photosOf(item);
    list?.replaceChildren();
    photos.forEach(row);
    count = photos.length;
    counted();
    return count;
  }

  async function take(files: File[]): Promise<void> {
    tell("");
    const item = await begin();
    if (item === null) return;
    for (const file of files) {
      if (file.size > LARGEST) {
        tell(say("phone_photo_large"));
        continue;
      }
      const bytes = await file.arrayBuffer();
      const photo: Photo = {
        id: uuid7(),
        item,
        order: Date.now() + count / 100,
        name: file.name || "photo.jpg",
        size: file.size,
        sha256: await sha256(bytes),
        // A copy: what the camera handed over may be gone when it is sent.
        blob: new Blob([bytes], { type: file.type }),
        file: null,
        attempt: 0,
      };
      if (!(await addPhoto(photo))) {
        tell(say("phone_photos_most", { most: MOST_PHOTOS }));
        break;
      }
      row(photo);
      count += 1;
      counted();
    }
  }

  for (const input of box?.querySelectorAll<HTMLInputElement>("input[type=file]") ?? []) {
    input.required = false;
    input.addEventListener("change", () => {
      const files = Array.from(input.files ?? []);
      input.value = "";
      take(files).catch((error: unknown) => tell(say(isFull(error) ? "phone_full" : "phone_not_kept")));
    });
  }
  counted();
  return { show, count: () => count };
}
