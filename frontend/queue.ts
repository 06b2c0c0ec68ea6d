/** Acts that wait on this device: IndexedDB, or memory where the browser gives none (private windows). */

export interface Act {
  key: string; // made here, once per tap; the server does an act with a known key only once
  order: number;
  owner: string; // the account that tapped
  row: string;
  action: string;
  fields: [string, string][];
  pressed: string;
}

const STORE = "acts";
let memory: Act[] | null = null;

export function newKey(): string {
  if ("randomUUID" in crypto) return crypto.randomUUID();
  // randomUUID is only there on https and localhost; a school's server may be neither.
  const bytes = (crypto as Crypto).getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("tejido-queue", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("no store"));
  });
}

async function within<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new Error("not kept"));
    });
  } finally {
    database.close();
  }
}

/** Every act that waits, of every account, in the order of the taps. */
export async function allActs(): Promise<Act[]> {
  if (memory) return [...memory];
  try {
    const acts = await within<Act[]>("readonly", (store) => store.getAll());
    return acts.sort((one, other) => one.order - other.order);
  } catch {
    memory = [];
    return [];
  }
}

export async function addAct(act: Act): Promise<void> {
  const waiting = await allActs();
  const last = waiting[waiting.length - 1];
  const ordered = last && last.order >= act.order ? { ...act, order: last.order + 1 } : act;
  if (memory) memory.push(ordered);
  else
    await within("readwrite", (store) => store.put(ordered)).catch(() => {
      memory = [...waiting, ordered];
    });
}

export async function removeAct(key: string): Promise<void> {
  if (memory) memory = memory.filter((act) => act.key !== key);
  else await within("readwrite", (store) => store.delete(key));
}
