/** So that the page opens again without a connection: its worker, and a first copy of what it is made of. */
const KEPT = "tejido-forms";

async function copy(path: string): Promise<void> {
  const cache = await caches.open(`${KEPT}:${path}`);
  const sources = [...document.querySelectorAll<HTMLLinkElement | HTMLScriptElement>("link[rel='stylesheet'], link[rel~='icon'], script[src]")];
  await cache.addAll([path, ...sources.map((one) => (one instanceof HTMLLinkElement ? one.href : one.src))]);
}

/** worker: the address of its script, below the page that it serves. Without https there is none, and the page needs a connection to open. */
export function remember(worker: string): void {
  if (!("serviceWorker" in navigator) || !("caches" in window)) return;
  const path = location.pathname;
  navigator.serviceWorker
    .register(worker, { scope: path })
    .then(() => (navigator.serviceWorker.controller ? undefined : copy(path)))
    .catch((why: unknown) => console.warn("not kept for later:", why));
}
