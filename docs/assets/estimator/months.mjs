// @ts-check
/**
 * A contribution history month by month, and moving about in it. Nothing here touches the page, and nothing counts what a
 * month is worth: that is Python's.
 *
 * A month is a number that can be subtracted: year × 12 + month − 1.
 *
 * @typedef {import('./types').Stretch} Stretch
 * @typedef {{base?: number, madeUp: boolean}} Entry  a month that was paid, in time or later
 */

/** @param {string} text  YYYY-MM @returns {number | undefined} */
export function parseMonth(text) {
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text);
  return match ? Number(match[1]) * 12 + Number(match[2]) - 1 : undefined;
}

/** @param {number} month @returns {string}  YYYY-MM */
export const showMonth = (month) => `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;

export class Months {
  /** @type {Map<number, Entry>} */
  #entries = new Map();

  /**
   * @param {Stretch[]} [paid]
   * @param {Stretch[]} [madeUp]  months of these that were paid in time are left out
   */
  constructor(paid = [], madeUp = []) {
    this.#fill(madeUp, true);
    this.#fill(paid, false);
  }

  /** @param {Stretch[]} list @param {boolean} madeUp */
  #fill(list, madeUp) {
    for (const { from, to, base } of list) {
      const [first, last] = [parseMonth(from), parseMonth(to)];
      if (first === undefined || last === undefined) continue;
      this.set(first, last, { base, madeUp });
    }
  }

  /** @param {number} month */
  get(month) {
    return this.#entries.get(month);
  }

  get size() {
    return this.#entries.size;
  }

  /** The first month with an entry. @returns {number | undefined} */
  get first() {
    return this.#entries.size ? Math.min(...this.#entries.keys()) : undefined;
  }

  /** The last month with an entry. @returns {number | undefined} */
  get last() {
    return this.#entries.size ? Math.max(...this.#entries.keys()) : undefined;
  }

  /** The months from first to last, both included, become the entry; `undefined`: not paid. @param {number} first @param {number} last @param {Entry} [entry] */
  set(first, last, entry) {
    for (let month = first; month <= last; month += 1) {
      if (entry) this.#entries.set(month, { madeUp: entry.madeUp, ...(entry.base ? { base: entry.base } : {}) });
      else this.#entries.delete(month);
    }
  }

  /** What was paid in time, or what was made up later, as the fewest stretches. @param {boolean} madeUp @returns {Stretch[]} */
  stretches(madeUp) {
    /** @type {Stretch[]} */
    const out = [];
    let end = NaN;
    for (const month of [...this.#entries.keys()].sort((a, b) => a - b)) {
      const entry = /** @type {Entry} */ (this.#entries.get(month));
      if (entry.madeUp !== madeUp) continue;
      const last = out.at(-1);
      if (last && end === month - 1 && last.base === entry.base) last.to = showMonth(month);
      else out.push({ from: showMonth(month), to: showMonth(month), ...(entry.base ? { base: entry.base } : {}) });
      end = month;
    }
    return out;
  }

  /** Whether a month lies between paid ones, or between them and `before`, and was not paid itself. @param {number} month @param {number} before */
  isGap(month, before) {
    const { first } = this;
    return first !== undefined && month > first && month < before && !this.#entries.has(month);
  }

  /** What the months from first to last have in common; `undefined` where they differ. @param {number} first @param {number} last @returns {Entry | 'none' | undefined} */
  common(first, last) {
    const key = (/** @type {Entry | undefined} */ entry) => (entry ? `${entry.madeUp} ${entry.base}` : 'none');
    const one = this.get(first);
    for (let month = first + 1; month <= last; month += 1) if (key(this.get(month)) !== key(one)) return undefined;
    return one ?? 'none';
  }
}

/**
 * Rows of twelve months up to the month before `before`, oldest first, so that each window of whole years is whole rows. The
 * months from `before` on that have an entry stand in a row of their own.
 *
 * @param {number} before
 * @param {number} count  rows
 * @param {number} [last]  the last month with an entry
 * @returns {number[][]}
 */
export function rows(before, count, last = 0) {
  const out = Array.from({ length: count }, (_, index) => Array.from({ length: 12 }, (__, place) => before - 12 * (count - index) + place));
  for (let start = before; start <= last; start += 12) {
    out.push(Array.from({ length: Math.min(12, last - start + 1) }, (_, place) => start + place));
  }
  return out;
}

/**
 * Where a key of the keyboard leads.
 *
 * @param {string} key
 * @param {boolean} control
 * @param {number} month
 * @param {{first: number, last: number, start: number, columns: number}} grid  its ends, the first month of its first row, and how
 *   many months stand beside each other
 * @returns {number | undefined}  `undefined` for a key that does not move
 */
export function move(key, control, month, { first, last, start, columns }) {
  const place = (month - start) % columns;
  /** @type {Record<string, number>} */
  const steps = {
    ArrowLeft: month - 1, ArrowRight: month + 1, ArrowUp: month - columns, ArrowDown: month + columns,
    PageUp: month - 12, PageDown: month + 12,
    Home: control ? first : month - place, End: control ? last : month - place + columns - 1,
  };
  if (!Object.hasOwn(steps, key)) return undefined;
  const goal = steps[key];
  // Up and down stay where they are at the edge, as in a table; the rest stops at the ends.
  if ((key === 'ArrowUp' || key === 'ArrowDown') && (goal < first || goal > last)) return month;
  return Math.min(last, Math.max(first, goal));
}
