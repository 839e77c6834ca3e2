// @ts-check
/**
 * When: the score over the coming years, in words, as a line and as a table; and what a deadline asks for.
 *
 * @typedef {import('./ahead').State} State
 * @typedef {import('./ahead').Projection} Projection
 * @typedef {import('./panel.mjs').Shared} Shared
 */
import { Chart } from './chart.mjs';
import { Deadline } from './deadline.mjs';
import { el } from './dom.mjs';
import { Panel } from './panel.mjs';
import { localDay } from './fields.mjs';
import { range } from './words.mjs';
import { Work } from './work.mjs';

/** The furthest that the page looks ahead. */
export const MOST_YEARS = 30;

export class When extends Panel {
  /** @param {Shared} shared */
  constructor(shared) {
    super(shared, 'when');
    const { phrases } = this;
    this.work = new Work(phrases, () => shared.interrupt('project'));
    this.caption = el('p', { class: 'told' });
    this.chart = new Chart(
      { now: '', standard: (points) => phrases.say('standard_label', { points }) },
      (_index, sentence) => {
        this.caption.textContent = sentence;
      },
    );
    this.veto_ = el('div');
    this.summary = el('div', { class: 'summary' });
    this.assumed = el('div');
    this.years = el('div', { class: 'settings no-print' });
    this.figure = el(
      'div', { class: 'drawn' }, this.chart.element, this.caption, el('p', { class: 'more no-print' }, phrases.say('chart_hint')),
    );
    this.rows = el('tbody');
    this.count = el('summary');
    this.table = el('details', { class: 'fold' }, this.count, el('div', { class: 'scroll', role: 'group', tabindex: 0, 'aria-label': phrases.say('changes') }, el(
      'table', { class: 'changes-table' },
      el('thead', {}, el('tr', {}, ...['col_date', 'col_total', 'col_why'].map((name) => el('th', { scope: 'col' }, phrases.say(name))))), this.rows,
    )));
    this.deadline = new Deadline(shared, this);
    this.element.append(
      this.veto_, el('h3', {}, phrases.say('when_title')), this.summary, this.assumed, this.work.element, this.years, this.figure, this.table,
      el('p', { class: 'more' }, phrases.say('when_basis')), this.printing('when'), this.deadline.element,
    );
    // On paper the table is there whether it was opened or not.
    addEventListener('beforeprint', () => {
      this.closed = !this.table.open;
      this.table.open = true;
    });
    addEventListener('afterprint', () => {
      if (this.closed) this.table.open = false;
    });
  }

  /** @param {State} state */
  refresh(state) {
    const { years } = this.shared.kept;
    this.redraw(() => this.years.replaceChildren(this.horizon(MOST_YEARS)));
    void this.work.run(() => this.ask('project', { years }), (/** @type {Projection} */ projection) => this.redraw(() => this.#show(state, projection, years)));
    this.deadline.refresh(state);
  }

  /** @param {State} state @param {Projection} projection @param {number} years */
  #show(state, projection, years) {
    const { phrases } = this;
    const { timeline, end, standards, rules } = projection;
    const { on } = state;
    this.veto_.replaceChildren(this.veto(state));
    this.assumed.replaceChildren(this.assumption(state));
    this.summary.replaceChildren(
      ...this.#sentences(projection, years).map((sentence) => el('p', {}, sentence)),
      ...standards.slice(1).map(({ from, points }) => el('p', {}, phrases.say('standard_changes', { date: from, points }))),
      ...rules.map(({ date, before, after }) => el('p', {}, phrases.say('rules_change', {
        date, before: range(before.low, before.high), after: range(after.low, after.high),
      }))),
      ...(projection.reaches_on ? [] : [el('p', {}, el('button', { type: 'button', class: 'plain no-print', onclick: () => this.shared.open('how') }, phrases.say('see_how')))]),
    );
    this.chart.words.now = on === localDay(new Date()) ? phrases.say('today') : on;
    this.chart.set(projection, timeline.map((change) => phrases.change(change)), phrases.say('chart', { on, end }));
    this.count.textContent = phrases.say('table', { count: timeline.length - 1 });
    this.rows.replaceChildren(...timeline.map((change) => {
      const mark = change.date === projection.reaches_on ? 'reach' : change.date === projection.falls_below_on ? 'fall' : '';
      return el('tr', { class: mark }, el('th', { scope: 'row' }, change.date), el('td', { class: 'total' }, range(change.low, change.high)),
        el('td', {}, ...phrases.because(change).map((part) => el('p', {}, part))));
    }));
  }

  /** The first day at the standard and the first one below it, in words. @param {Projection} projection @param {number} years @returns {string[]} */
  #sentences({ timeline, reaches_on: reaches, falls_below_on: falls, end, standards }, years) {
    const { phrases } = this;
    const on = timeline[0].date;
    const standardAt = (/** @type {string} */ day) => standards.filter(({ from }) => from <= day).at(-1)?.points ?? standards[0].points;
    const out = [];
    if (!reaches) {
      const best = timeline.reduce((most, change) => (change.low > most.low ? change : most));
      out.push(phrases.say('never', { years, standard: standardAt(on), best: best.low, date: best.date }));
      const possible = timeline.find(({ date, high }) => high >= standardAt(date));
      if (possible) out.push(phrases.say('possibly', { date: possible.date }));
      if (timeline.length === 1) out.push(phrases.say('no_change', { years }));
      return out;
    }
    const standard = standardAt(reaches);
    if (reaches === on) out.push(phrases.say(on === localDay(new Date()) ? 'now_today' : 'now', { on, standard }));
    else out.push(phrases.say('reaches', { date: reaches, standard, span: phrases.ahead(on, reaches) }));
    const back = falls && timeline.find(({ date, low }) => date > falls && low >= standardAt(date));
    out.push(falls ? phrases.say('falls', { date: falls, span: phrases.ahead(on, falls) }) : phrases.say('keeps', { end }));
    if (back) out.push(phrases.say('back', { date: back.date }));
    return out;
  }
}
