/**
 * A sheet put aside on this device, so that it opens at the door without a connection: the page, its styles, its scripts.
 * It holds names and so is there for one account only, and goes when that account signs out, when the sheet is closed, after two days.
 */
const KEPT = "tejido-sheet:";

function possible(): boolean {
  return "serviceWorker" in navigator && "caches" in window; // neither is there without https
}

const named = (owner: string, path: string): string => `${KEPT}${owner}:${path}`;

function assets(): string[] {
  const written = [...document.querySelectorAll<HTMLLinkElement>("link[rel='stylesheet'], link[rel~='icon']")].map((one) => one.href);
  const scripts = [...document.querySelectorAll<HTMLScriptElement>("script[src]")].map((one) => one.src);
  const islands = [...document.querySelectorAll<HTMLElement>("[data-island][data-src]")].map((one) => one.dataset["src"] ?? "");
  return [...written, ...scripts, ...islands];
}

/** Everything or nothing: the page comes last, and what it does not need any more goes. Returns whether it is there. */
async function putAside(owner: string, path: string): Promise<boolean> {
  const response = await fetch(path, { credentials: "same-origin", redirect: "manual" });
  if (response.headers.has("X-Kept-At")) return true; // the worker's own copy: no connection
  if (response.status < 500 && !response.ok) await forget(path); // signed out, or not this reader's any more
  if (!response.ok) return false;
  const cache = await caches.open(named(owner, path));
  const wanted = assets().map((one) => new URL(one, location.href).href);
  const there = (await cache.keys()).map((one) => one.url);
  await cache.addAll(wanted.filter((one) => !there.includes(one)));
  const headers = new Headers(response.headers);
  headers.set("X-Kept-At", String(Date.now()));
  await cache.put(path, new Response(await response.blob(), { headers }));
  const page = new URL(path, location.href).href;
  for (const old of await cache.keys()) if (old.url !== page && !wanted.includes(old.url)) await cache.delete(old);
  return true;
}

/** worker: the address of its script, below the page. Says whether the sheet opens again without a connection. */
export async function keep(owner: string, worker: string): Promise<boolean> {
  if (!possible()) return false;
  try {
    const path = new URL(".", new URL(worker, location.href)).pathname;
    await navigator.serviceWorker.register(worker, { scope: path });
    return await putAside(owner, path);
  } catch {
    const path = new URL(".", new URL(worker, location.href)).pathname;
    return caches.has(named(owner, path)); // no connection: what was put aside before is still there
  }
}

async function drop(name: string): Promise<void> {
  await caches.delete(name);
  const path = name.slice(name.indexOf(":", KEPT.length) + 1);
  const worker = await navigator.serviceWorker.getRegistration(path);
  if (worker && new URL(worker.scope).pathname === path) await worker.unregister();
}

/** This sheet is closed, or not this reader's any more. */
export async function forget(path: string): Promise<void> {
  if (!possible()) return;
  for (const name of await caches.keys()) if (name.startsWith(KEPT) && name.endsWith(`:${path}`)) await drop(name);
}

/** Every page says whose it is; sheets of anybody else, and of who has signed out, go from this device. */
export async function forgetOthers(reader: string): Promise<void> {
  if (!possible()) return;
  for (const name of await caches.keys()) {
    if (name.startsWith(KEPT) && !name.startsWith(`${KEPT}${reader}:`)) await drop(name);
  }
}
