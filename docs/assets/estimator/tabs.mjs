// @ts-check
/**
 * Tabs as the ARIA practices describe them: one tab in the order of focus, arrow keys between them; a tab is chosen by Enter,
 * Space or a press, because what it shows may have to be worked out first.
 */
import { el } from './dom.mjs';

export class Tabs {
  /** @type {{id: string, tab: HTMLButtonElement, panel: HTMLElement, chosen?: () => void}[]} */
  #all = [];

  /** @param {string} label  of the list of tabs */
  constructor(label) {
    this.list = el('div', {
      class: 'tabs', role: 'tablist', 'aria-label': label,
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.#move(event),
      // Who comes back to the list begins at the tab that is shown.
      onfocusout: (/** @type {FocusEvent} */ event) => {
        if (!(event.relatedTarget instanceof Node && this.list.contains(event.relatedTarget))) this.#rove(this.chosen);
      },
    });
  }

  /**
   * @param {string} id
   * @param {string} name
   * @param {HTMLElement} content
   * @param {() => void} [chosen]  called each time the tab is chosen
   * @returns {HTMLElement}  the panel, for the page
   */
  add(id, name, content, chosen) {
    const first = this.#all.length === 0;
    const tab = el('button', {
      type: 'button', role: 'tab', id: `tab-${id}`, 'aria-controls': `panel-${id}`, tabindex: first ? 0 : -1,
      onclick: () => this.choose(id),
    }, name);
    const panel = el('div', { class: 'panel', role: 'tabpanel', id: `panel-${id}`, 'aria-labelledby': tab.id, hidden: !first }, content);
    tab.setAttribute('aria-selected', String(first));
    this.#all.push({ id, tab, panel, chosen });
    this.list.append(tab);
    return panel;
  }

  /** @param {string} id */
  has(id) {
    return this.#all.some(({ id: name }) => name === id);
  }

  /** The tab that is chosen. */
  get chosen() {
    return this.#all.find(({ panel }) => !panel.hidden)?.id ?? '';
  }

  /** @param {string} id @param {boolean} [focus]  whether the tab takes the focus as well */
  choose(id, focus = false) {
    for (const { id: name, tab, panel } of this.#all) {
      const isIt = name === id;
      tab.setAttribute('aria-selected', String(isIt));
      panel.hidden = !isIt;
      if (isIt && focus) tab.focus();
    }
    this.#rove(id);
    this.#all.find(({ id: name }) => name === id)?.chosen?.();
  }

  /** @param {KeyboardEvent} event */
  #move(event) {
    const at = this.#all.findIndex(({ tab }) => tab === event.target);
    const last = this.#all.length - 1;
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: last }[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    const next = this.#all[(to + this.#all.length) % this.#all.length];
    this.#rove(next.id);
    next.tab.focus();
  }

  /** Puts one tab into the order of focus. @param {string} id */
  #rove(id) {
    for (const { id: name, tab } of this.#all) tab.tabIndex = name === id ? 0 : -1;
  }
}
