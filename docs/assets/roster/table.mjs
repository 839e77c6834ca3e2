// @ts-check
/**
 * Results as a table: which rows, in which order. Nothing here touches the page, and nothing decides anything about points.
 *
 * @typedef {import('./types').Result} Result
 * @typedef {import('./types').Group} Group
 * @typedef {import('./types').Column} Column
 * @typedef {import('./types').View} View
 */

/** @type {Record<Group, (result: Result) => boolean>} */
const IN_GROUP = {
  all: () => true,
  now: (result) => result.reaches_standard === 'yes',
  will: (result) => result.reaches_standard !== 'yes' && result.reaches_on !== '',
  not: (result) => result.faults.length === 0 && result.reaches_on === '' && result.open.length === 0,
  below: (result) => result.falls_below_on !== '',
  open: (result) => result.open.length > 0,
  faults: (result) => result.faults.length > 0,
};

export const GROUPS = /** @type {Group[]} */ (Object.keys(IN_GROUP));

/** How many results each group holds, kept as results come in. */
export class Counts {
  /** @type {Record<Group, number>} */
  of = { all: 0, now: 0, will: 0, not: 0, below: 0, open: 0, faults: 0 };

  /** @param {readonly Result[]} results */
  add(results) {
    for (const result of results) {
      for (const group of GROUPS) if (IN_GROUP[group](result)) this.of[group] += 1;
    }
  }
}

/** The worst comes first when a column is sorted upwards. */
const VERDICTS = { no: 0, unknown: 1, yes: 2, '': -1 };

/**
 * What a column is sorted by; `undefined` goes to the end, whichever way it is sorted.
 *
 * @type {Record<Column, (result: Result) => string | number | undefined>}
 */
const KEYS = {
  id: (result) => natural(result.id) || undefined,
  line: (result) => result.line,
  // A range by what is certain, then by what is possible.
  points: (result) => (result.low === '' || result.high === '' ? undefined : result.low * 1e6 + result.high),
  now: (result) => (result.faults.length ? undefined : VERDICTS[result.reaches_standard]),
  reaches: (result) => result.reaches_on || undefined,
  below: (result) => result.falls_below_on || undefined,
  eligible: (result) => (result.faults.length ? undefined : VERDICTS[result.eligible]),
  // Rows with faults stand together, after those that only miss something.
  open: (result) => result.faults.length * 1000 + result.open.length || undefined,
};

/** Text in which numbers compare as numbers: A-9 before A-10. @param {string} text */
export const natural = (text) => text.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(15, '0'));

/**
 * The rows to show. Rows that are equal in the column stay in the order of the table.
 *
 * @param {readonly Result[]} results  in the order of the table
 * @param {View} view
 * @returns {Result[]}
 */
export function arrange(results, { group, find, column, descending }) {
  const wanted = find.trim().toLowerCase();
  if (group === 'all' && !wanted && column === 'line' && !descending) return [...results];
  const inGroup = IN_GROUP[group];
  const key = KEYS[column];
  const sign = descending ? -1 : 1;
  /** @type {{result: Result, key: string | number, at: number}[]} */
  const keyed = [];
  const last = [];
  for (const [at, result] of results.entries()) {
    if (!inGroup(result) || (wanted && !result.id.toLowerCase().includes(wanted))) continue;
    const value = key(result);
    if (value === undefined) last.push(result);
    else keyed.push({ result, key: value, at });
  }
  keyed.sort((one, other) => (one.key < other.key ? -sign : one.key > other.key ? sign : one.at - other.at));
  return [...keyed.map(({ result }) => result), ...last];
}

/** Why a file is not read. */
export class Unreadable extends Error {
  /** @param {'workbook' | 'not_text' | 'empty'} code */
  constructor(code) {
    super(code);
    this.code = code;
  }
}

/**
 * A file's text. Spreadsheets write UTF-8, or UTF-16 as “Unicode text”, or, in China, GB 18030 as plain “CSV”.
 *
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @returns {{text: string, encoding: string}}
 * @throws {Unreadable}
 */
export function decode(bytes) {
  if (!bytes.length) throw new Unreadable('empty');
  const begins = (/** @type {number[]} */ ...signature) => signature.every((byte, index) => bytes[index] === byte);
  // A workbook is a ZIP archive, and before 2007 a compound file.
  if (begins(0x50, 0x4b, 0x03, 0x04) || begins(0xd0, 0xcf, 0x11, 0xe0)) throw new Unreadable('workbook');
  const marked = begins(0xff, 0xfe) ? 'utf-16le' : begins(0xfe, 0xff) ? 'utf-16be' : undefined;
  for (const encoding of marked ? [marked] : ['utf-8', 'gb18030']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      // No table holds control characters; a picture or a PDF may by chance be valid text.
      if (/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text)) break;
      if (!text.trim()) throw new Unreadable('empty');
      return { text, encoding: encoding.toUpperCase() };
    } catch (error) {
      if (error instanceof Unreadable) throw error;
    }
  }
  throw new Unreadable('not_text');
}
