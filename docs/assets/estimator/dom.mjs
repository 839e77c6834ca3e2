// @ts-check
/** What every page's modules do with the document. Children are nodes or text, never markup. */

/** @template {Element} T @param {ParentNode} root @param {string} selector @param {new () => T} type @returns {T} */
export function find(root, selector, type) {
  const found = root.querySelector(selector);
  if (!(found instanceof type)) throw new Error(`${selector} is not there`);
  return found;
}

/**
 * An element with attributes, listeners (`on…` with a function) and children.
 *
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, unknown>} [attributes]
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else if (value !== false && value !== undefined) element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(.../** @type {(Node | string)[]} */ (children.filter((child) => child !== null && child !== undefined && child !== false)));
  return element;
}

/**
 * Draws a part of the page anew and leaves the reader where they are: what had the focus has it again, what was being typed is
 * still there, what was open stays open. Elements are known again by their id; where the one with the focus is gone,
 * `otherwise` has it.
 *
 * @param {HTMLElement} part
 * @param {string} otherwise  the id of an element that is always there
 * @param {() => void} draw
 */
export function redraw(part, otherwise, draw) {
  const held = part.contains(document.activeElement) ? document.activeElement : null;
  const open = [...part.querySelectorAll('details[open][id]')].map(({ id }) => id);
  draw();
  for (const id of open) document.getElementById(id)?.setAttribute('open', '');
  if (!held || held.isConnected) return;
  const again = document.getElementById(held.id || otherwise) ?? document.getElementById(otherwise);
  if (held instanceof HTMLInputElement && held.type === 'text' && again instanceof HTMLInputElement) {
    again.value = held.value;
    again.setSelectionRange(held.selectionStart, held.selectionEnd);
  }
  again?.focus();
}
