// A classic script in the page's head, before the theme's own bundle.

// The four globals that the bundle expects, which the theme would otherwise define in an inline script.
(() => {
  const scope = new URL(document.currentScript?.dataset.scope || ".", location.href);
  const key = (name, base = scope) => `${base.pathname}.${name}`;
  Object.assign(globalThis, {
    __md_scope: scope,
    __md_hash: (text) => [...text].reduce((sum, letter) => (sum << 5) - sum + letter.charCodeAt(0), 0),
    __md_get: (name, store, base) => {
      try {
        return JSON.parse((store ?? localStorage).getItem(key(name, base)));
      } catch {
        return null; // storage may be refused; the page then follows the system
      }
    },
    __md_set: (name, value, store, base) => {
      try {
        (store ?? localStorage).setItem(key(name, base), JSON.stringify(value));
      } catch {
        // as above
      }
    },
  });
})();

// The bundle says this at its end, when the search box that then appears pushes others aside.
document.documentElement.classList.replace("no-js", "js");

// The bundle takes every <link rel=alternate> for the root of another version of the site, asks for a sitemap there and
// redirects clicks. Ours name this very page in the other language: keep them from its sight until it has looked.
(() => {
  /** @type {HTMLLinkElement[]} */
  const links = [...document.head.querySelectorAll("link")].filter((link) => link.rel === "alternate");
  for (const link of links) link.setAttribute("rel", "alternate ");
  addEventListener("load", () => {
    for (const link of links) link.setAttribute("rel", "alternate");
  });
})();
