// @ts-check
/**
 * How: the ways to the standard as cards. What is impossible is struck out; time and effort can be set; each time Python looks
 * again.
 *
 * @typedef {import('./ahead').State} State
 * @typedef {import('./ahead').Way} Way
 * @typedef {import('./ahead').Ways} Ways
 * @typedef {import('./panel.mjs').Shared} Shared
 */
import { el } from './dom.mjs';
import { readWhole } from './fields.mjs';
import { Panel } from './panel.mjs';
import { MOST_YEARS } from './when.mjs';
import { Work } from './work.mjs';

const LIMITS = { months: { min: 0, max: 600 }, cost: { min: 0, max: 99 } };

export class How extends Panel {
  #soonest = true;
  /** Where the focus goes once the cards are there again, because what had it is gone. */
  #focus = '';
  /** @type {Map<string, string>}  what was typed and cannot be taken; it stays until it is mended, whatever is drawn anew */
  #wrong = new Map();

  /** @param {Shared} shared */
  constructor(shared) {
    super(shared, 'how');
    const { phrases } = this;
    this.work = new Work(phrases, () => shared.interrupt('paths'));
    this.veto_ = el('div');
    this.title = el('h3', {});
    this.found = el('p', { class: 'found', role: 'status' });
    this.assumed = el('div');
    this.settings = el('div', { class: 'settings no-print' });
    this.struck = el('div', { class: 'struck no-print' });
    this.cards = el('ol', { class: 'ways' });
    this.basis = el('p', { class: 'more' });
    this.element.append(this.veto_, this.title, this.found, this.assumed, this.settings, this.struck, this.work.element, this.cards, this.basis, this.printing('how'));
  }

  /** @param {State} state */
  refresh(state) {
    const { years, impossible, months, cost } = this.shared.kept;
    void this.work.run(() => this.ask('paths', { years, impossible, months, cost }), (/** @type {Ways} */ ways) => {
      this.redraw(() => this.#show(state, ways, years));
      if (this.#focus) document.getElementById(this.#focus)?.focus();
      this.#focus = '';
    });
  }

  /** @param {State} state @param {Ways} ways @param {number} years */
  #show(state, { paths, actions }, years) {
    const { phrases, shared } = this;
    const { on, estimate: { standard } } = state;
    const words = phrases.words();
    this.veto_.replaceChildren(this.veto(state));
    this.title.textContent = phrases.say('how_title', { standard });
    const isThere = paths.some(({ ids, reaches_on: day }) => !ids.length && day === on);
    this.found.textContent = !paths.length ? phrases.say('how_none', { years })
      : isThere ? phrases.say(paths.length > 1 ? 'how_found_now' : 'how_enough') : phrases.say('how_found', { years, count: paths.length });
    this.assumed.replaceChildren(this.assumption(state));
    this.settings.replaceChildren(this.horizon(MOST_YEARS), ...(paths.length > 1 ? [this.#order()] : []));
    this.struck.replaceChildren(...(shared.kept.impossible.length ? [
      el('span', {}, phrases.say('struck')),
      ...shared.kept.impossible.map((id) => el('button', {
        type: 'button', class: 'plain', id: `restore-${id}`, 'aria-label': phrases.say('restore', { action: words.actions[id].name }), onclick: () => this.#restore(id),
      }, el('s', {}, words.actions[id].name), el('span', { 'aria-hidden': 'true' }, '↺'))),
    ] : []));
    const own = new Map(actions.map((action) => [action.id, action]));
    const sorted = this.#soonest ? paths : [...paths].sort((a, b) => a.cost - b.cost);
    this.cards.replaceChildren(...sorted.map((way) => this.#card(way, on, own)));
    this.basis.hidden = !paths.length && !shared.kept.impossible.length;
    const changed = Object.keys({ ...shared.kept.months, ...shared.kept.cost }).length > 0;
    this.basis.replaceChildren(words.assumption, ...(changed ? [' ', el('button', { type: 'button', class: 'plain inline no-print', onclick: () => {
      Object.assign(shared.kept, { months: {}, cost: {} });
      this.#wrong.clear();
      this.#focus = 'tab-how';
      shared.changed();
    } }, phrases.say('reset'))] : []));
  }

  #order() {
    const { phrases } = this;
    const select = el('select', { id: 'order-how', onchange: () => {
      this.#soonest = select.value === 'soon';
      this.invalidate();
    } }, el('option', { value: 'soon' }, phrases.say('sort_soon')), el('option', { value: 'easy' }, phrases.say('sort_easy')));
    select.value = this.#soonest ? 'soon' : 'easy';
    return el('label', { class: 'field' }, el('span', {}, phrases.say('sort')), select);
  }

  /** @param {string} id */
  #restore(id) {
    const { kept } = this.shared;
    kept.impossible = kept.impossible.filter((one) => one !== id);
    this.#focus = 'tab-how';
    this.shared.changed();
  }

  /** @param {string} id */
  #strike(id) {
    const { kept } = this.shared;
    kept.impossible = [...kept.impossible.filter((one) => one !== id), id];
    this.#focus = `restore-${id}`;
    this.shared.changed();
  }

  /** @param {Way} way @param {string} on @param {Map<string, Ways['actions'][0]>} own */
  #card(way, on, own) {
    const { phrases } = this;
    const words = phrases.words();
    const { ids, reaches_on: reaches, low_then: low, margin, falls_below_on: falls, cost } = way;
    const title = ids.map((id) => words.actions[id].name).join(phrases.say('plus')) || phrases.say('wait_name');
    const name = ['way', ...ids].join('-');
    const span = reaches === on ? '' : phrases.say('away', { span: phrases.ahead(on, reaches) });
    const section = (/** @type {string} */ label, /** @type {string[]} */ lines) =>
      lines.length > 0 && el('div', {}, el('dt', {}, phrases.say(label)), el('dd', {}, el('ul', {}, ...lines.map((line) => el('li', {}, line)))));
    return el('li', { class: 'way' }, el('article', { 'aria-labelledby': name, 'data-ids': ids.join(' '), 'data-low': low },
      el('h4', { id: name }, title),
      el('p', { class: 'way-when' }, el('span', { class: 'figure' }, reaches === on ? phrases.say('way_now') : reaches), ' ', span),
      el('p', { class: 'way-points' }, el('span', { class: 'figure' }, phrases.say('way_low', { low })), ' ',
        [margin ? phrases.say('way_margin', { margin }) : phrases.say('way_exact'), falls ? phrases.say('way_until', { date: falls }) : phrases.say('way_keeps'),
          ...(ids.length ? [phrases.say('way_effort', { cost })] : [])].join(phrases.say('separator'))),
      el('dl', {},
        section('way_takes', ids.length ? this.#changes(way, own) : [phrases.say('way_takes_wait')]),
        section('way_may_fail', [...new Set(ids.map((id) => words.actions[id].may_fail))])),
      this.#conditions([...new Set(way.conditions.map((condition) => phrases.condition(condition)))], name),
      ...ids.map((id) => this.#action(id, name, own.get(id), ids.length > 1)),
    ));
  }

  /** What must hold, folded: it is the same for many ways. @param {string[]} lines @param {string} way */
  #conditions(lines, way) {
    if (!lines.length) return null;
    return this.#fold(`${way}-conditions`, this.phrases.say('way_conditions', { count: lines.length }), el('ul', { class: 'lines' }, ...lines.map((line) => el('li', {}, line))));
  }

  /** Something that opens. @param {string} id @param {string} summary @param {Node} content */
  #fold(id, summary, content) {
    return el('details', { class: 'fold', id }, el('summary', { id: `${id}-fold` }, summary), content);
  }

  /**
   * What changes, in words. A "yes" that comes along stands among what must hold; a history gives way to a tier.
   *
   * @param {Way} way @param {Map<string, Ways['actions'][0]>} own
   */
  #changes({ actions, ids }, own) {
    const { phrases } = this;
    const { questions } = phrases.words();
    const meant = new Set(ids.map((id) => own.get(id)?.key));
    const history = actions.some(({ from }) => from === 'given');
    const lines = actions.filter(({ key, from, to }) => from !== to && to !== null && (meant.has(key) || typeof to !== 'boolean')).map(({ key, from, to }) =>
      phrases.say(from === null ? 'way_new' : 'way_change', { question: questions[key].label, from: phrases.answer(key, from), to: phrases.answer(key, to) }));
    return history ? [...lines, phrases.say('way_history')] : lines;
  }

  /** Strike one action out, or set its time and effort. @param {string} id @param {string} way @param {Ways['actions'][0] | undefined} assumed @param {boolean} named */
  #action(id, way, assumed, named) {
    const { phrases, shared: { kept } } = this;
    const action = phrases.words().actions[id].name;
    const field = (/** @type {'months' | 'cost'} */ part) => {
      const usual = assumed?.[part] ?? null;
      const fault = el('span', { class: 'fault', id: `${part}-${way}-${id}-fault` });
      const input = el('input', {
        type: 'text', inputmode: 'numeric', size: 4, maxlength: 4, id: `${part}-${way}-${id}`, value: kept[part][id] ?? usual ?? '',
        placeholder: usual === null ? phrases.say('by_rule') : '', 'aria-label': phrases.say(`adjust_${part}_of`, { action }), 'aria-describedby': fault.id, autocomplete: 'off',
        onblur: () => take(), onkeydown: (/** @type {KeyboardEvent} */ event) => event.key === 'Enter' && take(),
      });
      const look = () => {
        const reading = readWhole(input.value, LIMITS[part]);
        const wrong = reading.state === 'fault';
        fault.textContent = wrong ? phrases.say('fault_whole', { ...LIMITS[part], value: input.value }) : '';
        if (wrong) input.setAttribute('aria-invalid', 'true');
        else input.removeAttribute('aria-invalid');
        if (wrong) this.#wrong.set(`${part}-${id}`, input.value);
        else this.#wrong.delete(`${part}-${id}`);
        return reading;
      };
      const wrong = this.#wrong.get(`${part}-${id}`);
      if (wrong !== undefined) {
        input.value = wrong;
        look();
      }
      // No "change": it would not come for what was typed before the cards were made anew.
      let taken = input.value;
      const take = () => {
        if (this.drawing || input.value === taken) return;
        taken = input.value;
        const reading = look();
        if (reading.state === 'fault') return;
        const { [id]: _dropped, ...others } = kept[part];
        kept[part] = reading.state === 'given' && reading.value !== usual ? { ...others, [id]: Number(reading.value) } : others;
        this.shared.changed();
      };
      return el('label', { class: 'field' }, el('span', {}, phrases.say(`adjust_${part}`)), input, fault);
    };
    const details = this.#fold(`${way}-${id}-settings`, phrases.say('adjust'), el('div', { class: 'settings' }, field('months'), field('cost')));
    return el('div', { class: 'action no-print' }, named && el('p', {}, action),
      el('button', { type: 'button', id: `${way}-${id}-strike`, class: 'plain', 'aria-label': phrases.say('impossible', { action }), onclick: () => this.#strike(id) },
        el('span', { 'aria-hidden': 'true' }, '✗'), phrases.say('impossible_short')), details);
  }
}
