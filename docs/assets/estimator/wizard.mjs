// @ts-check
/**
 * Is this diploma accepted? One question after another, as Python asks them, to a verdict with its clause and the evidence to
 * have ready. The answers are the form's own: what is said here stands there.
 *
 * @typedef {import('./types').PageData} PageData
 * @typedef {import('./types').Words} Words
 * @typedef {import('./types').Answers} Answers
 * @typedef {import('./types').Diploma} Diploma
 * @typedef {import('./types').Estimate} Estimate
 */
import { Box } from './box.mjs';
import { el } from './dom.mjs';
import { Sources, Why } from './why.mjs';
import { fill, range, sayReason } from './words.mjs';

/** @type {Record<Diploma['verdict'], string>} */
const SIGNS = { accepted: '✓', with_evidence: '✓', refused: '✗', unknown: '?', none: '–' };

export class Wizard {
  /** Questions that the person cannot answer. @type {Set<string>} */
  #skipped = new Set();
  /** The question that is shown although it is answered. @type {string | undefined} */
  #again;
  /** How often the answers changed: only the newest verdict is shown. */
  #turn = 0;
  /** @type {Diploma | undefined} */
  #diploma;

  /**
   * @param {object} options
   * @param {PageData} options.data
   * @param {() => Promise<Words>} options.words
   * @param {() => {on: string, answers: Answers}} options.state  what the form holds
   * @param {(key: string, value: unknown) => void} options.put  answers a question of the form
   * @param {(kind: string, payload: string) => Promise<string>} options.request
   * @param {(key: string) => string} options.shown  an answer as the form shows it
   * @param {(key: string) => [unknown, string][]} options.options  the answers of a question, in the form's order
   */
  constructor({ data, words, state, put, request, shown, options }) {
    this.data = data;
    this.say = data.parts.wizard;
    this.act = { words, state, put, request, shown, options };
    this.box = new Box({
      id: 'wizard', title: this.say.title, close: this.say.close,
      onClose: () => {
        if (location.hash === '#wizard') history.replaceState(history.state, '', location.pathname + location.search);
      },
    });
    this.place = el('div', { 'aria-live': 'polite' });
    this.box.body.append(el('p', { class: 'help' }, this.say.lead), this.place);
    this.button = el('button', { type: 'button', class: 'plain wizard-button needs-script', onclick: () => this.open() }, this.say.open);
  }

  open() {
    this.#skipped.clear();
    this.#again = undefined;
    this.#diploma = undefined;
    this.place.replaceChildren(el('p', {}, this.say.waiting));
    this.box.open();
    void this.#turnTo();
  }

  /** Asks Python where the answers lead, and shows the next question or the verdict. */
  async #turnTo() {
    const turn = ++this.#turn;
    const { on, answers } = this.act.state();
    const payload = JSON.stringify({ on, answers });
    try {
      const [explained, scored, words] = await Promise.all([this.act.request('explain', payload), this.act.request('score', payload), this.act.words()]);
      if (turn !== this.#turn) return;
      /** @type {Diploma} */
      const diploma = JSON.parse(explained).ok.diploma;
      this.#diploma = diploma;
      const key = this.#again ?? diploma.ask.find((one) => !this.#skipped.has(one));
      if (key) this.#ask(key, words);
      else this.#end(diploma, JSON.parse(scored).ok, words);
    } catch {
      if (turn === this.#turn) this.place.replaceChildren(el('p', { class: 'fault' }, this.say.failed));
    }
  }

  /** The answers given so far, in the order of the questions. */
  get #given() {
    return Object.entries(this.#diploma?.answers ?? {});
  }

  /** @param {string} key @param {Words} words */
  #ask(key, words) {
    const { say } = this;
    const { label, help } = words.questions[key];
    const given = this.#given;
    const number = given.findIndex(([one]) => one === key) + 1 || given.length + this.#skipped.size + 1;
    const now = this.#diploma?.answers[key];
    const title = el('h3', { tabindex: '-1' }, label);
    const before = given.findLast(([one]) => one !== key && (!this.#again || given.findIndex(([other]) => other === one) < given.findIndex(([other]) => other === key)));
    this.place.replaceChildren(
      el('p', { class: 'step' }, fill(say.step, { number })), title, ...(help ? [el('p', { class: 'help' }, help)] : []),
      el('div', { class: 'choices' }, ...this.act.options(key).map(([value, text]) => el('button', {
        type: 'button', class: 'choice', 'aria-pressed': now === undefined ? undefined : String(now === value), onclick: () => this.#answer(key, value),
      }, text)), el('button', { type: 'button', class: 'choice unsure', onclick: () => this.#skip(key) }, say.skip)),
      el('div', { class: 'buttons' }, ...(before ? [el('button', { type: 'button', class: 'plain', onclick: () => this.#back(before[0]) }, say.back)] : [])),
      ...this.#trail(words, key),
    );
    title.focus();
  }

  /** @param {string} key @param {unknown} value */
  #answer(key, value) {
    this.#again = undefined;
    this.#skipped.delete(key);
    this.act.put(key, value);
    void this.#turnTo();
  }

  /** @param {string} key */
  #skip(key) {
    this.#again = undefined;
    this.#skipped.add(key);
    this.act.put(key, undefined);
    void this.#turnTo();
  }

  /** @param {string} key */
  #back(key) {
    this.#again = key;
    void this.#turnTo();
  }

  /** What has been answered, each to be changed. @param {Words} words @param {string} [now] */
  #trail(words, now) {
    const { say } = this;
    const lines = this.#given.filter(([key]) => key !== now);
    if (!lines.length) return [];
    return [el('div', { class: 'trail' }, el('p', { class: 'question-name' }, say.trail), el('dl', {}, ...lines.map(([key]) => el('div', {},
      el('dt', {}, words.questions[key].label), el('dd', {}, this.act.shown(key), ' ',
        el('button', { type: 'button', class: 'plain inline', 'aria-label': fill(say.change, { label: words.questions[key].label }), onclick: () => this.#back(key) }, say.edit))))))];
  }

  /** @param {Diploma} diploma @param {Estimate} estimate @param {Words} words */
  #end(diploma, estimate, words) {
    const { say } = this;
    const { verdict, type, reasons, conditions, indicator, ask } = diploma;
    const why = new Why(this.data, words, { goTo: () => {}, shown: this.act.shown });
    const sources = new Sources('wizard', this.data.parts.why);
    const kind = type ? words.education[type] : undefined;
    const own = estimate.items.find(({ id }) => id === indicator)?.own;
    /** @type {[string, (Node | string)[]][]} */
    const parts = [];
    const add = (/** @type {string} */ term, /** @type {(Node | string)[]} */ content) => content.length && parts.push([term, content]);
    if (verdict === 'refused') add(say.why_refused, reasons.map((reason) => el('p', {}, sayReason(words, reason), ...this.#marks(reason, words, sources))));
    if (kind) add(say.type, [el('p', {}, kind.name, ...sources.mark(kind.cite))]);
    if (kind && verdict !== 'refused') add(say.when, [el('p', {}, kind.accepted_when)]);
    add(say.conditions, why.conditions(conditions, sources));
    if (kind && verdict !== 'refused') add(say.evidence, kind.evidence.length ? [el('ul', { class: 'evidence' }, ...kind.evidence.map((text) => el('li', {}, text)))] : []);
    if (verdict === 'unknown') add(say.hangs, ask.map((key) => el('p', {}, el('button', { type: 'button', class: 'plain', onclick: () => this.#back(key) }, words.questions[key].label))));
    if (own && verdict !== 'none') add(say.points, [el('p', {}, fill(say.points_value, { points: range(own[0], own[1]) }))]);
    const risks = Object.entries(words.education).filter(([id, { outcome }]) => outcome === 'refused' && id !== type);
    const others = new Sources('wizard-risk', this.data.parts.why);
    const fold = el('details', { class: 'fold' }, el('summary', {}, say.risks), ...risks.map(([, { name, accepted_when: text, cite }]) =>
      el('p', {}, el('b', {}, name), words.lang === 'zh' ? '：' : ': ', text, ...others.mark(cite))));
    fold.append(others.list((cite) => why.cite(cite)));
    const list = sources.list((cite) => why.cite(cite));
    if (list.childElementCount) add(say.sources, [list]);
    const title = el('h3', { class: 'verdict', 'data-verdict': verdict, tabindex: '-1' }, el('span', { 'aria-hidden': 'true' }, `${SIGNS[verdict]} `), say[`verdict_${verdict}`]);
    this.place.replaceChildren(
      title, el('dl', { class: 'reasoning' }, ...parts.map(([term, content]) => el('div', {}, el('dt', {}, term), el('dd', {}, ...content)))),
      ...(verdict === 'none' ? [] : [fold]),
      el('p', { class: 'more' }, say.final), ...this.#trail(words),
      el('div', { class: 'buttons' }, el('button', { type: 'button', class: 'md-button md-button--primary', onclick: () => this.box.close() }, say.done),
        el('button', { type: 'button', class: 'plain', onclick: () => this.#restart() }, say.restart)),
    );
    title.focus();
  }

  /** Where a reason for a refusal stands. @param {import('./types').Reason} reason @param {Words} words @param {Sources} sources */
  #marks({ type }, words, sources) {
    return type ? sources.mark(words.education[String(type)].cite) : [];
  }

  #restart() {
    for (const [key] of this.#given.reverse()) this.act.put(key, undefined);
    this.#skipped.clear();
    this.#again = undefined;
    void this.#turnTo();
  }
}
