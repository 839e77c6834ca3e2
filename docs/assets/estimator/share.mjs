// @ts-check
/**
 * Answers as a short text for the fragment of an address, and back: `1.` and bytes in base64url.
 *
 * Each answer is the number of its question (rules/links.yaml) and its value, in the order of the numbers; whole numbers are
 * varints. Two bytes at the end tell a link that was cut off or mistyped. One set of answers has one text, and everything
 * else is refused with a reason: nothing of a broken link is taken.
 *
 * @typedef {import('./types').LinkNumbers} LinkNumbers
 * @typedef {import('./types').Answers} Answers
 * @typedef {import('./types').Stretch} Stretch
 * @typedef {{answers: Answers, on?: string, madeUp?: Stretch[]}} Shared
 */

import { parseMonth, showMonth } from './months.mjs';

const VERSION = '1.';
/** Numbers that are no question's. */
const DAY = 0;
const MADE_UP = 1;
/** A longer text is none of ours: the longest history that the form takes needs less. */
export const LONGEST = 8000;
const MILLISECONDS_A_DAY = 86_400_000;

/** Why a link is refused: `version`, `characters`, `incomplete`, `newer`, `long`, `gone`, `malformed`. */
export class LinkError extends Error {
  /** @param {string} code @param {string} [detail] */
  constructor(code, detail = '') {
    super(detail ? `${code}: ${detail}` : code);
    this.name = 'LinkError';
    this.code = code;
    this.detail = detail;
  }
}

/**
 * @param {Shared} shared  valid answers; a key without a value is left out
 * @param {LinkNumbers} numbers
 * @returns {string}
 */
export function encode({ answers, on, madeUp = [] }, numbers) {
  /** @type {number[]} */
  const bytes = [];
  if (on) {
    whole(bytes, DAY);
    whole(bytes, zigzag(dayNumber(on)));
  }
  if (madeUp.length) {
    whole(bytes, MADE_UP);
    stretches(bytes, madeUp, 1);
  }
  const given = Object.entries(answers).filter(([, value]) => value !== null && value !== undefined);
  for (const [key] of given) if (!Object.hasOwn(numbers, key)) throw new LinkError('malformed', key);
  given.sort(([a], [b]) => numbers[a].number - numbers[b].number);
  for (const [key, value] of given) {
    const { number, type, options } = numbers[key];
    whole(bytes, number);
    if (type === 'boolean') whole(bytes, value ? 1 : 0);
    else if (type === 'integer') whole(bytes, Number(value));
    else if (type === 'date') whole(bytes, zigzag(dayNumber(String(value))));
    else if (type === 'choice') whole(bytes, options?.[String(value)] ?? fail('malformed', key));
    else stretches(bytes, /** @type {Stretch[]} */ (value), 0);
  }
  const sum = checksum(bytes);
  bytes.push(sum >> 8, sum & 255);
  return VERSION + toBase64(bytes);
}

/**
 * @param {string} text
 * @param {LinkNumbers} numbers
 * @returns {Shared}  throws LinkError where any part of it cannot be read
 */
export function decode(text, numbers) {
  if (text.length > LONGEST) throw new LinkError('long', String(text.length));
  const version = /^(\d{1,4})\./.exec(text)?.[0];
  if (version !== VERSION) throw new LinkError(version ? 'version' : 'characters');
  const bytes = fromBase64(text.slice(VERSION.length));
  const sum = bytes.splice(-2);
  if (sum.length < 2 || checksum(bytes) !== sum[0] * 256 + sum[1]) throw new LinkError('incomplete');
  const reader = new Reader(bytes);
  const byNumber = new Map(Object.entries(numbers).map(([key, entry]) => [entry.number, { key, ...entry }]));
  /** @type {Shared} */
  const shared = { answers: {} };
  let last = -1;
  while (!reader.done) {
    const number = reader.whole();
    if (number <= last) throw new LinkError('malformed', `${number} after ${last}`);
    last = number;
    const entry = byNumber.get(number);
    if (number === DAY) shared.on = dayText(unzigzag(reader.whole()));
    else if (number === MADE_UP) shared.madeUp = reader.stretches(1);
    else if (!entry) throw new LinkError('newer', String(number));
    else if (entry.gone) throw new LinkError('gone', entry.key);
    else shared.answers[entry.key] = reader.value(entry);
  }
  return shared;
}

/** @param {string} code @param {string} detail @returns {never} */
function fail(code, detail) {
  throw new LinkError(code, detail);
}

// --- numbers as bytes ---------------------------------------------------------------------------------------------------

/** @param {number[]} bytes @param {number} value  a whole number from 0 to 2^53 - 1 */
function whole(bytes, value) {
  if (!Number.isSafeInteger(value) || value < 0) throw new LinkError('malformed', String(value));
  let rest = value;
  while (rest > 127) {
    bytes.push(128 + (rest % 128));
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
}

/** @param {number} value */
const zigzag = (value) => (value < 0 ? -2 * value - 1 : 2 * value);
/** @param {number} value */
const unzigzag = (value) => (value % 2 ? -(value + 1) / 2 : value / 2);

/** Days since 1970. @param {string} iso */
function dayNumber(iso) {
  const days = /^\d{4}-\d\d-\d\d$/.test(iso) ? Date.parse(`${iso}T00:00:00Z`) / MILLISECONDS_A_DAY : NaN;
  if (!Number.isInteger(days) || dayText(days) !== iso) throw new LinkError('malformed', iso);
  return days;
}

/** @param {number} days */
function dayText(days) {
  const time = days * MILLISECONDS_A_DAY;
  const text = Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : '';
  if (!/^\d{4}-/.test(text) || text.startsWith('0000')) throw new LinkError('malformed', String(days));
  return text.slice(0, 10);
}

/** @param {string} text  YYYY-MM */
const monthNumber = (text) => parseMonth(text) ?? fail('malformed', text);

/** @param {number} month */
function monthText(month) {
  if (month < 12 || month >= 120_000) throw new LinkError('malformed', String(month));
  return showMonth(month);
}

/** Where counting begins: most histories begin near it. */
const FIRST = monthNumber('2020-01');

/**
 * Each stretch by its distance from the one before it, its length and its base. `spare` 1 leaves 0 for "no base".
 *
 * @param {number[]} bytes @param {Stretch[]} list @param {number} spare
 */
function stretches(bytes, list, spare) {
  whole(bytes, list.length);
  let next = FIRST;
  for (const { from, to, base } of list) {
    const [first, last] = [monthNumber(from), monthNumber(to)];
    whole(bytes, zigzag(first - next));
    whole(bytes, last - first);
    whole(bytes, base ? base + spare : spare ? 0 : fail('malformed', 'base'));
    next = last + 1;
  }
}

class Reader {
  #bytes;
  #at = 0;

  /** @param {number[]} bytes */
  constructor(bytes) {
    this.#bytes = bytes;
  }

  get done() {
    return this.#at >= this.#bytes.length;
  }

  whole() {
    let value = 0;
    for (let place = 1; ; place *= 128) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new LinkError('malformed', 'end');
      value += (byte % 128) * place;
      if (place > Number.MAX_SAFE_INTEGER || value > Number.MAX_SAFE_INTEGER) throw new LinkError('malformed', 'number');
      if (byte < 128) {
        // The shortest form only, so that the same answers have the same link.
        if (byte === 0 && place > 1) throw new LinkError('malformed', 'number');
        return value;
      }
    }
  }

  /** @param {{key: string, type: string, options?: Record<string, number>}} entry @returns {unknown} */
  value({ key, type, options = {} }) {
    if (type === 'history') return this.stretches(0);
    const value = this.whole();
    if (type === 'integer') return value;
    if (type === 'date') return dayText(unzigzag(value));
    if (type === 'boolean') return value < 2 ? value === 1 : fail('malformed', key);
    return Object.keys(options).find((option) => options[option] === value) ?? fail('newer', key);
  }

  /** @param {number} spare @returns {Stretch[]} */
  stretches(spare) {
    const list = [];
    let next = FIRST;
    for (let count = this.whole(); count > 0; count -= 1) {
      const first = next + unzigzag(this.whole());
      const last = first + this.whole();
      const base = this.whole();
      if (!base && !spare) throw new LinkError('malformed', 'base');
      list.push({ from: monthText(first), to: monthText(last), ...(base ? { base: base - spare } : {}) });
      next = last + 1;
    }
    if (spare && !list.length) throw new LinkError('malformed', 'nothing');
    return list;
  }
}

/** CRC-16 (CCITT). @param {number[]} bytes */
function checksum(bytes) {
  let sum = 0xffff;
  for (const byte of bytes) {
    sum ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) sum = ((sum << 1) ^ (sum & 0x8000 ? 0x1021 : 0)) & 0xffff;
  }
  return sum;
}

/** @param {number[]} bytes */
const toBase64 = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** @param {string} text @returns {number[]} */
function fromBase64(text) {
  if (!/^[\w-]*$/.test(text)) throw new LinkError('characters');
  let bytes;
  try {
    bytes = Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
  } catch {
    throw new LinkError('incomplete');
  }
  // Bits that fall off the end must be zero, or two texts would say the same.
  if (toBase64(bytes) !== text) throw new LinkError('incomplete');
  return bytes;
}
