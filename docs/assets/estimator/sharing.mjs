// @ts-check
/**
 * A link that holds the answers, to copy, to send, and as a QR code for the phone. It is made and read here; no server sees it.
 *
 * @typedef {import('./types').PageData} PageData
 * @typedef {import('./keep.mjs').Acts} Acts
 * @typedef {import('./keep.mjs').Keep} Keep
 */
import { Box } from './box.mjs';
import { el } from './dom.mjs';
import { modules, picture } from './qr.mjs';
import { LinkError, decode, encode } from './share.mjs';
import { fill } from './words.mjs';

export class Sharing {
  /** @type {import('./qr.mjs').Library | undefined} */
  #library;

  /** @param {PageData} data @param {Acts} act @param {Keep} keep  takes over what a link holds, and says so */
  constructor(data, act, keep) {
    this.data = data;
    this.say = data.parts.keep;
    this.act = act;
    this.keep = keep;
    const { say } = this;
    this.box = new Box({ id: 'share', title: say.share, close: say.close });
    this.link = el('input', { type: 'text', readonly: true, 'aria-label': say.link, 'aria-describedby': 'share-length', onfocus: () => this.link.select() });
    this.length = el('p', { class: 'more', id: 'share-length' });
    this.status = el('p', { class: 'keep-status', role: 'status' });
    this.code = el('div', { class: 'code' });
    const canSend = 'share' in navigator;
    this.content = el('div', {},
      el('p', { class: 'help' }, say.link_help), el('div', { class: 'link' }, this.link, el('button', { type: 'button', class: 'md-button md-button--primary', onclick: () => void this.#copy() }, say.copy)),
      this.length, this.status, ...(canSend ? [el('div', { class: 'buttons' }, el('button', { type: 'button', class: 'plain', onclick: () => void this.#send() }, say.send))] : []),
      el('h3', {}, say.qr), this.code);
    this.fault = el('p', { class: 'fault', role: 'alert' });
    this.box.body.append(this.fault, this.content);
    this.button = el('button', { type: 'button', class: 'plain', onclick: () => this.open() }, say.share);
  }

  open() {
    const { ready, answers } = this.act.state();
    const given = Object.keys(answers).length > 0;
    this.fault.textContent = !ready ? this.say.faulty : given ? '' : this.say.nothing;
    this.content.hidden = !ready || !given;
    this.status.textContent = '';
    if (!this.content.hidden) {
      const address = this.address();
      this.link.value = address;
      this.length.textContent = fill(this.say.length, { count: address.length });
      void this.#draw(address);
    }
    this.box.open();
  }

  /** The answers as a fragment; empty where there are none. */
  fragment() {
    const { answers, on, madeUp } = this.act.state();
    return Object.keys(answers).length ? `a=${encode({ answers, on, madeUp }, this.data.link)}` : '';
  }

  /** The page's address with the answers in its fragment. */
  address() {
    return `${location.origin}${location.pathname}#${this.fragment()}`;
  }

  /** Loads what makes QR codes: early, so that nothing is asked of the network once the page is in use. */
  async load() {
    this.#library ??= (await import('./qrcode.mjs')).qrcode;
  }

  /** The QR code of an address as a picture; undefined where it is too long for one, or nothing can make one. @param {string} address */
  picture(address) {
    const found = this.#library && modules(this.#library, address);
    return found && picture(found, this.say.qr_label);
  }

  /** @param {string} address */
  async #draw(address) {
    const { say } = this;
    this.code.replaceChildren();
    let content;
    try {
      await this.load();
      const found = this.picture(address);
      content = found ? [found, el('p', { class: 'help' }, say.qr_help)] : [el('p', { class: 'help' }, say.qr_long)];
    } catch {
      content = [el('p', { class: 'fault' }, say.qr_failed)];
    }
    this.code.replaceChildren(...content);
  }

  async #copy() {
    const { say } = this;
    try {
      await navigator.clipboard.writeText(this.link.value);
      this.status.textContent = say.copied;
      return;
    } catch {
      // Not allowed here, or too old: the older way, and at last the person's own hand.
    }
    this.link.focus();
    this.link.select();
    let done = false;
    try {
      done = document.execCommand('copy');
    } catch {
      // Nor this.
    }
    this.status.textContent = done ? say.copied : say.copy_by_hand;
  }

  async #send() {
    try {
      await navigator.share({ title: document.title, url: this.link.value });
    } catch {
      // The person thought better of it.
    }
  }

  /**
   * Takes over what a link holds, or says why not.
   *
   * @param {string} text  what stands after `a=`
   */
  async read(text) {
    const { say } = this;
    try {
      const { answers, on, madeUp = [] } = decode(text, this.data.link);
      const before = this.act.state();
      const state = { answers, on, madeUp };
      // On a page that is filled in already, Python looks first; an empty one has nothing to lose, and shows faults beside the fields.
      const reasons = Object.keys(before.answers).length ? await this.keep.check(state).catch(() => []) : [];
      if (!reasons.length) reasons.push(...this.keep.take(state, say.opened_link));
      if (reasons.length) this.keep.tell(fill(say.refused_link, { reason: '' }), undefined, reasons);
    } catch (error) {
      if (!(error instanceof LinkError)) throw error;
      this.keep.tell(fill(say.refused_link, { reason: '' }), undefined, [say[`link_${error.code}`]]);
    }
  }
}
