// @ts-check
/// <reference lib="webworker" />
/**
 * The site without a network. hooks/offline.py puts `EDITION` in front and the whole at the site's root.
 *
 * One edition is one cache, and a page is always answered from a single one: it is filled completely, each file checked
 * against its hash, before it answers anything. Files that did not change are taken over from the edition before. That one
 * stays as long as the next, because a page that is open may still ask for its own files; their names carry their hashes.
 * Nothing of what a person fills in comes here: only the site's own files do.
 *
 * @typedef {{version: string, rules: string, list: string, bytes: number}} Edition  `list` names the file with all the others
 */

/** Replaced by the build. @type {Edition} */
const edition = /** @type {any} */ (globalThis).EDITION;
const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const root = worker.registration.scope;
/** Caches belong to the whole origin, and other sites may live there. */
const PREFIX = `points ${root} `;
const NAME = PREFIX + edition.version;
/** Written into a cache once everything is in it. */
const COMPLETE = new URL("?complete", root).href;
/** How many files are fetched side by side: the reader's own page comes first. */
const ABREAST = 3;
/** Names with a hash: the browser's own cache may answer for these. */
const HASHED = /^assets\/(app\/(m-[0-9a-f]+|data|runtime)\/|(javascripts|stylesheets)\/.*\.[0-9a-f]{8}\.min\.)/;

/** This site's caches, this edition's left out. */
async function others() {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== NAME);
}

/** @param {unknown} message */
async function tell(message) {
  for (const client of await worker.clients.matchAll({ includeUncontrolled: true, type: "window" })) client.postMessage(message);
}

/** @param {Response} response @param {string} sha256  in Base64 */
async function holds(response, sha256) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await response.clone().arrayBuffer()));
  return btoa(String.fromCharCode(...digest)) === sha256;
}

/**
 * A response without a history of its own: a browser refuses a page that was redirected, and takes the address of a worker's
 * script from its response, whose query would be lost.
 *
 * @param {Response} response
 */
const plain = (response) => new Response(response.body, { headers: response.headers, status: response.status });

async function install() {
  const cache = await caches.open(NAME);
  const known = [cache, ...(await Promise.all((await others()).map((name) => caches.open(name))))];
  const answer = await fetch(new URL(edition.list, root), { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${edition.list}: status ${answer.status}`);
  /** @type {[string, string][]} */
  const files = await answer.json();
  const left = [...files];
  const keep = async () => {
    for (let next = left.pop(); next; next = left.pop()) {
      const [path, sha256] = next;
      const url = new URL(path, root).href;
      /** @type {Response | undefined} */
      let found;
      for (const place of known) {
        const kept = await place.match(url);
        if (kept && (await holds(kept, sha256))) {
          found = kept;
          break;
        }
      }
      // The hash refuses a file of another edition: a server that is being renewed at this moment is asked again later.
      found ??= await fetch(url, {
        integrity: `sha256-${sha256}`,
        credentials: "same-origin",
        cache: HASHED.test(path) ? "default" : "no-cache",
        priority: "low",
      });
      if (!found.ok) throw new Error(`${path}: status ${found.status}`);
      await cache.put(url, found.redirected ? plain(found) : found);
      await tell({ kind: "progress", done: files.length - left.length, total: files.length });
    }
  };
  await Promise.all(Array.from({ length: ABREAST }, keep));
  await cache.put(COMPLETE, new Response());
  // The edition before stays for the pages that are open; the next page is of this one.
  await worker.skipWaiting();
}

async function activate() {
  const complete = [];
  for (const name of await others()) {
    if (await (await caches.open(name)).match(COMPLETE)) complete.push(name);
    else await caches.delete(name);
  }
  // keys() gives them in the order in which they were made: the last one is the edition before.
  for (const name of complete.slice(0, -1)) await caches.delete(name);
  await worker.clients.claim();
  await tell(state());
}

const state = () => ({ kind: "edition", version: edition.version, rules: edition.rules, bytes: edition.bytes });

/** @param {Request} request */
async function answer(request) {
  const url = new URL(request.url);
  const bare = url.origin + url.pathname.replace(/\/index\.html$/, "/");
  const kept = await (await caches.open(NAME)).match(bare);
  if (kept) return bare === request.url ? kept : plain(kept);
  if (request.mode !== "navigate") {
    for (const name of await others()) {
      const older = await (await caches.open(name)).match(bare);
      if (older) return older;
    }
    return fetch(request);
  }
  try {
    return await fetch(request);
  } catch {
    return missing(bare);
  }
}

/** What is neither kept nor to be had. @param {string} bare */
async function missing(bare) {
  const cache = await caches.open(NAME);
  if (await cache.match(`${bare}/`)) return Response.redirect(`${bare}/`);
  const english = bare.startsWith(new URL("en/", root).href);
  const page = await cache.match(new URL(english ? "en/404.html" : "404.html", root).href);
  return page ? new Response(page.body, { headers: page.headers, status: 404 }) : Response.error();
}

worker.addEventListener("install", (event) => event.waitUntil(install()));
worker.addEventListener("activate", (event) => event.waitUntil(activate()));
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && request.url.startsWith(root) && !request.headers.has("range")) event.respondWith(answer(request));
});
worker.addEventListener("message", (event) => {
  if (event.data === "edition") event.source?.postMessage(state());
});
