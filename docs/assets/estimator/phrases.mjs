// @ts-check
/**
 * What several panels say: spans of time, changes of the score, answers, conditions, citations. Words come from the page and
 * the bundle; nothing is counted here but days.
 *
 * @typedef {import('./ahead').AheadPage} AheadPage
 * @typedef {import('./ahead').AheadWords} AheadWords
 * @typedef {import('./ahead').Change} Change
 * @typedef {import('./types').Cite} Cite
 * @typedef {import('./types').Reason} Reason
 */
import { el } from './dom.mjs';
import { fill, range, sayReason, show } from './words.mjs';

const DAY = 86_400_000;

export class Phrases {
  /** @param {AheadPage} page @param {() => AheadWords} words */
  constructor(page, words) {
    this.page = page;
    this.words = words;
    this.zh = page.lang === 'zh';
  }

  /** One of the panels' phrases, filled. @param {string} name @param {Record<string, unknown>} [values] */
  say(name, values = {}) {
    return fill(this.page.parts.ahead[name] ?? name, values);
  }

  /** A number of years, months or days. @param {'year' | 'month' | 'day'} unit @param {number} n */
  count(unit, n) {
    return this.say(n === 1 ? unit : `${unit}s`, { n });
  }

  /** How long it is from a day to a later one, in years and months, or in days within a month. @param {string} from @param {string} to */
  span(from, to) {
    const months = monthsBetween(from, to);
    if (!months) return this.count('day', Math.round((Date.parse(to) - Date.parse(from)) / DAY));
    const years = Math.floor(months / 12);
    if (!years) return this.count('month', months);
    const whole = this.count('year', years);
    return months % 12 ? this.say('span', { years: whole, months: this.count('month', months % 12) }) : whole;
  }

  /** The same as "in 2 years". @param {string} from @param {string} to */
  ahead(from, to) {
    return from === to ? this.say('this_day') : this.say('in_span', { span: this.span(from, to) });
  }

  /** @param {number} low @param {number} high */
  points(low, high = low) {
    return this.say('points', { points: range(low, high) });
  }

  /** A change with its sign. @param {number} change */
  signed(change) {
    return change > 0 ? `+${show(change)}` : show(change);
  }

  /** What changed on a day, each indicator with its reason. @param {Change} change @returns {string[]} */
  because({ because, reasons }) {
    const words = this.words();
    return because.map(({ id, change }, index) => this.say('because', {
      name: words.indicators[id].name,
      change: this.signed(change),
      reason: telling(reasons[index]).map((step) => sayReason(words, step)).join(this.zh ? '' : ' '),
    }));
  }

  /** A change as one sentence. @param {Change} change */
  change(change) {
    const parts = this.because(change);
    const total = this.points(change.low, change.high);
    return parts.length ? this.say('change', { date: change.date, total, because: parts.join(this.zh ? '' : ' ') }) : this.say('start', { date: change.date, total });
  }

  /** An answer in words. @param {string} key @param {unknown} value */
  answer(key, value) {
    if (value === null || value === undefined) return this.say('unanswered');
    if (typeof value === 'boolean') return this.say(value ? 'is_yes' : 'is_no');
    return this.words().questions[key].options[String(value)] ?? show(value);
  }

  /** A condition that the estimator names as `owner.condition`. @param {string} name */
  condition(name) {
    const [owner, condition] = name.split('.');
    const { indicators, education } = this.words();
    return (indicators[owner] ?? education[owner]).conditions[condition].text;
  }

  /** Where something stands: a link to the source, its grade and when it was checked. @param {readonly Cite[]} list */
  cites(list) {
    const { sources, say } = this.page;
    const { grades } = this.words();
    return el('span', { class: 'cites' }, ...list.flatMap(({ source, clause, grade, checked_on: date }) => [
      el('a', { href: `${sources}#${source}` }, clause), ' ', el('span', { class: `grade grade-${grade}`, title: grades[grade].meaning }, grades[grade].name), ' ',
      el('span', { class: 'checked' }, fill(say.checked, { date })), ' ',
    ]));
  }
}

/** Whole months from a day to a later one. @param {string} from @param {string} to */
function monthsBetween(from, to) {
  const [a, b] = [from, to].map((day) => day.split('-').map(Number));
  return (b[0] - a[0]) * 12 + b[1] - a[1] - (b[2] < a[2] ? 1 : 0);
}

/**
 * Of many steps of the reasoning, those that tell why the points are what they are now: of the tiers of the base, the one that is
 * reached.
 *
 * @param {readonly Reason[]} steps
 */
export function telling(steps) {
  const tiers = steps.filter(({ code }) => code === 'months_at');
  if (!tiers.length) return steps;
  const reached = tiers.filter(({ found, months }) => Number(found) >= Number(months)).sort((a, b) => Number(b.points) - Number(a.points));
  return [...reached.slice(0, 1), ...steps.filter(({ code }) => code !== 'months_at')];
}
