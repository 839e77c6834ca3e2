// The site on this device: kept for use without a network, renewed, and removed again. The control stands at each page's foot,
// and a quiet note says when the rules that the page shows have a newer version. Without the control (the development server,
// the 404 page) nothing is kept.

/** @typedef {Record<"keep" | "keeping" | "kept" | "remove" | "removed" | "failed" | "newer" | "show" | "later", string>} Words */
/** @typedef {{kind: "progress", done: number, total: number} | {kind: "edition", version: string, rules: string, bytes: number}} Message */

/** How long the page's own files come first, in milliseconds; the estimator says itself when it has its own. */
const PAUSE = 2_000;
const PATIENCE = 60_000;

/** Whether the reader removed the site from this device; storage may be refused, and then the answer is no. */
class Choice {
  /** @param {string} path  the site's, as another site may live at the same host */
  constructor(path) {
    this.key = `points.offline:${path}`;
  }

  get removed() {
    try {
      return localStorage.getItem(this.key) === "removed";
    } catch {
      return false;
    }
  }

  set removed(value) {
    try {
      if (value) localStorage.setItem(this.key, "removed");
      else localStorage.removeItem(this.key);
    } catch {
      // as above
    }
  }
}

class Offline {
  #text = document.createElement("span");
  #act = document.createElement("button");

  /** @param {HTMLElement} box */
  constructor(box) {
    this.box = box;
    this.address = new URL(box.dataset.offline ?? "", location.href);
    this.root = new URL(".", this.address).href;
    this.choice = new Choice(new URL(this.root).pathname);
    /** @type {Words} */
    this.say = JSON.parse(box.querySelector("script")?.text ?? "{}");
    this.#act.type = "button";
    this.#act.addEventListener("click", () => this.#press());
    box.append(this.#text, " ", this.#act);
    box.setAttribute("role", "status");
    navigator.serviceWorker.addEventListener("message", (event) => this.#hear(event.data));
  }

  async begin() {
    const registration = await navigator.serviceWorker.getRegistration(this.root);
    const saving = /** @type {{connection?: {saveData?: boolean}}} */ (/** @type {unknown} */ (navigator)).connection?.saveData;
    if (registration?.active) registration.active.postMessage("edition");
    else if (this.choice.removed || saving) this.#show("removed");
    // Asking again is free where it is there, and mends what broke off.
    if (!this.choice.removed && (registration || !saving)) {
      await undisturbed();
      await this.#keep();
    }
  }

  async #keep() {
    try {
      // Nothing comes back where something (a test, an extension) holds service workers off.
      const registration = /** @type {ServiceWorkerRegistration | undefined} */ (await navigator.serviceWorker.register(this.address));
      const coming = registration?.installing;
      coming?.addEventListener("statechange", () => {
        if (coming.state === "redundant" && !registration?.active) this.#show("failed");
      });
    } catch {
      this.#show("failed");
    }
  }

  async #remove() {
    const registration = await navigator.serviceWorker.getRegistration(this.root);
    await registration?.unregister();
    for (const name of await caches.keys()) if (name.startsWith(`points ${this.root} `)) await caches.delete(name);
  }

  /** @param {Message} message */
  #hear(message) {
    if (message?.kind === "progress" && this.box.dataset.state !== "kept") {
      this.#show("keeping", { part: Math.floor((message.done / message.total) * 100) });
    } else if (message?.kind === "edition") {
      this.#show("kept", { size: (message.bytes / 1e6).toFixed(0) });
      // A page that was fetched past the kept files may be newer than they are.
      if (navigator.serviceWorker.controller && message.rules !== this.box.dataset.rules) this.#note(message.rules);
    }
  }

  async #press() {
    const removing = this.box.dataset.state === "kept";
    this.choice.removed = removing;
    if (removing) {
      await this.#remove();
      this.#show("removed");
    } else {
      this.#show("keeping", { part: 0 });
      await this.#keep();
    }
  }

  /** @param {"keeping" | "kept" | "removed" | "failed"} state @param {Record<string, string | number>} [values] */
  #show(state, values = {}) {
    this.box.dataset.state = state;
    this.#text.textContent = fill(this.say[state], values);
    this.#act.textContent = state === "kept" ? this.say.remove : this.say.keep;
    this.#act.hidden = state === "keeping";
    this.box.hidden = false;
  }

  /** @param {string} name  of the rules that the next page will show */
  #note(name) {
    if (document.querySelector(".newer")) return;
    const note = document.createElement("aside");
    note.className = "newer no-print";
    note.setAttribute("role", "status");
    const link = document.createElement("a");
    // An address of its own: the same one with another fragment would not be fetched again.
    link.href = `?edition=${encodeURIComponent(name)}`;
    link.dataset.newEdition = "";
    link.textContent = this.say.show;
    const later = document.createElement("button");
    later.type = "button";
    later.textContent = this.say.later;
    later.addEventListener("click", () => note.remove());
    document.body.append(note);
    note.append(fill(this.say.newer, { name }), " ", link, " ", later);
  }
}

/** @param {string} text @param {Record<string, string | number>} values */
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));

/** Until the page has what it needs itself. */
async function undisturbed() {
  if (document.readyState !== "complete") await new Promise((done) => addEventListener("load", done, { once: true }));
  if (document.querySelector("#estimator-app") && document.documentElement.dataset.estimator !== "ready") {
    await Promise.race([
      new Promise((done) => document.addEventListener("estimator-ready", done, { once: true })),
      new Promise((done) => setTimeout(done, PATIENCE)),
    ]);
  }
  await new Promise((done) => setTimeout(done, PAUSE));
}

const box = document.querySelector("[data-offline]");
if (box instanceof HTMLElement && "serviceWorker" in navigator && window.self === window.top) {
  const { searchParams } = new URL(location.href);
  if (searchParams.has("edition")) history.replaceState(history.state, "", location.pathname + location.hash);
  new Offline(box).begin().catch(() => {}); // storage may be refused altogether; the site works without
}
