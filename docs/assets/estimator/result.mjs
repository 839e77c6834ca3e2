// @ts-check
/**
 * The result beside the form: what the estimator said, in words. It adds nothing up and decides nothing; all of it is text
 * (never markup), so that no answer and no file can put anything else into the page.
 *
 * @typedef {import('./types').Estimate} Estimate
 * @typedef {import('./types').Item} Item
 * @typedef {import('./types').ItemPart} ItemPart
 * @typedef {import('./types').Words} Words
 * @typedef {import('./types').Fault} Fault
 * @typedef {import('./types').PageData} PageData
 * @typedef {Node | string | null | undefined | false} Child
 * @typedef {'main' | 'zero' | 'open' | 'notes'} Place  of an indicator in the result
 */
import { Why } from './why.mjs';
import { fill, join, range, show } from './words.mjs';

/**
 * An element with attributes, listeners (`on…` with a function) and children.
 *
 * @param {string} tag
 * @param {Record<string, unknown>} [attributes]
 * @param {...Child} children
 * @returns {HTMLElement}
 */
function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else if (value !== false && value !== undefined) element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(.../** @type {(Node | string)[]} */ (children.filter((child) => child !== null && child !== undefined && child !== false)));
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

/** @param {string} tag @param {Record<string, unknown>} [attributes] @param {...Node} children */
function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** The range against the standard: solid what is certain, hatched what is possible, a mark at the standard. */
class Bar {
  static #count = 0;

  /** @param {PageData} data @param {boolean} labelled  whether the standard stands below its mark */
  constructor(data, labelled) {
    this.data = data;
    const hatch = `hatch-${++Bar.#count}`;
    this.certain = svg('rect', { class: 'certain', x: 0, y: 5, width: 0, height: 18 });
    this.possible = svg('rect', { class: 'possible', x: 0, y: 5, width: 0, height: 18, fill: `url(#${hatch})` });
    this.zero = svg('line', { class: 'zero', y1: 2, y2: 26 });
    this.mark = svg('line', { class: 'mark', y1: 0, y2: 28 });
    this.label = svg('text', { class: 'mark-label', y: 44, 'text-anchor': 'middle' });
    this.element = svg(
      'svg', { class: 'bar', width: '100%', height: labelled ? 48 : 28, role: 'img' },
      svg('defs', {}, svg('pattern', { id: hatch, width: 7, height: 7, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
        svg('rect', { class: 'hatch-ground', width: 7, height: 7 }), svg('line', { class: 'hatch-line', y1: 0, y2: 7 }))),
      svg('rect', { class: 'track', x: 0, y: 5, width: '100%', height: 18 }),
      this.certain, this.possible, this.zero, this.mark, ...(labelled ? [this.label] : []),
    );
    this.set(0, 0, data.standard, false);
  }

  /** @param {number} low @param {number} high @param {number} standard @param {boolean} known */
  set(low, high, standard, known) {
    const least = Math.min(0, low * 1.1);
    // Wide enough for the standard to stand well inside; a possible part that goes on for ever runs off the edge.
    const most = Math.max(standard * 1.25, Math.min(high * 1.05, standard * 2.5), low * 1.05);
    const at = (/** @type {number} */ points) => Math.min(100, Math.max(0, ((points - least) / (most - least)) * 100));
    const span = (/** @type {Element} */ rect, /** @type {number} */ from, /** @type {number} */ to) => {
      rect.setAttribute('x', `${at(Math.min(from, to))}%`);
      rect.setAttribute('width', `${Math.abs(at(to) - at(from))}%`);
    };
    span(this.certain, 0, known ? low : 0);
    span(this.possible, known ? low : 0, known ? high : 0);
    for (const [line, points] of /** @type {[Element, number][]} */ ([[this.mark, standard], [this.zero, 0]])) {
      line.setAttribute('x1', `${at(points)}%`);
      line.setAttribute('x2', `${at(points)}%`);
    }
    this.zero.classList.toggle('away', least === 0);
    this.label.setAttribute('x', `${at(standard)}%`);
    this.label.textContent = show(standard);
    this.element.setAttribute('aria-label', fill(known ? this.data.say.bar : this.data.say.standard, { low, high, standard }));
  }
}

/** @type {Record<string, string>} */
const MARKS = { counted: '✓', refused: '✗', unknown: '?', not_counted: '–', none: '·', open: '?', veto: '✗', note: 'i' };
/** @type {Record<string, string>} */
const HOLDS = { yes: '✓', no: '✗', unknown: '?', ask: '·' };

export class Result {
  /** @type {Words | undefined} */
  words;
  /** The rows that stay, so that what a reader opened stays open. @type {Map<string, HTMLDetailsElement>} */
  #rows = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #talking;
  #standard = 0;
  /** @type {Map<string, Place>} */
  #places = new Map();
  /** @type {Why | undefined} */
  #whyMaker;

  /**
   * @param {HTMLElement} root
   * @param {PageData} data
   * @param {{goTo: (key: string) => void, retry: () => void, clear: () => void, undo: () => void, label: (key: string) => string,
   *   shown: (key: string) => string}} act
   */
  constructor(root, data, act) {
    this.root = root;
    this.data = data;
    this.act = act;
    this.#standard = data.standard;
    const { say } = data;
    this.bar = new Bar(data, true);
    this.total = el('span', { class: 'figure' }, '–');
    this.standard = el('p', { class: 'standard' }, fill(say.standard, { standard: data.standard }));
    this.verdict = el('p', { class: 'verdict' });
    this.progress = /** @type {HTMLProgressElement} */ (el('progress', { max: 1, value: 0, 'aria-label': say.result }));
    this.message = el('div', { class: 'message' }, this.verdict);
    this.body = el('div', { class: 'result-body' });
    this.three = el('div', { class: 'three' });
    this.openNote = el('p', { class: 'more' });
    this.whom = this.#group('unclear');
    this.whom.hidden = true;
    this.next = el('p', { class: 'next' });
    this.items = el('div', { class: 'items' });
    this.zero = this.#group('zero');
    this.open = this.#group('open');
    this.checks = el('div', { class: 'items checks' });
    this.notes = el('div', { class: 'notes' });
    this.foot = el('div', { class: 'result-foot' });
    this.live = el('p', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });
    this.cleared = el('p', { class: 'cleared', role: 'status' });
    this.body.append(
      this.three, this.openNote, this.whom, this.next, el('h3', {}, say.counted_items), this.items, this.zero, this.open, el('h3', {}, say.checks), this.checks, this.notes, this.foot,
    );
    this.body.hidden = true;
    this.actions = el(
      'div', { class: 'actions' },
      el('button', { type: 'button', class: 'plain', onclick: () => print() }, say.print),
      el('button', { type: 'button', class: 'plain', onclick: () => this.#clear() }, say.clear),
      this.cleared,
    );
    this.actions.hidden = true;
    root.append(
      el('h2', { id: 'result-title' }, say.result),
      el('div', { class: 'headline' }, el('p', { class: 'total' }, this.total, el('span', { class: 'unit' }, say.points)), this.standard),
      this.bar.element, this.message, this.body, this.actions,
    );
    root.setAttribute('aria-labelledby', 'result-title');
    root.after(this.live);
    this.footBar = new Bar(data, false);
    this.footBar.element.setAttribute('aria-hidden', 'true');
    this.footTotal = el('span', { class: 'figure' }, '–');
    this.footText = el('span', { class: 'short' });
    this.sheetButton = el(
      'button', { type: 'button', class: 'sheet-button', 'aria-haspopup': 'dialog', onclick: () => this.#openSheet() },
      el('span', { class: 'sheet-row' }, this.footTotal, this.footText, el('span', { class: 'visually-hidden' }, ` ${say.sheet_open}`),
        el('span', { class: 'arrow', 'aria-hidden': 'true' })),
      this.footBar.element,
    );
    this.footNext = el('button', { type: 'button', class: 'foot-next', hidden: true, onclick: () => this.#leave(this.footNext.dataset.key ?? '') }, say.foot_next);
    this.sheet = /** @type {HTMLDialogElement} */ (el('dialog', { class: 'sheet', 'aria-labelledby': 'result-title' },
      el('button', { type: 'button', class: 'sheet-close plain', onclick: () => this.sheet.close() }, say.close)));
    this.#tendSheet();
    this.#say('none', say.nothing_yet, say.nothing_hint);
  }

  // --- states ---------------------------------------------------------------------------------------------------------

  /** Which step the loading is at. @param {{step: string, loaded: number, total: number}} progress */
  loading({ step, loaded, total }) {
    const megabytes = (/** @type {number} */ bytes) => (bytes / 1e6).toFixed(1);
    const text = fill(this.data.say[`step_${step}`], { loaded: megabytes(loaded), total: megabytes(total) });
    const done = { waiting: 0, files: 0.85 * (loaded / (total || 1)), python: 0.88, rules: 0.97 }[step] ?? 0;
    this.progress.value = done;
    this.#say('loading', text, this.data.say.step_meanwhile);
    if (step !== 'waiting') this.message.append(this.progress);
  }

  /** @param {import('./client.mjs').EstimatorError} error */
  failed({ code, file, detail }) {
    const { say } = this.data;
    const text = fill(say[`failed_${code}`] ?? say.failed_python, { file: file.split('/').at(-1) ?? '', detail });
    const retry = el('button', { type: 'button', class: 'md-button', onclick: () => this.act.retry() }, say.retry);
    this.#say('failed', say.failed, `${text} ${say.failed_kept}`);
    this.message.append(retry, el('p', {}, el('a', { href: this.data.tables }, say.glance_more)));
    this.#talk(`${say.failed}. ${text}`);
  }

  /** Nothing may be scored for this day; what holds all the same is in the tables. @param {string} text */
  refused(text) {
    const { say } = this.data;
    this.#say('refused', say.refused, text);
    this.message.append(el('p', {}, el('a', { href: this.data.tables }, say.glance_more)));
    this.#talk(`${say.refused}. ${text}`);
  }

  /** Fields to correct first: nothing is computed from half-read answers. @param {readonly Fault[]} faults */
  faulty(faults) {
    const { say } = this.data;
    const keys = [...new Set(faults.map(({ key }) => key))];
    this.#say('faulty', fill(say.faults, { count: keys.length }));
    const list = el('ul', { class: 'faults' });
    for (const key of keys) {
      list.append(el('li', {}, el('button', { type: 'button', class: 'plain inline', onclick: () => this.#leave(key) }, this.act.label(key))));
    }
    this.message.append(list);
    this.#talk(`${fill(say.faults, { count: keys.length })} ${join(keys.map((key) => this.act.label(key)), this.data.lang)}`);
  }

  /** @param {Estimate} estimate @param {number} given  how many questions are answered */
  show(estimate, given) {
    const { say } = this.data;
    const { standard, answered } = estimate;
    const { low, high } = answered;
    this.#standard = standard;
    this.standard.textContent = fill(say.standard, { standard });
    this.#figure(given ? range(low, high) : '–', low, high, given > 0);
    this.body.hidden = this.actions.hidden = given === 0;
    if (given) this.cleared.replaceChildren();
    const refused = estimate.checks.filter(({ id, holds }) => holds === 'no' && this.data.asks.checks[id]);
    if (!given) {
      this.#say('none', say.nothing_yet, say.nothing_hint);
    } else if (estimate.vetoed) {
      this.#say('no', say.vetoed, '', 'veto');
    } else {
      const state = low >= standard ? 'yes' : high < standard ? 'no' : 'unknown';
      const verdict = fill({ yes: say.reaches, no: say.below, unknown: say.may_reach }[state], { standard });
      this.#say(state, verdict, refused.length ? fill(say.checks_no, { count: refused.length }) : say.so_far);
    }
    if (!given) return;
    this.three.replaceChildren(this.#why().three(estimate));
    this.#open(estimate);
    this.#next(estimate);
    this.#items(estimate);
    this.#checks(estimate);
    this.#foot(estimate);
    const verdict = this.verdict.textContent ?? '';
    this.#talk(fill(low === high ? say.live_one : say.live, { verdict, low, high, standard }));
  }

  /** @param {string} variant @param {number} bytes @param {number} restarts */
  diagnose(variant, bytes, restarts) {
    this.diagnostics = fill(this.data.say.diagnostics, { variant, megabytes: (bytes / 1e6).toFixed(1), restarts });
  }

  // --- parts ----------------------------------------------------------------------------------------------------------

  /** @param {string} state @param {string} text @param {string} [more] @param {string} [foot]  which short line stands in the bar */
  #say(state, text, more = '', foot = state) {
    this.root.dataset.state = this.sheetButton.dataset.state = state;
    this.verdict.replaceChildren(el('strong', {}, text), ...(more ? [' ', el('span', { class: 'more' }, more)] : []));
    this.message.replaceChildren(this.verdict);
    // What stands below is of answers that were there before: still to be read, but not to be taken for the result.
    const stale = ['faulty', 'failed', 'refused'].includes(state);
    const shown = /** @type {HTMLElement} */ (this.body.closest('.panels') ?? this.body);
    shown.inert = stale;
    if (stale) this.#figure('–', 0, 0, false);
    this.footText.textContent = fill(this.data.say[`foot_${foot}`], { standard: this.#standard });
  }

  /** @param {string} text @param {number} low @param {number} high @param {boolean} known */
  #figure(text, low, high, known) {
    this.bar.set(low, high, this.#standard, known);
    this.footBar.set(low, high, this.#standard, known);
    this.total.textContent = text;
    this.footTotal.textContent = known ? `${text} ${this.data.say.points}` : text;
  }

  /** Tells a screen reader, once the answers have come to rest. @param {string} text */
  #talk(text) {
    clearTimeout(this.#talking);
    this.#talking = setTimeout(() => {
      this.live.textContent = text;
    }, 1000);
  }

  /** How many indicators nothing was said about. @param {Estimate} estimate */
  #open({ items, answered }) {
    const { say } = this.data;
    const assumed = items.filter(({ id }) => answered.open.includes(id) && answered.items[id].low === answered.items[id].high);
    const minus = assumed.filter(({ kind }) => kind === 'deduction' || kind === 'veto').length;
    const openText = minus === assumed.length ? say.open_deduction : minus ? say.open_text : say.open_bonus;
    this.openNote.textContent = assumed.length ? `${say.open}${this.data.lang === 'zh' ? '：' : ': '}${fill(openText, { count: assumed.length })}` : '';
  }

  /**
   * Why: the reasons behind each row, and what cannot be known here. They come a moment after the estimate.
   *
   * @param {Estimate} estimate  the one that is shown
   * @param {import('./types').Explained} explained
   */
  explain(estimate, explained) {
    const why = this.#why();
    for (const item of estimate.items) {
      const place = /** @type {HTMLElement} */ (this.#rows.get(item.id)?.lastElementChild);
      place.replaceChildren(...why.row(item, estimate.answered.items[item.id], this.#places.get(item.id) ?? 'main', estimate.on, explained.items[item.id]));
    }
    this.three.replaceChildren(why.three(estimate, explained));
    const count = why.unclear(estimate, explained).length;
    this.whom.hidden = count === 0;
    /** @type {HTMLElement} */ (this.whom.firstElementChild).textContent = fill(this.data.parts.why.unclear_open, { count });
    this.whom.lastElementChild?.replaceChildren(why.whom(estimate, explained), el('p', { class: 'more' }, this.data.say.office_text));
  }

  #why() {
    this.#whyMaker ??= new Why(this.data, this.#words(), { goTo: (key) => this.#leave(key), shown: this.act.shown });
    return this.#whyMaker;
  }

  /** @param {Estimate} estimate */
  #next({ next, questions }) {
    const { say } = this.data;
    const key = next[0];
    this.next.hidden = this.footNext.hidden = !key;
    if (!key) return;
    this.footNext.dataset.key = key;
    this.footNext.setAttribute('aria-label', `${say.foot_next}${this.data.lang === 'zh' ? '：' : ': '}${this.act.label(key)}`);
    const { worth } = questions[key];
    const text = worth ? fill(say.worth, { points: worth }) : say.worth_veto;
    this.next.replaceChildren(
      el('span', { class: 'next-title' }, say.next),
      el('button', { type: 'button', class: 'plain', onclick: () => this.#leave(key) }, el('span', {}, this.act.label(key)), el('span', { class: 'more' }, text)),
    );
  }

  /** @param {string} name */
  #group(name) {
    return /** @type {HTMLDetailsElement} */ (el('details', { class: `fold ${name}` }, el('summary'), el('div', { class: 'items' })));
  }

  /** @param {Estimate} estimate */
  #items(estimate) {
    const { answered } = estimate;
    const open = new Set(answered.open);
    /** @type {Record<Place, HTMLElement[]>} */
    const places = { main: [], zero: [], open: [], notes: [] };
    for (const item of estimate.items) {
      const part = answered.items[item.id];
      const isNote = part.reasons[0]?.code === 'note';
      const place = isNote ? 'notes' : open.has(item.id) ? 'open' : part.status === 'none' ? 'zero' : 'main';
      this.#places.set(item.id, place);
      places[place].push(this.#row(item, part, place));
    }
    replace(this.items, places.main);
    for (const name of /** @type {const} */ (['zero', 'open'])) {
      const group = this[name];
      const rows = places[name];
      group.hidden = rows.length === 0;
      const summary = /** @type {HTMLElement} */ (group.firstElementChild);
      summary.textContent = fill(this.data.say[`${name}_items`], { count: rows.length });
      replace(/** @type {HTMLElement} */ (group.lastElementChild), rows);
    }
    replace(this.notes, places.notes);
    this.notes.hidden = places.notes.length === 0;
  }

  /** One indicator: its points and status. Why it is so follows in `explain`. @param {Item} item @param {ItemPart} part @param {Place} place */
  #row(item, part, place) {
    const { say, worth } = this.data;
    const isVeto = item.kind === 'veto' && part.status === 'refused';
    const status = place === 'open' ? 'open' : place === 'notes' ? 'note' : isVeto ? 'veto' : part.status;
    const points = place === 'open' || place === 'notes' || isVeto ? worth[item.id] : range(part.low, part.high);
    return this.#disclose(item.id, `result-${item.id}`, status, MARKS[status], this.#words().indicators[item.id].name, say[`status_${status}`], points);
  }

  /** A row that opens; the same element each time, so that what a reader opened stays open. Without content it keeps what it holds.
   * @param {string} key @param {string} id @param {string} status @param {string} sign @param {string} name @param {string} word @param {string} points @param {Child[]} [content] */
  #disclose(key, id, status, sign, name, word, points, content) {
    let row = this.#rows.get(key);
    if (!row) {
      row = /** @type {HTMLDetailsElement} */ (el('details', { class: 'item', id }, el('summary'), el('div', { class: 'why' }, this.data.parts.why.loading)));
      this.#rows.set(key, row);
    }
    row.dataset.status = status;
    const [summary, why] = /** @type {HTMLElement[]} */ ([...row.children]);
    summary.replaceChildren(
      el('span', { class: 'sign', 'aria-hidden': 'true' }, sign),
      el('span', { class: 'name' }, name, ' ', el('small', { class: 'status' }, word)),
      el('span', { class: 'points' }, points),
    );
    if (content) why.replaceChildren(el('div', {}, ...content));
    return row;
  }

  /** @param {string} key */
  #ask(key) {
    return el('p', {}, el('button', { type: 'button', class: 'plain', onclick: () => this.#leave(key) }, this.data.say.answer_it));
  }

  /** @param {Estimate} estimate */
  #checks({ checks, on }) {
    const { say, asks } = this.data;
    replace(this.checks, checks.map(({ id, holds }) => {
      const { text, detail, failed, values } = this.#words().eligibility[id];
      const key = asks.checks[id];
      const cite = (values.filter(({ from }) => from <= on).at(-1) ?? values[0]).cite;
      const status = holds === 'unknown' && !key ? say.status_unknown : say[`holds_${holds}`];
      return this.#disclose(`check ${id}`, `check-${id}`, holds, HOLDS[holds], text, status, '', [
        holds === 'no' && el('p', { class: 'failed' }, failed),
        el('p', {}, detail),
        holds === 'unknown' && key && this.#ask(key),
        el('ul', { class: 'cites', 'aria-label': say.source }, ...cite.map((one) => el('li', {}, ...this.#why().cite(one)))),
      ]);
    }));
  }

  /** @param {Estimate} estimate */
  #foot({ rules, on }) {
    const { say } = this.data;
    this.foot.replaceChildren(
      el('p', { class: 'final' }, say.final), el('p', { class: 'more' }, fill(say.rules, { name: rules, on })),
      ...(this.diagnostics ? [el('p', { class: 'more no-print' }, this.diagnostics)] : []),
    );
  }

  #words() {
    if (!this.words) throw new Error('no words');
    return this.words;
  }

  #clear() {
    this.act.clear();
    this.actions.hidden = false;
    const undo = el('button', { type: 'button', class: 'plain inline', onclick: () => {
      this.cleared.replaceChildren();
      this.act.undo();
    } }, this.data.say.undo);
    this.cleared.replaceChildren(this.data.say.cleared, ' ', undo);
  }

  // --- the sheet on a narrow window -------------------------------------------------------------------------------------

  #tendSheet() {
    const home = /** @type {HTMLElement} */ (this.root.parentElement);
    this.sheet.addEventListener('close', () => {
      home.prepend(this.root);
      document.documentElement.classList.remove('sheet-open');
      this.sheetButton.focus({ preventScroll: true });
    });
    // A press beside the sheet closes it.
    this.sheet.addEventListener('click', (event) => {
      if (event.target === this.sheet) this.sheet.close();
    });
    matchMedia('(min-width: 60em)').addEventListener('change', ({ matches }) => {
      if (matches && this.sheet.open) this.sheet.close();
    });
    home.append(this.sheetButton, this.footNext, this.sheet);
  }

  #openSheet() {
    const { sheet } = this;
    sheet.append(this.root);
    document.documentElement.classList.add('sheet-open');
    sheet.showModal();
  }

  /** From the result to a question. @param {string} key */
  #leave(key) {
    if (this.sheet.open) this.sheet.close();
    this.act.goTo(key);
  }
}

/** New children, without touching those that are there in the same order. @param {HTMLElement} parent @param {HTMLElement[]} children */
function replace(parent, children) {
  if (children.length === parent.children.length && children.every((child, index) => parent.children[index] === child)) return;
  parent.replaceChildren(...children);
}
