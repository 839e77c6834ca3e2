// @ts-check
/**
 * What is printed of the result: one page with the day, the rules, the answers, every point with its reasons and its source, and
 * the address. It is only for paper; the page itself shows the same.
 *
 * @typedef {import('./types').Cite} Cite
 * @typedef {import('./types').Estimate} Estimate
 * @typedef {import('./types').Explained} Explained
 * @typedef {import('./types').PageData} PageData
 * @typedef {import('./types').Words} Words
 */
import { el } from './dom.mjs';
import { SIGNS, Why, conditionWords } from './why.mjs';
import { fill, join, range, sayReason } from './words.mjs';

/** Steps that say no more than the line they stand in. */
const PLAIN = new Set(['condition_failed', 'unknown', 'not_claimed', 'note']);

export class PrintedRecord {
  /** @type {{estimate: Estimate, explained: Explained, words: Words} | undefined} */
  #said;
  #timer = 0;

  /**
   * @param {PageData} data
   * @param {object} act
   * @param {() => [string, string][]} act.answers  each answer with its label
   * @param {() => string} act.address  the page's address with the answers
   * @param {(address: string) => Element | undefined} act.code  its QR code
   * @param {(key: string) => string} act.shown
   */
  constructor(data, act) {
    this.data = data;
    this.say = data.parts.keep;
    this.act = act;
    this.element = el('section', { class: 'print-record', 'aria-label': this.say.record });
    addEventListener('beforeprint', () => this.#write());
  }

  /** Nothing is left to print. */
  clear() {
    this.#said = undefined;
    this.element.replaceChildren();
  }

  /** What is to be printed; it is written once the answers have come to rest. @param {Estimate} estimate @param {Explained} explained @param {Words} words */
  show(estimate, explained, words) {
    this.#said = { estimate, explained, words };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#write(), 500);
  }

  #write() {
    if (!this.#said) return;
    clearTimeout(this.#timer);
    const { estimate, explained, words } = this.#said;
    const { say } = this;
    const { low, high } = estimate.answered;
    const why = new Why(this.data, words, { goTo: () => {}, shown: this.act.shown });
    const unclear = why.unclear(estimate, explained);
    const address = this.act.address();
    const code = this.act.code(address);
    this.element.replaceChildren(
      el('div', { class: 'record-head' },
        el('div', {},
          el('h2', {}, say.record),
          el('p', { class: 'record-total' }, el('strong', {}, fill(say.record_total, { total: range(low, high) })), ` · ${fill(say.record_standard, { standard: estimate.standard })} · ${this.#verdict(estimate)}`),
          el('p', {}, fill(say.record_on, { on: estimate.on }), ' · ', fill(say.record_rules, { name: estimate.rules })),
          el('p', {}, fill(say.record_address, { address: address.replace(/#.*/, '') }))),
        el('div', { class: 'record-code' }, ...(code ? [code, el('small', {}, say.record_qr)] : []))),
      this.#table(estimate, explained, words),
      ...this.#others(estimate, words),
      el('h3', {}, say.record_checks), this.#checks(estimate, words),
      el('h3', {}, say.record_answers), el('dl', {}, ...this.act.answers().map(([label, value]) => el('div', {}, el('dt', {}, label), el('dd', {}, value)))),
      ...(unclear.length ? [el('h3', {}, say.record_unclear), el('ul', {}, ...unclear.map(({ text, whom }) => el('li', {}, `${text} ${whom}`)))] : []),
      el('p', { class: 'record-final' }, this.data.say.final),
    );
  }

  /** @param {Estimate} estimate */
  #verdict({ vetoed, standard, answered: { low, high } }) {
    const { say } = this.data;
    return vetoed ? say.vetoed : fill(low >= standard ? say.reaches : high < standard ? say.below : say.may_reach, { standard });
  }

  /** @param {Estimate} estimate @param {string} id */
  #isLine({ answered }, id) {
    return !answered.open.includes(id) && !['none'].includes(answered.items[id].status);
  }

  /** @param {Estimate} estimate @param {Explained} explained @param {Words} words */
  #table(estimate, explained, words) {
    const { say } = this;
    const rows = estimate.items.filter(({ id }) => this.#isLine(estimate, id)).map(({ id, kind }) => {
      const part = estimate.answered.items[id];
      const { name, values } = words.indicators[id];
      const cites = (values.filter(({ from }) => from <= estimate.on).at(-1) ?? values[0]).cite;
      const steps = part.reasons.filter(({ code }) => !PLAIN.has(code)).map((step) => sayReason(words, step));
      const held = explained.items[id].conditions.map(({ owner, condition, holds }) => {
        const { text, refused } = conditionWords(words, owner, condition);
        return `${SIGNS[holds]} ${holds === 'no' ? refused : text}`;
      });
      const points = kind === 'veto' && part.status === 'refused' ? this.data.worth[id] : range(part.low, part.high);
      return el('tr', {}, el('th', { scope: 'row' }, name), el('td', { class: 'record-points' }, points), el('td', {}, [...steps, ...held].join(' ')),
        el('td', {}, cites.slice(0, 1).map((cite) => this.#source(cite, words)).join()));
    });
    return el('table', { class: 'record-table' }, el('thead', {}, el('tr', {}, ...['indicator', 'points', 'why', 'source'].map((name) => el('th', { scope: 'col' }, say[`record_${name}`])))), el('tbody', {}, ...rows));
  }

  /** @param {Cite} cite @param {Words} words */
  #source({ source, grade, checked_on: date }, words) {
    return `${words.sources[source].short} (${words.grades[grade].name}, ${date})`;
  }

  /** Indicators that came to nothing, and those of which nothing was said. @param {Estimate} estimate @param {Words} words */
  #others({ items, answered }, words) {
    const { say } = this;
    const names = (/** @type {(id: string) => boolean} */ test) => join(items.filter(({ id }) => test(id)).map(({ id }) => words.indicators[id].name), words.lang);
    const zero = names((id) => !answered.open.includes(id) && answered.items[id].status === 'none');
    const open = names((id) => answered.open.includes(id));
    return [...(zero ? [el('p', {}, fill(say.record_zero, { names: zero }))] : []), ...(open ? [el('p', {}, fill(say.record_open, { names: open }))] : [])];
  }

  /** @param {Estimate} estimate @param {Words} words */
  #checks({ checks }, words) {
    return el('ul', { class: 'record-checks' }, ...checks.map(({ id, holds }) => el('li', {}, `${SIGNS[holds]} ${words.eligibility[id].text}`)));
  }
}
