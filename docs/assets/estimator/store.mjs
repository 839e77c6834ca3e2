// @ts-check
/**
 * Named sets of answers in this browser. Nothing is written unless the person saves; what is read back is taken whole or
 * refused with a reason, and what is refused is left as it lies until the person clears it.
 *
 * @typedef {import('./types').Answers} Answers
 * @typedef {import('./types').Stretch} Stretch
 * @typedef {{name: string, saved_on: string, rules: string, on?: string, answers: Answers, made_up?: Stretch[],
 *   kept?: import('./ahead').Kept}} Profile
 */

/** Everything that the estimator keeps in a browser has a name that begins so; clearing takes all of it. */
export const PREFIX = 'shanghai-points.';
const KEY = `${PREFIX}profiles`;
const VERSION = 1;
export const MOST_PROFILES = 20;
export const LONGEST_NAME = 40;
/** Characters; the longest history that the form takes needs less than a tenth. */
const LARGEST = 1_000_000;

/** Why nothing was read or written: `denied`, `full`, `json`, `newer`, `shape`, `large`, `many`. */
export class StoreError extends Error {
  /** @param {string} code @param {string} [detail]  where the fault lies */
  constructor(code, detail = '') {
    super(detail ? `${code}: ${detail}` : code);
    this.name = 'StoreError';
    this.code = code;
    this.detail = detail;
  }
}

/** A name without what cannot be seen. @param {string} text */
export const tidyName = (text) => text.normalize('NFC').replace(/[\p{C}\u2028\u2029]/gu, ' ').replace(/\s+/g, ' ').trim().slice(0, LONGEST_NAME).trim();

export class Store {
  #open;

  /** @param {() => Storage} open  may throw, where the browser keeps nothing for this page */
  constructor(open) {
    this.#open = open;
  }

  /** @returns {Profile[]}  throws StoreError */
  list() {
    const text = this.#read();
    return text === null ? [] : read(text);
  }

  /** The text as it lies there, for saving what cannot be read. @returns {string | null} */
  raw() {
    return this.#read();
  }

  /** Adds a profile, or puts it in place of the one of the same name. @param {Profile} profile @returns {Profile | undefined}  the one that was there */
  save(profile) {
    const profiles = this.list();
    const place = profiles.findIndex(({ name }) => name === profile.name);
    const before = profiles[place];
    if (place >= 0) profiles[place] = profile;
    else profiles.push(profile);
    if (profiles.length > MOST_PROFILES) throw new StoreError('many', String(MOST_PROFILES));
    this.#write(profiles);
    return before;
  }

  /** @param {string} name */
  remove(name) {
    this.#write(this.list().filter((profile) => profile.name !== name));
  }

  /** Clears everything that the estimator keeps here, also what cannot be read. */
  wipe() {
    this.#try(() => {
      const storage = this.#open();
      for (const key of names(storage)) if (key.startsWith(PREFIX)) storage.removeItem(key);
    });
  }

  /** @returns {string | null} */
  #read() {
    return this.#try(() => this.#open().getItem(KEY));
  }

  /** @param {Profile[]} profiles */
  #write(profiles) {
    const text = JSON.stringify({ version: VERSION, profiles });
    if (text.length > LARGEST) throw new StoreError('full');
    this.#try(() => (profiles.length ? this.#open().setItem(KEY, text) : this.#open().removeItem(KEY)));
  }

  /** @template T @param {() => T} act @returns {T} */
  #try(act) {
    try {
      return act();
    } catch (error) {
      const full = error instanceof Error && (error.name === 'QuotaExceededError' || error.name === 'NS_ERROR_DOM_QUOTA_REACHED');
      throw new StoreError(full ? 'full' : 'denied', error instanceof Error ? error.name : '');
    }
  }
}

/** @param {Storage} storage */
const names = (storage) => Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');

/**
 * @param {string} text
 * @returns {Profile[]}  throws StoreError unless all of it is as this version writes it
 */
export function read(text) {
  if (text.length > LARGEST) throw new StoreError('large');
  /** @type {any} */
  let data;
  try {
    data = JSON.parse(text);
  } catch {
    throw new StoreError('json');
  }
  if (!isObject(data) || !Number.isInteger(data.version)) throw new StoreError('shape', 'version');
  if (data.version > VERSION) throw new StoreError('newer', String(data.version));
  check(data, '', { version: (value) => value === VERSION, profiles: (value) => Array.isArray(value) && value.length <= MOST_PROFILES });
  for (const [index, profile] of data.profiles.entries()) {
    check(profile, `profiles[${index}]`, {
      name: (value) => typeof value === 'string' && value !== '' && tidyName(value) === value,
      saved_on: isDay,
      rules: (value) => typeof value === 'string' && value.length < 100,
      answers: (value) => isObject(value) && Object.values(value).every(isAnswer),
    }, {
      on: isDay,
      kept: isKept,
      made_up: (value) => Array.isArray(value) && value.every((stretch) => isStretch(stretch) && isMonth(stretch.from) && isMonth(stretch.to)),
    });
  }
  /** @type {Profile[]} */
  const profiles = data.profiles;
  if (new Set(profiles.map(({ name }) => name)).size < profiles.length) throw new StoreError('shape', 'name');
  return profiles;
}

/** @typedef {Record<string, (value: any) => boolean>} Shape */

/** @param {any} value @param {string} place @param {Shape} wanted @param {Shape} [allowed] */
function check(value, place, wanted, allowed = {}) {
  if (!isObject(value)) throw new StoreError('shape', place);
  const at = (/** @type {string} */ name) => (place ? `${place}.${name}` : name);
  for (const name of Object.keys(wanted)) if (!Object.hasOwn(value, name)) throw new StoreError('shape', at(name));
  for (const [name, part] of Object.entries(value)) {
    const test = Object.hasOwn(wanted, name) ? wanted[name] : Object.hasOwn(allowed, name) ? allowed[name] : undefined;
    if (!test?.(part)) throw new StoreError('shape', at(tidyName(name)));
  }
}

/** @param {unknown} value @returns {value is Record<string, any>} */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
/** @param {unknown} value */
const isDay = (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value);
/** @param {unknown} value */
const isMonth = (value) => typeof value === 'string' && /^\d{4}-(0[1-9]|1[0-2])$/.test(value);
/** @param {unknown} value */
const isPlain = (value) => ['string', 'boolean'].includes(typeof value) || Number.isSafeInteger(value);
/** @param {unknown} value @returns {value is Record<string, any>} */
const isStretch = (value) => isObject(value) && Object.keys(value).every((name) => ['from', 'to', 'base'].includes(name)) && Object.values(value).every(isPlain);
/** @param {unknown} value */
const areTexts = (value) => Array.isArray(value) && value.length < 100 && value.every((text) => typeof text === 'string' && text.length < 100);
/** @param {unknown} value */
const areWhole = (value) => isObject(value) && Object.keys(value).length < 100 && Object.values(value).every((number) => Number.isSafeInteger(number));

/** What the panels on time, ways and papers were set to. @param {unknown} value */
function isKept(value) {
  /** @type {Shape} */
  const shape = {
    years: (part) => Number.isSafeInteger(part), assume: (part) => typeof part === 'boolean', deadline: (part) => part === '' || isDay(part),
    occasion: (part) => typeof part === 'string' && part.length < 100, impossible: areTexts, at_hand: areTexts, months: areWhole, cost: areWhole,
  };
  return isObject(value) && Object.entries(value).every(([name, part]) => Object.hasOwn(shape, name) && shape[name](part));
}

/** What each answer may be is Python's to say: here only that it is no more than a value or a list of stretches. @param {unknown} value */
const isAnswer = (value) => isPlain(value) || (Array.isArray(value) && value.every(isStretch));
