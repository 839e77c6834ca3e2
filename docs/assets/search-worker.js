// A classic worker around the theme's search worker, whose address comes as ?theme=.
//
// Every Chinese character is a word in the index. The theme looks for the words of a query like 社保 in the index, but
// loses the last one; and what it finds need hold only one of them. Here each character becomes a required word, so that
// 社保 finds pages with 社保 or 社会保险, and not every page with 社.

const HAN_RUN = /\p{Script=Han}+/gu;
const THEME = /^search\.[0-9a-f]+\.min\.js$/;
const themeFolder = new URL("../../javascripts/workers/", self.location.href);
const theme = new URLSearchParams(self.location.search).get("theme") ?? "";
if (!THEME.test(theme)) throw new Error(`search: ${theme} is not the theme's worker`);
const loadScripts = self.importScripts.bind(self);

// The theme names its language files relative to its own place.
self.importScripts = (...names) => loadScripts(...names.map((name) => new URL(name, themeFolder).href));

/**
 * The query with every Chinese character required; one that uses the theme's own marks is left alone.
 * @param {string} query
 * @returns {string}
 */
function requireCharacters(query) {
  if (/["+*~^:-]/.test(query)) return query;
  return query.replace(HAN_RUN, (run) => ` ${[...run].map((letter) => `+${letter}`).join(" ")} `).trim();
}

// The page hands over the settings only; what is searched comes with the first word (hooks/search.py).
const SETUP = 0;
const READY = 1;
const QUERY = 2;
const post = self.postMessage.bind(self);
/** What the page said of the index. @type {any} */
let settings;
/** @type {"apart" | "coming" | "there"} */
let index = "apart";
/** Whether the theme's worker runs; most readers of a page search nothing. */
let isThere = false;
/** The newest query that waits for the index. @type {string | undefined} */
let waiting;

/** @param {number} type @param {unknown} data  for the theme's own listener */
function hand(type, data) {
  if (!isThere) self.importScripts(theme);
  isThere = true;
  self.dispatchEvent(new MessageEvent("message", { data: { type, data } }));
}

async function load() {
  index = "coming";
  try {
    const answer = await fetch(new URL(`../${settings.config.entries}`, self.location.href));
    if (!answer.ok) throw new Error(`search: status ${answer.status}`);
    hand(SETUP, { ...settings, docs: await answer.json() });
  } catch (error) {
    index = "apart"; // the next letter tries again
    throw error;
  }
}

self.postMessage = (/** @type {any} */ message) => {
  if (message.type !== READY) return post(message);
  index = "there";
  if (waiting !== undefined) hand(QUERY, waiting);
};

self.addEventListener("message", (event) => {
  if (!event.isTrusted) return;
  event.stopImmediatePropagation();
  const { type, data } = event.data;
  if (type === SETUP && data.config.entries) {
    settings = data;
    post({ type: READY });
  } else if (type === QUERY) {
    waiting = requireCharacters(data);
    if (index === "there") hand(QUERY, waiting);
    else if (index === "apart" && data.trim()) load();
    else if (!data.trim()) post({ type: 3, data: { items: [] } });
  } else hand(type, data);
});
