/** The worker of one page: what it is made of comes from the network, and from the copy on this device where there is none. */
const page = new URL(self.registration.scope).pathname;
const KEPT = `tejido-forms:${page}`;

async function answer(request) {
  const cache = await caches.open(KEPT);
  try {
    const response = await fetch(request);
    if (response.ok && !response.redirected) await cache.put(request, response.clone());
    return response;
  } catch (gone) {
    const copy = await cache.match(request, { ignoreVary: true });
    if (copy) return copy;
    throw gone;
  }
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  const ours = address.pathname === page || address.pathname.startsWith(`${page}file/`) || address.pathname.startsWith("/static/");
  if (event.request.method === "GET" && address.origin === self.location.origin && ours) event.respondWith(answer(event.request));
});
