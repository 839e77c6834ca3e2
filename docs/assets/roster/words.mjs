// @ts-check
/**
 * Results in words: what stands in the cells of the table, and in the files to download.
 *
 * @typedef {import('./types').Result} Result
 * @typedef {import('./types').RosterData} RosterData
 * @typedef {import('./types').Column} Column
 * @typedef {import('../estimator/types').Words} Words
 * @typedef {import('../estimator/types').Fault} Fault
 */
import { fill, join, range, sayFault } from '../estimator/words.mjs';

/** The columns in their order. */
export const COLUMNS = /** @type {Column[]} */ (['id', 'line', 'points', 'now', 'reaches', 'below', 'eligible', 'open']);

/** @type {Record<string, string>} */
export const MARKS = { yes: '✓', no: '✗', unknown: '?' };

export class Sayer {
  /** @param {RosterData} data @param {Words} words @param {string} on  the day of the estimate */
  constructor(data, words, on) {
    this.data = data;
    this.say = data.say;
    this.words = words;
    this.on = on;
  }

  /** A column's heading. @param {Column} column @param {number} standard */
  heading(column, standard) {
    return fill(this.say[`column_${column}`], { standard });
  }

  /** A question's label; with its place in a history, where the fault names one. @param {string} key */
  label(key) {
    const [, name, place] = /^(\w*)(.*)$/.exec(key) ?? ['', key, ''];
    const label = this.words.questions[name]?.label ?? key;
    return place ? `${label} ${place}` : label;
  }

  /** A fault of a row, with its column. @param {Fault} fault */
  fault(fault) {
    const sentence = sayFault(this.words, fault);
    if (!fault.key) return `${this.say.whole_row}${this.#colon}${sentence}`;
    return `${this.label(fault.key)}${this.#colon}${sentence}`;
  }

  /** A fault of the table itself. @param {Fault} fault */
  tableFault(fault) {
    const near = String(fault.allowed.near ?? '');
    const hint = near ? fill(this.say.fault_near, { label: this.label(near) }) : '';
    return fill(this.words.faults[fault.code] ?? fault.code, { ...fault.allowed, key: fault.key, value: fault.value, near: hint });
  }

  get #colon() {
    return this.words.lang === 'zh' ? '：' : ': ';
  }

  /** @param {Result} result */
  points(result) {
    return result.low === '' || result.high === '' ? '' : range(result.low, result.high);
  }

  /** @param {Result} result */
  now(result) {
    if (result.vetoed) return this.say.vetoed;
    return result.reaches_standard && this.say[`reaches_${result.reaches_standard}`];
  }

  /** @param {Result} result */
  reaches(result) {
    if (result.faults.length) return '';
    if (!result.reaches_on) return result.open.length ? this.say.reaches_unknown : this.say.never;
    return result.reaches_on === this.on ? this.say.already : result.reaches_on;
  }

  /** @param {Result} result */
  eligible(result) {
    return result.eligible && this.say[`eligible_${result.eligible}`];
  }

  /** @param {readonly string[]} keys */
  labels(keys) {
    return join(keys.map((key) => this.label(key)), this.words.lang);
  }

  /** A row for people: every column in words. @param {Result} result @returns {string[]} */
  row(result) {
    const separator = this.words.lang === 'zh' ? '；' : '; ';
    return [
      result.id, String(result.line), String(result.low), String(result.high), this.now(result), result.reaches_on,
      result.falls_below_on, this.eligible(result), this.labels(result.open),
      result.faults.map((fault) => this.fault(fault).replace(/[。.]$/, '')).join(separator),
    ];
  }

  /** The headings of `row`. @param {number} standard @returns {string[]} */
  headings(standard) {
    const { say } = this;
    return [
      say.column_id, say.column_line, say.column_low, say.column_high, this.heading('now', standard), say.column_reaches,
      say.column_below, say.column_eligible, say.column_missing, say.column_faults,
    ];
  }

  /**
   * A row as the command line writes it.
   *
   * @param {Result} result
   * @param {readonly string[]} columns  their names, from Python
   * @returns {string[]}
   */
  dataRow(result, columns) {
    /** @type {Record<string, unknown>} */
    const texts = { ...result, open: result.open.join(' '), faults: result.faults.map((fault) => this.#plain(fault)).join(' ') };
    return columns.map((column) => String(texts[column]));
  }

  /** A fault in the words of the command line, which name the key. @param {Fault} fault */
  #plain(fault) {
    const options = fault.allowed.options;
    const values = { ...fault.allowed, key: fault.key, value: fault.value };
    if (Array.isArray(options)) Object.assign(values, { options: join(options, this.words.lang) });
    return fill(this.words.faults[fault.code] ?? fault.code, values);
  }
}
