// @ts-check
/**
 * From what a person types to a value, or to a fault that names it. Nothing here touches the page.
 *
 * A field is `open` (empty: unknown), `given`, or at `fault`: there is no half-read value.
 *
 * @typedef {import('./types').Reading} Reading
 */

/** @type {Reading} */
export const OPEN = { state: 'open' };

/** @param {unknown} value @returns {Reading} */
const given = (value) => ({ state: 'given', value });

/**
 * @param {string} code
 * @param {string} value  as it was typed
 * @param {Record<string, unknown>} [allowed]
 * @returns {Reading}
 */
const fault = (code, value, allowed = {}) => ({ state: 'fault', fault: { code, key: '', value, allowed } });

/** Full-width figures and marks become plain ones; spaces at the ends go. @param {string} text */
const plain = (text) => text.normalize('NFKC').replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, '').trim();

/** @param {number} number @param {number} width */
const padded = (number, width) => String(number).padStart(width, '0');

/**
 * A day: 1988-5-20, 1988/5/20, 1988.5.20, 19880520, 1988年5月20日.
 *
 * @param {string} text
 * @param {{earliest: string, latest: string}} allowed  ISO days
 * @returns {Reading}  the day in ISO form
 */
export function readDay(text, allowed) {
  const typed = plain(text);
  if (!typed) return OPEN;
  const match =
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?$/.exec(typed) ?? /^(\d{4})(\d\d)(\d\d)$/.exec(typed);
  if (!match) return fault('not_a_date', typed, allowed);
  const [year, month, day] = match.slice(1).map(Number);
  const there = new Date(Date.UTC(2000, 0, 1));
  there.setUTCFullYear(year, month - 1, day);
  if (there.getUTCFullYear() !== year || there.getUTCMonth() !== month - 1 || there.getUTCDate() !== day) {
    return fault('not_a_date', typed, allowed);
  }
  const iso = `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`;
  return iso < allowed.earliest || iso > allowed.latest ? fault('date_out_of_range', typed, allowed) : given(iso);
}

/**
 * A month: 2022-07, 2022/7, 2022.7, 202207, 2022年7月.
 *
 * @param {string} text
 * @param {{earliest: string, latest: string}} allowed  YYYY-MM
 * @returns {Reading}
 */
export function readMonth(text, allowed) {
  const typed = plain(text);
  if (!typed) return OPEN;
  const match = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?$/.exec(typed) ?? /^(\d{4})(\d\d)$/.exec(typed);
  if (!match || Number(match[2]) < 1 || Number(match[2]) > 12) return fault('not_a_month', typed, allowed);
  const month = `${match[1]}-${padded(Number(match[2]), 2)}`;
  return month < allowed.earliest || month > allowed.latest ? fault('month_out_of_range', typed, allowed) : given(month);
}

/**
 * A whole number: 120000, 120,000, 12万, １２.
 *
 * @param {string} text
 * @param {{min: number, max: number}} allowed
 * @returns {Reading}
 */
export function readWhole(text, allowed) {
  const typed = plain(text);
  if (!typed) return OPEN;
  const digits = typed.replace(/(?<=\d)[,\s'](?=\d)/g, '').replace('−', '-');
  const tenThousands = /^(\d{1,12})(?:\.(\d{1,4}))?\s*万$/.exec(digits);
  const whole = tenThousands ? tenThousands[1] + (tenThousands[2] ?? '').padEnd(4, '0') : digits;
  if (!/^-?\d+$/.test(whole)) return fault('not_an_integer', typed, allowed);
  const value = Number(whole);
  return value < allowed.min || value > allowed.max ? fault('integer_out_of_range', typed, allowed) : given(value + 0);
}

/**
 * A length of time in months, typed as years and months. One of the two may be left out.
 *
 * @param {string} years
 * @param {string} months
 * @param {{min: number, max: number}} allowed  months
 * @returns {Reading}
 */
export function readDuration(years, months, allowed) {
  const limits = { min: 0, max: allowed.max };
  const typed = [plain(years), plain(months)];
  if (!typed[0] && !typed[1]) return OPEN;
  const bounds = { ...allowed, years: Math.floor(allowed.max / 12) };
  let total = 0;
  for (const [index, text] of typed.entries()) {
    const part = readWhole(text || '0', limits);
    if (part.state !== 'given') return fault('duration', text, bounds);
    total += Number(part.value) * (index ? 1 : 12);
  }
  if (total < allowed.min || total > allowed.max) return fault('duration', typed.filter(Boolean).join(' + '), bounds);
  return given(total);
}

/** A whole number with its thousands apart. @param {number} value */
export const thousands = (value) => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** This machine's date as the person sees it on the wall. @param {Date} now */
export const localDay = (now) => `${padded(now.getFullYear(), 4)}-${padded(now.getMonth() + 1, 2)}-${padded(now.getDate(), 2)}`;
