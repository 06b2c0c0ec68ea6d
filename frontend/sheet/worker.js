/**
 * The worker of one attendance sheet: it opens again without a connection, for two days, with what `keeping.ts` has put aside.
 * It never writes down a page by itself: a page whose styles and scripts are not there too would be of no use at the door.
 */
const page = new URL(self.registration.scope).pathname;
const PATIENCE = 4000; // a connection that is there and brings nothing is none
const TWO_DAYS = 2 * 24 * 60 * 60 * 1000;

async function kept() {
  const name = (await caches.keys()).find((one) => one.startsWith("tejido-sheet:") && one.endsWith(`:${page}`));
  if (!name) return null;
  const cache = await caches.open(name);
  const copy = await cache.match(page, { ignoreVary: true });
  if (!copy) return null; // it is just being put aside
  if (Date.now() - Number(copy.headers.get("X-Kept-At")) < TWO_DAYS) return { cache, copy };
  await caches.delete(name);
  return null;
}

async function sheet(request) {
  const asked = fetch(request);
  const slow = new Promise((resolve) => setTimeout(resolve, PATIENCE, "slow"));
  const first = await Promise.race([asked, slow]).catch(() => "gone");
  if (first instanceof Response && first.status < 500) return first;
  const there = await kept();
  return there ? there.copy.clone() : asked;
}

async function asset(request) {
  const there = await kept();
  return (await there?.cache.match(request, { ignoreVary: true })) ?? fetch(request);
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== self.location.origin) return;
  if (address.pathname === page) event.respondWith(sheet(event.request));
  else if (address.pathname.startsWith("/static/")) event.respondWith(asset(event.request));
});
