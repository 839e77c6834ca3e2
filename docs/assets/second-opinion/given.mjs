// @ts-check
/**
 * Answers from what a reader pastes or opens: a share link of the estimator in either of its forms, or its JSON. Nothing here
 * touches the page, and what the answers may be is Python's to say.
 *
 * @typedef {import('./types').Given} Given
 * @typedef {import('../estimator/types').LinkNumbers} LinkNumbers
 */
import { LinkError, decode } from '../estimator/share.mjs';

/** Why nothing was read: `nothing`, `link`, `newer`, `json`, `large`. */
export class NotGiven extends Error {
  /** @param {'nothing' | 'link' | 'newer' | 'json' | 'large'} code */
  constructor(code) {
    super(code);
    this.code = code;
  }
}

/**
 * @param {string} text
 * @param {LinkNumbers} numbers
 * @param {number} most  characters
 * @returns {Given}
 * @throws {NotGiven}
 */
export function read(text, numbers, most) {
  const given = text.trim();
  if (given.length > most) throw new NotGiven('large');
  if (!given) throw new NotGiven('nothing');
  if (/^[[{]/.test(given)) return fromJson(given);
  const carried = given.includes('#') ? given.slice(given.indexOf('#') + 1) : given;
  return fromFragment(carried, numbers);
}

/**
 * What stands behind the # of an address.
 *
 * @param {string} carried
 * @param {LinkNumbers} numbers
 * @returns {Given}
 */
export function fromFragment(carried, numbers) {
  if (/^\d{1,4}\./.test(carried)) {
    try {
      const { answers, on } = decode(carried, numbers);
      return { answers, ...(on ? { on } : {}) };
    } catch (error) {
      const newer = error instanceof LinkError && (error.code === 'newer' || error.code === 'version');
      throw new NotGiven(newer ? 'newer' : 'link');
    }
  }
  // The home page's form, and the guide's examples: texts by key, as they were typed.
  const texts = carried.includes('=') ? Object.fromEntries([...new URLSearchParams(carried)].filter(([key, value]) => Object.hasOwn(numbers, key) && value)) : {};
  if (!Object.keys(texts).length) throw new NotGiven('nothing');
  return { texts };
}

/** Answers alone, or a file with `answers` (and `on`) in it, or one of saved profiles, of which the first is taken. @param {string} text @returns {Given} */
function fromJson(text) {
  /** @type {unknown} */
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new NotGiven('json');
  }
  const file = isObject(value) && Array.isArray(value.profiles) ? value.profiles[0] : value;
  if (!isObject(file)) throw new NotGiven('json');
  const answers = 'answers' in file ? file.answers : file;
  if (!isObject(answers)) throw new NotGiven('json');
  if (!Object.keys(answers).length) throw new NotGiven('nothing');
  return { answers, ...(typeof file.on === 'string' ? { on: file.on } : {}) };
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
