// @ts-check
/**
 * Why an indicator gives what it gives: answers used, arithmetic, conditions, clause, other readings, and what changes it
 * next. Everything said here comes from Python's `explain` and the words of the rules; each statement carries the number of its
 * source, and the sources stand below.
 *
 * @typedef {import('./types').Estimate} Estimate
 * @typedef {import('./types').Item} Item
 * @typedef {import('./types').ItemPart} ItemPart
 * @typedef {import('./types').Cite} Cite
 * @typedef {import('./types').Words} Words
 * @typedef {import('./types').Reason} Reason
 * @typedef {import('./types').Explained} Explained
 * @typedef {import('./types').ExplainedItem} ExplainedItem
 * @typedef {import('./types').Held} Held
 * @typedef {import('./types').PageData} PageData
 */
import { el } from './dom.mjs';
import { fill, join, range, sayReason, show } from './words.mjs';

/** Steps that stand elsewhere in the row: among the conditions, or as questions to answer. */
const ELSEWHERE = new Set(['condition_failed', 'unknown', 'note']);
/** @type {Record<Held['holds'], string>} */
export const SIGNS = { yes: '✓', no: '✗', unknown: '?', ask: '·' };
const CONDITION_WORDS = /** @type {const} */ ({ yes: 'met', no: 'unmet', unknown: 'open', ask: 'ask' });

/** The sources of a row, each with its number. */
export class Sources {
  /** @type {Map<string, {number: number, cite: Cite}>} */
  #all = new Map();
  #row;
  #say;

  /** @param {string} row @param {Record<string, string>} say */
  constructor(row, say) {
    this.#row = row;
    this.#say = say;
  }

  /** The marks for what follows from these. @param {Cite[]} cites @returns {HTMLElement[]} */
  mark(cites) {
    return cites.map((cite) => {
      const key = `${cite.source}|${cite.clause}`;
      const entry = this.#all.get(key) ?? { number: this.#all.size + 1, cite };
      this.#all.set(key, entry);
      return el('a', { class: 'mark', href: `#${this.#id(entry.number)}`, 'aria-label': fill(this.#say.mark, { number: entry.number }) }, String(entry.number));
    });
  }

  /** @param {(cite: Cite) => (Node | string)[]} write */
  list(write) {
    return el('ol', { class: 'cites' }, ...[...this.#all.values()].map(({ number, cite }) =>
      el('li', { id: this.#id(number), tabindex: '-1' }, ...write(cite))));
  }

  /** @param {number} number */
  #id(number) {
    return `${this.#row}-source-${number}`;
  }
}

export class Why {
  #data;
  #say;
  #act;
  #words;

  /**
   * @param {PageData} data
   * @param {Words} words
   * @param {{goTo: (key: string) => void, shown: (key: string) => string}} act  `shown`: an answer as the form shows it
   */
  constructor(data, words, act) {
    this.#data = data;
    this.#say = data.parts.why;
    this.#words = words;
    this.#act = act;
  }

  /**
   * What stands in an indicator's row.
   *
   * @param {Item} item
   * @param {ItemPart} part  what it gives by the answers so far
   * @param {'main' | 'zero' | 'open' | 'notes'} place
   * @param {string} on
   * @param {ExplainedItem} why
   * @returns {HTMLElement[]}
   */
  row(item, part, place, on, why) {
    const say = this.#say;
    const words = this.#words.indicators[item.id];
    const sources = new Sources(`result-${item.id}`, say);
    const inForce = words.values.filter(({ from }) => from <= on).at(-1) ?? words.values[0];
    const isClaimed = place === 'main' && part.status !== 'none';
    const points = sources.mark(inForce.cite);
    /** @type {[string, string, (Node | string)[]][]} */
    const parts = [];
    const add = (/** @type {string} */ name, /** @type {string} */ term, /** @type {(Node | string)[]} */ content) => {
      if (content.length) parts.push([name, term, content]);
    };
    add('what', say.what, isClaimed ? [] : [el('p', {}, words.summary, ...points)]);
    add('used', say.used, this.#used(why.used));
    add('steps', say.steps, this.#steps(part.reasons, place === 'open' || place === 'notes' ? [] : points, sources));
    add('conditions', say.conditions, isClaimed ? this.conditions(why.conditions, sources) : []);
    const missing = part.reasons.flatMap((step) => (step.code === 'unknown' ? /** @type {string[]} */ (step.answers) : []));
    const keys = place === 'open' ? [this.#data.asks.items[item.id]] : missing;
    add('ask', say.missing, keys.filter(Boolean).map((key) => this.#ask(key)));
    add('next', say.next, isClaimed ? this.#next(part, why, on) : []);
    add('readings', say.readings, this.#readings(words.readings, place === 'notes' ? undefined : why, sources));
    add('remarks', say.remarks, words.notes.map(({ text, cite }) => el('p', {}, text, ...sources.mark(cite))));
    add('sources', say.sources, [sources.list((cite) => this.cite(cite)), ...(why.since ? [el('p', { class: 'since' }, fill(say.since, { date: why.since }))] : [])]);
    return [el('dl', { class: 'reasoning' }, ...parts.map(([name, term, content]) => el('div', { class: name }, el('dt', {}, term), el('dd', {}, ...content))))];
  }

  /** A clause with its source: title, clause, grade, and when it was checked. @param {Cite} cite @returns {(Node | string)[]} */
  cite({ source, clause, grade, checked_on: date }) {
    const { sources, grades } = this.#words;
    return [
      el('a', { href: `${this.#data.sources}#${source}` }, sources[source].short), ` ${clause} `,
      el('span', { class: `grade grade-${grade}`, title: grades[grade].meaning }, grades[grade].name), ' ',
      el('span', { class: 'checked' }, fill(this.#data.say.checked, { date })),
    ];
  }

  /** An answer in words. @param {string} key @param {unknown} value */
  #answer(key, value) {
    const say = this.#say;
    const shown = this.#act.shown(key);
    if (shown) return shown;
    const text = typeof value === 'boolean' ? say[value ? 'yes' : 'no'] : this.#words.questions[key].options[String(value)] ?? show(value);
    return value === 'given' ? say.used_given : `${text}（${say.used_history}）`;
  }

  /** @param {Record<string, unknown>} used */
  #used(used) {
    return Object.entries(used).map(([key, value]) => el('p', {}, el('span', { class: 'question-name' }, this.#words.questions[key].label, this.#words.lang === 'zh' ? '：' : ': '), this.#answer(key, value)));
  }

  /** @param {Reason[]} reasons @param {HTMLElement[]} points  the marks of the rule in force @param {Sources} sources */
  #steps(reasons, points, sources) {
    const steps = reasons.filter(({ code }) => !ELSEWHERE.has(code));
    return steps.map((step, index) => {
      const type = step.type ? this.#words.education[String(step.type)] : undefined;
      return el('p', {}, sayReason(this.#words, step), ...(type ? sources.mark(type.cite) : index === 0 ? points : []));
    });
  }

  /** Conditions, each with whether it holds. @param {Held[]} held @param {Sources} sources */
  conditions(held, sources) {
    const say = this.#say;
    return held.map(({ owner, condition, holds }) => {
      const { text, refused, cite } = conditionWords(this.#words, owner, condition);
      return el('p', { class: 'condition', 'data-holds': holds },
        el('span', { class: 'sign', 'aria-hidden': 'true' }, SIGNS[holds]),
        el('span', {}, el('b', {}, say[CONDITION_WORDS[holds]]), ' ', holds === 'no' ? refused : text, ...sources.mark(cite)));
    });
  }

  /** @param {string} key */
  #ask(key) {
    const label = this.#words.questions[key].label;
    return el('p', {}, el('button', { type: 'button', class: 'plain', onclick: () => this.#act.goTo(key) }, fill(this.#say.answer, { label })));
  }

  /** @param {ItemPart} part @param {ExplainedItem} why @param {string} on */
  #next(part, why, on) {
    const say = this.#say;
    // Only what is counted by time or months has a name for its next change.
    const code = part.reasons.map(({ code: step }) => `next_${step}`).find((name) => Object.hasOwn(say, name));
    if (!why.next) return code ? [el('p', {}, say.next_none)] : [];
    const { date, low, high, change } = why.next;
    const values = { when: distance(on, date, say), date: longDay(date, this.#words.lang), why: say[code ?? 'next_time'], change: Math.abs(change), points: range(low, high) };
    return [el('p', {}, fill(change > 0 ? say.next_adds : say.next_takes, values)), el('p', { class: 'more' }, say.next_assumes)];
  }

  /** @param {string[]} ids @param {ExplainedItem | undefined} why @param {Sources} sources */
  #readings(ids, why, sources) {
    const say = this.#say;
    return ids.flatMap((id) => {
      const { question, taken, options } = this.#words.readings[id];
      if (Object.keys(options).length < 2) return [];
      const lines = Object.entries(options).sort(([a], [b]) => Number(b === taken) - Number(a === taken)).map(([name, { text, cite }]) => {
        const other = why?.readings[id]?.[name];
        const gives = name === taken || !why ? '' : other ? ` ${fill(say.other_gives, { points: range(other[0], other[1]) })}` : ` ${say.other_same}`;
        return el('p', {}, el('b', {}, name === taken ? say.taken : say.other), ' ', text, gives, ...sources.mark(cite));
      });
      return [el('div', { class: 'reading' }, el('p', { class: 'question-name' }, question), ...lines)];
    });
  }

  /**
   * What no answer can settle here, each with whom to ask.
   *
   * @param {Estimate} estimate
   * @param {Explained} explained
   * @returns {{text: string, whom: string, cite: Cite[]}[]}
   */
  unclear(estimate, explained) {
    const say = this.#say;
    const words = this.#words;
    const out = [];
    const claimed = estimate.items.filter(({ id }) => !['none', 'refused'].includes(estimate.answered.items[id].status) && !estimate.answered.open.includes(id));
    const type = explained.diploma.type && words.education[explained.diploma.type];
    if (type && explained.diploma.verdict !== 'refused') out.push({ text: say.diploma_check, whom: say.whom_centre, cite: type.cite });
    for (const { id } of claimed) {
      const { name, readings } = words.indicators[id];
      const colon = words.lang === 'zh' ? '：' : ': ';
      for (const { owner, condition, holds } of explained.items[id].conditions) {
        if (holds !== 'ask') continue;
        const { text, cite } = conditionWords(words, owner, condition);
        out.push({ text: `${name}${colon}${text}`, whom: say.whom_employer, cite });
      }
      for (const reading of readings) {
        if (!Object.keys(explained.items[id].readings[reading] ?? {}).length) continue;
        const { question, settled_by: whom, options, taken } = words.readings[reading];
        out.push({ text: fill(say.reading_differs, { name, question }), whom: fill(say.whom, { whom }), cite: options[taken].cite });
      }
    }
    for (const { id, holds } of estimate.checks) {
      if (holds !== 'ask') continue;
      const { text, values } = words.eligibility[id];
      out.push({ text, whom: say.whom_employer, cite: (values.filter(({ from }) => from <= estimate.on).at(-1) ?? values[0]).cite });
    }
    return out;
  }

  /**
   * The three figures: what is certain, what is possible, and what cannot be known here, with whom to ask.
   *
   * @param {Estimate} estimate
   * @param {Explained} [explained]  comes a moment after the estimate
   */
  three(estimate, explained) {
    const say = this.#say;
    const { answered } = estimate;
    const names = Object.entries(answered.items).filter(([, { low, high }]) => low !== high).map(([id]) => this.#words.indicators[id].name);
    const unclear = explained ? this.unclear(estimate, explained) : undefined;
    const count = unclear ? fill(say.unclear_count, { count: unclear.length }) : '…';
    const cell = (/** @type {string} */ name, /** @type {string} */ figure, /** @type {string} */ note) =>
      el('div', { class: name }, el('dt', {}, say[name]), el('dd', {}, el('span', { class: 'figure' }, figure), el('small', {}, note)));
    return el('dl', { class: 'figures' },
      cell('certain', show(answered.low), say.certain_note),
      cell('possible', show(answered.high), names.length ? fill(say.possible_note, { names: join(names, this.#words.lang) }) : say.possible_none),
      cell('unclear', unclear?.length === 0 ? say.unclear_none : count, say.unclear_note));
  }

  /** What cannot be known here, as a list. @param {Estimate} estimate @param {Explained} explained */
  whom(estimate, explained) {
    const list = this.unclear(estimate, explained);
    return el('ul', { class: 'whom' }, ...list.map(({ text, whom, cite }) =>
      el('li', {}, text, ' ', el('b', {}, whom), el('span', { class: 'cites' }, ...cite.slice(0, 1).flatMap((one) => this.cite(one))))));
  }
}

/** The words of a condition, of an indicator or of a type of education. @param {Words} words @param {string} owner @param {string} condition */
export function conditionWords(words, owner, condition) {
  const place = Object.hasOwn(words.indicators, owner) ? words.indicators[owner] : words.education[owner];
  return place.conditions[condition];
}

/** A day in words. @param {string} iso @param {string} lang */
export const longDay = (iso, lang) => new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${iso}T00:00:00Z`));

/**
 * How far a later day is, in words: days, months, or years and months.
 *
 * @param {string} from  ISO day
 * @param {string} to
 * @param {Record<string, string>} say
 */
export function distance(from, to, say) {
  const [year, month, day] = from.split('-').map(Number);
  const [toYear, toMonth, toDay] = to.split('-').map(Number);
  const whole = (toYear - year) * 12 + toMonth - month - (toDay < day ? 1 : 0);
  if (whole < 1) {
    const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
    return days === 1 ? say.in_day : fill(say.in_days, { count: days });
  }
  const years = Math.floor(whole / 12);
  const count = whole % 12;
  const name = [years ? `year${years > 1 ? 's' : ''}` : '', count ? `month${count > 1 ? 's' : ''}` : ''].filter(Boolean).join('_');
  return fill(say[`in_${name}`], { years, count });
}
