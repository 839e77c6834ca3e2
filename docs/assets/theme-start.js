// A classic script in the page's head: the four globals that the theme's own bundle expects, which the theme would
// otherwise define in an inline script.
/* global globalThis */
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
