// A classic worker around the theme's search worker, whose address comes as ?theme=.
//
// Every Chinese character is a word in the index. The theme looks for the words of a query like 社保 in the index, but
// loses the last one; and what it finds need hold only one of them. Here each character becomes a required word, so that
// 社保 finds pages with 社保 or 社会保险, and not every page with 社.

const HAN_RUN = /\p{Script=Han}+/gu;
const THEME = /^search\.[0-9a-f]+\.min\.js$/;
const themeFolder = new URL("../../javascripts/workers/", self.location.href);
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

self.addEventListener("message", (event) => {
  const isQuery = event.isTrusted && event.data?.type === 2;
  const query = isQuery ? requireCharacters(event.data.data) : "";
  if (!isQuery || query === event.data.data) return;
  event.stopImmediatePropagation();
  self.dispatchEvent(new MessageEvent("message", { data: { ...event.data, data: query } }));
});

const theme = new URLSearchParams(self.location.search).get("theme") ?? "";
if (!THEME.test(theme)) throw new Error(`search: ${theme} is not the theme's worker`);
self.importScripts(theme);
