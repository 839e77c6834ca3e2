// @ts-check
/**
 * A roster on its way through the worker: opened once, then scored portion by portion, so that progress shows and stopping
 * takes a moment only. The rows stay the JSON texts that Python made of them.
 *
 * @typedef {import('./types').Opened} Opened
 * @typedef {import('./types').Result} Result
 * @typedef {import('./types').Settings} Settings
 * @typedef {import('../estimator/types').Fault} Fault
 * @typedef {{request: (kind: string, payload: string) => Promise<string>}} Asked
 */

/** Rows in a portion: short enough to stop at once on a slow phone. */
export const PORTION = 50;
/** Portions on their way: the worker never waits for the page. */
const AHEAD = 2;

/** Python refused the request; `faults` says why. */
export class Refusal extends Error {
  /** @param {Fault[]} faults */
  constructor(faults) {
    super('refused');
    this.faults = faults;
  }
}

/**
 * One request.
 *
 * @param {Asked} client
 * @param {string} kind
 * @param {string} payload
 * @returns {Promise<any>}  what follows `ok`; rejects with Refusal or EstimatorError
 */
export async function ask(client, kind, payload) {
  const answer = JSON.parse(await client.request(kind, payload));
  if (answer.refused) throw new Refusal(answer.refused);
  return answer.ok;
}

export class Run {
  /** Results in the order of the table; a portion that is not there yet has no place. @type {Result[][]} */
  #portions = [];
  /** Where each result's row is: portion, place in it. @type {Map<Result, [number, number]>} */
  #places = new Map();
  /** Portions that are done or on their way. @type {Set<number>} */
  #taken = new Set();
  #stopped = false;
  /** How many rows are scored. */
  done = 0;

  /**
   * @param {Asked} client
   * @param {Opened} opened
   * @param {Settings} settings
   * @param {(results: Result[]) => void} onResults  called with each portion, in any order
   */
  constructor(client, opened, settings, onResults) {
    this.client = client;
    this.opened = opened;
    this.settings = settings;
    this.onResults = onResults;
  }

  /**
   * Opens a table.
   *
   * @param {Asked} client
   * @param {object} table
   * @param {string} table.on
   * @param {string} table.text
   * @param {unknown} table.aliases
   * @param {boolean} table.ignore  leave out columns that are no answer
   * @returns {Promise<Opened>}
   */
  static open(client, table) {
    return ask(client, 'roster_open', JSON.stringify({ ...table, portion: PORTION }));
  }

  /** Whether every row is scored. */
  get complete() {
    return this.done === this.opened.count;
  }

  get stopped() {
    return this.#stopped;
  }

  /** The results there are, in the order of the table. @returns {Result[]} */
  results() {
    return this.#portions.flat();
  }

  /**
   * The rows behind results, to be handed back to Python.
   *
   * @param {readonly Result[]} results
   * @returns {unknown[]}
   */
  rows(results) {
    /** @type {Map<number, unknown[]>} */
    const read = new Map();
    return results.map((result) => {
      const [at, index] = this.#places.get(result) ?? [0, 0];
      if (!read.has(at)) read.set(at, JSON.parse(this.opened.portions[at]));
      return read.get(at)?.[index];
    });
  }

  /**
   * Scores what is not scored yet, until all is done or `stop` is called; may be called again to go on.
   *
   * @returns {Promise<void>}  rejects with what a portion failed of
   */
  async score() {
    this.#stopped = false;
    await Promise.all(Array.from({ length: AHEAD }, () => this.#work()));
  }

  async #work() {
    const { on, years, nothing } = this.settings;
    const { columns, portions } = this.opened;
    const head = JSON.stringify({ on, years, columns, ...(nothing ? { assume: 'nothing' } : {}) }).slice(0, -1);
    for (let at = 0; at < portions.length && !this.#stopped; at += 1) {
      if (this.#taken.has(at)) continue;
      this.#taken.add(at);
      try {
        /** @type {{results: Result[]}} */
        const { results } = await ask(this.client, 'roster_score', `${head},"rows":${portions[at]}}`);
        this.#portions[at] = results;
        for (const [index, result] of results.entries()) this.#places.set(result, [at, index]);
        this.done += results.length;
        this.onResults(results);
      } catch (error) {
        this.#stopped = true;
        this.#taken.delete(at);
        throw error;
      }
    }
  }

  /** What is on its way still comes in; nothing more is sent. */
  stop() {
    this.#stopped = true;
  }
}
