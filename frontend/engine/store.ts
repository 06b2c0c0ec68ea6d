/** What this device keeps: the draft of each page and the answers that wait to be sent. IndexedDB, or memory without one. */
import type { Named } from "./files";

export interface Draft {
  page: string; // the path of the page
  at: number;
  version: string; // of the form
  xml: string;
  files: Named[];
  language: string;
  name: string;
}

export interface Waiting {
  id: string; // of the answer: sent twice it is the same answer
  page: string;
  at: number;
  to: string;
  xml: string;
  files: Named[];
  language: string;
  name: string;
  refused: string; // why the server did not take it; "" while it waits
}

const A_WEEK = 7 * 24 * 60 * 60 * 1000;
const memory: { drafts: Map<string, Draft>; outbox: Map<string, Waiting> } = { drafts: new Map(), outbox: new Map() };
let inMemory = false;
type Store = keyof typeof memory;

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("tejido-forms", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("drafts", { keyPath: "page" });
      request.result.createObjectStore("outbox", { keyPath: "id" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("no store"));
  });
}

async function within<T>(stores: Store[], mode: IDBTransactionMode, work: (at: IDBTransaction) => IDBRequest<T>): Promise<T> {
  const database = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(stores, mode);
      const request = work(transaction);
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new Error("not kept"));
    });
  } finally {
    database.close();
  }
}

/** Try the device's memory, and what lasts as long as the page where there is none (private windows, a full disk). */
async function either<T>(kept: () => Promise<T>, held: () => T): Promise<T> {
  if (inMemory) return held();
  try {
    return await kept();
  } catch {
    inMemory = true;
    return held();
  }
}

export async function draftOf(page: string): Promise<Draft | undefined> {
  const draft = await either(
    () => within(["drafts"], "readonly", (at) => at.objectStore("drafts").get(page) as IDBRequest<Draft | undefined>),
    () => memory.drafts.get(page),
  );
  return draft && Date.now() - draft.at < A_WEEK ? draft : undefined;
}

export const keepDraft = (draft: Draft): Promise<unknown> =>
  either<unknown>(
    () => within(["drafts"], "readwrite", (at) => at.objectStore("drafts").put(draft)),
    () => memory.drafts.set(draft.page, draft),
  );

export const forgetDraft = (page: string): Promise<unknown> =>
  either<unknown>(
    () => within(["drafts"], "readwrite", (at) => at.objectStore("drafts").delete(page)),
    () => memory.drafts.delete(page),
  );

/** The draft becomes an answer that waits: both at once, so that it is never both and never neither. */
export const queue = (waiting: Waiting): Promise<unknown> =>
  either<unknown>(
    () =>
      within(["drafts", "outbox"], "readwrite", (at) => {
        at.objectStore("drafts").delete(waiting.page);
        return at.objectStore("outbox").put(waiting);
      }),
    () => memory.outbox.set(waiting.id, waiting),
  );

export const update = (waiting: Waiting): Promise<unknown> =>
  either<unknown>(
    () => within(["outbox"], "readwrite", (at) => at.objectStore("outbox").put(waiting)),
    () => memory.outbox.set(waiting.id, waiting),
  );

export const done = (id: string): Promise<unknown> =>
  either<unknown>(
    () => within(["outbox"], "readwrite", (at) => at.objectStore("outbox").delete(id)),
    () => memory.outbox.delete(id),
  );

export async function waiting(): Promise<Waiting[]> {
  const all = await either(
    () => within(["outbox"], "readonly", (at) => at.objectStore("outbox").getAll() as IDBRequest<Waiting[]>),
    () => [...memory.outbox.values()],
  );
  return all.sort((one, other) => one.at - other.at);
}
