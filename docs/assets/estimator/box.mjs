// @ts-check
/** A dialog with a title and a way out: Escape, its button, or a press beside it. What had the focus has it again. */
import { el } from './dom.mjs';

export class Box {
  /**
   * @param {object} options
   * @param {string} options.id
   * @param {string} options.title
   * @param {string} options.close  the name of the button
   * @param {() => void} [options.onClose]
   */
  constructor({ id, title, close, onClose }) {
    this.body = el('div', { class: 'box-body' });
    this.title = el('h2', { id: `${id}-title`, tabindex: '-1' }, title);
    this.element = el('dialog', { class: 'box', id, 'aria-labelledby': `${id}-title` },
      el('div', { class: 'box-head' }, this.title, el('button', { type: 'button', class: 'plain', onclick: () => this.close() }, close)), this.body);
    /** @type {Element | null} */
    this.opener = null;
    this.element.addEventListener('click', (event) => {
      if (event.target === this.element) this.close();
    });
    this.element.addEventListener('close', () => {
      document.documentElement.classList.remove('box-open');
      if (this.opener instanceof HTMLElement && this.opener.isConnected) this.opener.focus({ preventScroll: true });
      onClose?.();
    });
  }

  get isOpen() {
    return this.element.open;
  }

  open() {
    if (this.element.open) return;
    this.opener = document.activeElement;
    document.documentElement.classList.add('box-open');
    this.element.showModal();
    this.title.focus();
  }

  close() {
    this.element.close();
  }
}
