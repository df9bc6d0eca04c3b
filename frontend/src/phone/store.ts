/**
 * What waits on this phone, in IndexedDB: reports, and their photos as they came from the camera. Used by pages and by the service
 * worker, so nothing here touches a page. A write is done when it is on the disk, and not before anybody is told so.
 * Every report names its viewer; whoever reads here says whose.
 */
export const MOST_ITEMS = 100;
export const MOST_PHOTOS = 9;

/** A report as `POST /phone/hazards` takes it; its id and its photos are added when it is sent. */
export interface Said {
  subject: { kind: string; id?: string; name?: string };
  description: string;
  location: { text: string; lon?: number; lat?: number };
  initial_level: string;
  source: string;
  found_at: string;
  /** How it was rectified on the spot, or what is ordered; at most one of them. */
  fixed?: { summary: string };
  order?: { measures: string; responsible_person: string; deadline: string; order_no?: string };
}

/** Why the server did not take it, in the words of its answer. */
export interface Reason {
  code: string;
  detail: string;
  next: string;
  errors: { field: string; message: string }[];
  /** The photo that was refused, counted from one; 0 where it is the report itself. */
  photo: number;
}

/** What the server holds under the same id. */
export interface Theirs {
  number: string;
  description: string;
  initial_level: string;
  subject: { name: string };
  location: { text: string };
  files: { id: string }[];
}

/** Where a report stands. What belongs to a stage is carried by the stage. */
export type Stage =
  | { is: "draft" }
  | { is: "waiting"; tries: number; next: number }
  | { is: "refused"; why: Reason }
  /** `theirs` is null where the one under this id is not for this viewer to see. */
  | { is: "conflict"; theirs: Theirs | null }
  | { is: "delivered"; at: number; number: string };

export interface Item {
  id: string;
  viewer: string;
  /** When it was begun, by this phone's clock. */
  begun: number;
  /** Goes up with each opening, so that another content never goes under the same key. */
  revision: number;
  /** The form as it was filled, for opening it again. */
  values: [string, string][];
  /** Where, in words, for lists. */
  where: string;
  said: Said | null;
  photos: number;
  stage: Stage;
}

export interface Photo {
  id: string;
  item: string;
  order: number;
  name: string;
  size: number;
  sha256: string;
  blob: Blob;
  /** The server's id for it, once it has said that it holds these bytes. */
  file: string | null;
  /** Counts what arrived as something else: each sending of the same bytes has its own key then. */
  attempt: number;
}

const NAME = "anlan-phone";
const ITEMS = "item";
const PHOTOS = "photo";

let opened: Promise<IDBDatabase> | null = null;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(ITEMS, { keyPath: "id" }).createIndex("viewer", "viewer");
      request.result.createObjectStore(PHOTOS, { keyPath: "id" }).createIndex("item", "item");
    };
    request.onsuccess = () => {
      // A newer page may want another form of the store: it is not kept waiting.
      request.result.onversionchange = () => {
        request.result.close();
        opened = null;
      };
      request.result.onclose = () => (opened = null);
      resolve(request.result);
    };
    request.onerror = () => {
      opened = null;
      reject(request.error);
    };
  });
  return opened;
}

const answer = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

type Tables = { items: IDBObjectStore; photos: IDBObjectStore };

/** One transaction: all of it or none. Resolves after it has been written. */
async function within<T>(mode: IDBTransactionMode, work: (tables: Tables) => Promise<T>): Promise<T> {
  const database = await open();
  // Not in the types yet; browsers that do not know it leave it aside.
  const strict = { durability: "strict" } as unknown as undefined;
  const begin = database.transaction as (names: string[], mode: IDBTransactionMode, how?: object) => IDBTransaction;
  const transaction = begin.call(database, [ITEMS, PHOTOS], mode, strict);
  const written = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new DOMException("aborted", "AbortError"));
  });
  // Looked at below; without this a failure of `work` would leave it unhandled.
  written.catch(() => undefined);
  try {
    const result = await work({ items: transaction.objectStore(ITEMS), photos: transaction.objectStore(PHOTOS) });
    await written;
    return result;
  } catch (error) {
    try {
      transaction.abort();
    } catch {
      // It has ended by itself.
    }
    // A full disk shows at the end of the transaction, and is the cause of whatever else went wrong.
    throw transaction.error ?? error;
  }
}

export const isFull = (error: unknown) => error instanceof DOMException && error.name === "QuotaExceededError";

/** Oldest first. */
export function itemsOf(viewer: string): Promise<Item[]> {
  return within("readonly", async ({ items }) => {
    const found = (await answer(items.index("viewer").getAll(viewer))) as Item[];
    return found.sort((a, b) => a.begun - b.begun || (a.id < b.id ? -1 : 1));
  });
}

/** Does anything wait here at all, whoever it belongs to? */
export function somethingWaits(): Promise<boolean> {
  return within("readonly", async ({ items }) => {
    const found = (await answer(items.getAll())) as Item[];
    return found.some((item) => item.stage.is === "waiting");
  });
}

export function photosOf(item: string): Promise<Photo[]> {
  return within("readonly", async ({ photos }) => {
    const found = (await answer(photos.index("item").getAll(item))) as Photo[];
    return found.sort((a, b) => a.order - b.order);
  });
}

/** Writes an item anew from what stands; nothing when it is gone or `next` leaves it. */
export function change(id: string, next: (item: Item) => Item | null): Promise<Item | null> {
  return within("readwrite", async ({ items }) => {
    const standing = (await answer(items.get(id))) as Item | undefined;
    const changed = standing ? next(standing) : null;
    if (changed) await answer(items.put(changed));
    return changed;
  });
}

export function add(item: Item): Promise<void> {
  return within("readwrite", async ({ items }) => void (await answer(items.put(item))));
}

/** Delivered: the photos lie on the server now, and their room on the phone is given back. */
export function deliver(id: string, revision: number, stage: Stage): Promise<boolean> {
  return within("readwrite", async ({ items, photos }) => {
    const standing = (await answer(items.get(id))) as Item | undefined;
    // It was opened again while it was under way: what she writes now is hers, and will meet what arrived.
    if (!standing || standing.revision !== revision) return false;
    for (const key of await answer(photos.index("item").getAllKeys(id))) await answer(photos.delete(key));
    await answer(items.put({ ...standing, values: [], stage }));
    return true;
  });
}

export function remove(id: string): Promise<void> {
  return within("readwrite", async ({ items, photos }) => {
    for (const key of await answer(photos.index("item").getAllKeys(id))) await answer(photos.delete(key));
    await answer(items.delete(id));
  });
}

/** The same report under another id, its photos to be sent anew: those of before belong to the other one. */
export function sendAsNew(id: string, fresh: string): Promise<void> {
  return within("readwrite", async ({ items, photos }) => {
    const standing = (await answer(items.get(id))) as Item | undefined;
    if (!standing) return;
    for (const photo of (await answer(photos.index("item").getAll(id))) as Photo[]) {
      await answer(photos.put({ ...photo, item: fresh, file: null, attempt: photo.attempt + 1 }));
    }
    await answer(items.delete(id));
    await answer(items.put({ ...standing, id: fresh, revision: 0, stage: { is: "waiting", tries: 0, next: 0 } }));
  });
}

/** False when there are as many as one report may have. */
export function addPhoto(photo: Photo): Promise<boolean> {
  return within("readwrite", async ({ items, photos }) => {
    const item = (await answer(items.get(photo.item))) as Item | undefined;
    const count = await answer(photos.index("item").count(photo.item));
    if (!item || count >= MOST_PHOTOS) return false;
    await answer(photos.put(photo));
    await answer(items.put({ ...item, photos: count + 1 }));
    return true;
  });
}

export function removePhoto(photo: Photo): Promise<void> {
  return within("readwrite", async ({ items, photos }) => {
    await answer(photos.delete(photo.id));
    const item = (await answer(items.get(photo.item))) as Item | undefined;
    const count = await answer(photos.index("item").count(photo.item));
    if (item) await answer(items.put({ ...item, photos: count }));
  });
}

/** What the server has said about a photo. One that was taken away meanwhile is not brought back. */
export function note(photo: Photo, said: Pick<Photo, "file" | "attempt">): Promise<void> {
  return within("readwrite", async ({ photos }) => {
    const standing = (await answer(photos.get(photo.id))) as Photo | undefined;
    if (standing) await answer(photos.put({ ...standing, ...said }));
  });
}

/** Takes away what was delivered, of everybody whom `goes` names. What has not arrived stays, whoever it belongs to. */
export function forgetDelivered(goes: (item: Item, at: number) => boolean): Promise<void> {
  return within("readwrite", async ({ items }) => {
    for (const item of (await answer(items.getAll())) as Item[]) {
      if (item.stage.is === "delivered" && goes(item, item.stage.at)) await answer(items.delete(item.id));
    }
  });
}
