// @ts-check
/**
 * Several sets of answers beside each other, and who should apply. Every figure is Python's; what is not answered counts as
 * nothing, as in the result.
 *
 * @typedef {import('./types').Answers} Answers
 * @typedef {import('./types').Estimate} Estimate
 * @typedef {import('./types').Fault} Fault
 * @typedef {import('./types').Words} Words
 * @typedef {{name: string, estimate: Estimate, reaches: string | null}} Column
 */
import { el } from './dom.mjs';
import { longDay } from './why.mjs';
import { fill, join, range } from './words.mjs';

/**
 * @param {object} options
 * @param {{name: string, answers: Answers}[]} options.columns
 * @param {string} options.on
 * @param {Record<string, string>} options.say
 * @param {Words} options.words
 * @param {Record<string, string>} options.asks  the question behind each condition of applying that answers decide
 * @param {(kind: string, payload: string) => Promise<string>} options.request
 * @param {(faults: Fault[], words: Words) => string[]} options.sentences
 * @returns {Promise<HTMLElement[]>}
 */
export async function compare({ columns, on, say, words, asks, request, sentences }) {
  const asked = await Promise.all(columns.map(async ({ name, answers }) => {
    const payload = JSON.stringify({ on, answers, assume: 'nothing' });
    const [scored, projected] = (await Promise.all([request('score', payload), request('project', payload)])).map((text) => JSON.parse(text));
    return scored.refused ? { name, reasons: sentences(scored.refused, words) } : { name, estimate: scored.ok, reaches: projected.ok?.reaches_on ?? null };
  }));
  const read = /** @type {Column[]} */ (asked.filter((column) => 'estimate' in column));
  const refused = /** @type {{name: string, reasons: string[]}[]} */ (asked.filter((column) => 'reasons' in column));
  return [
    ...refused.map(({ name, reasons }) => el('p', { class: 'fault' }, fill(say.refused_saved, { name, reason: reasons.join(' ') }))),
    ...(read.length ? [el('p', { class: 'advice' }, advise(read, asks, say, words)), el('p', { class: 'help' }, fill(say.compare_on, { on })), table(read, asks, on, say, words)] : []),
  ];
}

/** The conditions of applying that answers decide and that fail. @param {Estimate} estimate @param {Record<string, string>} asks */
const failing = ({ checks }, asks) => checks.filter(({ id, holds }) => holds === 'no' && Object.hasOwn(asks, id));

/** Whether the standard is reached by the answers so far. @param {Estimate} estimate */
const reaching = ({ standard, answered: { low, high } }) => (low >= standard ? 'yes' : high < standard ? 'no' : 'unknown');

/**
 * Who should apply: of those whom nothing bars, the one with the most to spare, else the one who is there first, else the nearest.
 *
 * @param {Column[]} columns @param {Record<string, string>} asks @param {Record<string, string>} say @param {Words} words
 */
export function advise(columns, asks, say, words) {
  const free = columns.filter(({ estimate }) => !estimate.vetoed && !failing(estimate, asks).length);
  if (!free.length) return say.best_none;
  const barred = columns.filter((column) => !free.includes(column) && reaching(column.estimate) === 'yes').map(({ name }) => `“${name}”`);
  const first = barred.length ? [fill(say.best_barred, { names: join(barred, words.lang) })] : [];
  return [...first, choose(free, say, words)].join(words.lang === 'zh' ? '' : ' ');
}

/** @param {Column[]} free  whom nothing bars @param {Record<string, string>} say @param {Words} words */
function choose(free, say, words) {
  const low = (/** @type {Column} */ { estimate }) => estimate.answered.low;
  const named = (/** @type {Column[]} */ columns) => join(columns.map(({ name }) => `“${name}”`), words.lang);
  const most = (/** @type {Column[]} */ columns) => columns.filter((column) => low(column) === Math.max(...columns.map(low)));
  const there = free.filter(({ estimate }) => reaching(estimate) === 'yes');
  if (there.length) {
    const best = most(there);
    if (there.length === 1) return fill(say.best_one, { name: best[0].name, low: low(best[0]) });
    if (best.length === there.length) return fill(say.best_tie, { names: named(there) });
    return fill(say.best_margin, { names: named(there), best: named(best), low: low(best[0]) });
  }
  const days = free.flatMap(({ reaches }) => (reaches ? [reaches] : [])).sort();
  if (days.length) return fill(say.best_soonest, { best: named(free.filter(({ reaches }) => reaches === days[0])), date: longDay(days[0], words.lang) });
  const best = most(free);
  return fill(say.best_highest, { best: named(best), low: low(best[0]) });
}

/** @param {Column[]} columns @param {Record<string, string>} asks @param {string} on @param {Record<string, string>} say @param {Words} words */
function table(columns, asks, on, say, words) {
  const row = (/** @type {string} */ term, /** @type {(column: Column) => Node | string} */ cell, kind = '') =>
    el('tr', { class: kind }, el('th', { scope: 'row' }, term), ...columns.map((column) => el('td', {}, cell(column))));
  const sign = { yes: '✓', no: '✗', unknown: '?' };
  const items = columns[0].estimate.items.filter(({ id }) => columns.some(({ estimate }) => {
    const { low, high } = estimate.answered.items[id];
    return low || high;
  }));
  return el('div', { class: 'scroll', role: 'group', tabindex: '0', 'aria-label': say.compare_title }, el('table', { class: 'data compare' },
    el('thead', {}, el('tr', {}, el('td'), ...columns.map(({ name }) => el('th', { scope: 'col' }, name)))),
    el('tbody', {},
      row(say.row_total, ({ estimate: { answered: { low, high } } }) => range(low, high), 'total-row'),
      row(fill(say.row_reaches, { standard: columns[0].estimate.standard }), ({ estimate }) => {
        const state = reaching(estimate);
        return estimate.vetoed ? `✗ ${say.vetoed}` : el('span', { 'data-reaches': state }, `${sign[state]} ${say[`reaches_${state}`]}`);
      }),
      row(say.row_when, ({ reaches }) => (!reaches ? say.when_never : reaches <= on ? say.when_now : longDay(reaches, words.lang))),
      row(say.row_checks, ({ estimate }) => {
        const list = failing(estimate, asks);
        return list.length ? el('ul', {}, ...list.map(({ id }) => el('li', {}, `✗ ${words.eligibility[id].failed}`))) : say.checks_none;
      }),
      ...items.map(({ id }) => row(words.indicators[id].name, ({ estimate }) => {
        const { low, high } = estimate.answered.items[id];
        return range(low, high);
      }))),
  ));
}
