// A classic script before all others: where the browser knows Trusted Types, the page's policy lets text become markup or the
// address of a script only through what stands here (docs/decisions/0011). Our own modules make no markup from text; the
// theme does, for the search's results.
(() => {
  const types = globalThis.trustedTypes;
  if (!types) return;

  /** What the theme's own markup consists of. Whatever is not named loses its tags and keeps its text. */
  const ELEMENTS = new Set(
    "a abbr article aside b br button code dd details div dl dt em figure g h1 h2 h3 h4 h5 h6 i input kbd label li mark nav ol p path picture pre rect s small span strong sub summary sup svg table tbody td th thead tr u ul wbr".split(" "),
  );
  const ATTRIBUTES = /^(class|id|href|title|role|tabindex|lang|dir|hidden|open|type|for|name|value|start|colspan|rowspan|scope|datetime|viewbox|d|fill|width|height|xmlns|x|y|(aria|data)-[a-z-]+)$/;
  const ADDRESS = /^(https?:|[^:]*$|[./#?])/i;
  /** Nothing of these is text to read. */
  const SILENT = "script, style, template, iframe, object, embed, noscript, textarea, title, math, svg foreignObject";

  // Only for reading text into a document that runs nothing.
  const reading = types.createPolicy("points-reading", { createHTML: (text) => text });

  /** @param {string} text */
  function clean(text) {
    if (!text.includes("<")) return text;
    const place = document.implementation.createHTMLDocument("").createElement("div");
    place.innerHTML = reading.createHTML(text);
    for (const element of place.querySelectorAll(SILENT)) element.remove();
    for (const element of [...place.querySelectorAll("*")].reverse()) {
      if (!ELEMENTS.has(element.localName.toLowerCase())) {
        element.replaceWith(...element.childNodes);
        continue;
      }
      for (const { name, value } of [...element.attributes]) {
        const kept = ATTRIBUTES.test(name.toLowerCase()) && (name.toLowerCase() !== "href" || ADDRESS.test(value.trim()));
        if (!kept) element.removeAttribute(name);
      }
    }
    return place.innerHTML;
  }

  // The site's own root, as the page names it for this script.
  const root = new URL(document.currentScript?.dataset.scope || ".", location.href);
  const SCRIPTS = /^(sw\.js|assets\/(app|javascripts)\/[\w./-]+\.m?js)$/;

  types.createPolicy("default", {
    createHTML: clean,
    createScriptURL(text) {
      const url = new URL(text, location.href);
      if (url.origin === root.origin && url.pathname.startsWith(root.pathname) && SCRIPTS.test(url.pathname.slice(root.pathname.length))) return url.href;
      throw new TypeError(`not a script of this site: ${url.href}`);
    },
  });
})();
