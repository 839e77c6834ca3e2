// Shapes of the roster's page. Types only; no file of the site.
import type { Fault, FileRecord } from '../estimator/types';

/** What hooks/roster.py writes into the page. */
export interface RosterData {
  lang: 'zh' | 'en';
  rules_hash: string;
  holds: import('../estimator/standing.mjs').Holds;
  rules: FileRecord;
  words: FileRecord;
  runtime: import('../estimator/loader.mjs').Manifest;
  say: Record<string, string>;
  aliases: { columns: Record<string, string>; options: Record<string, Record<string, string>> };
  standard: number;
  most_bytes: number;
  /** The questions that have an answer which claims nothing. */
  neutral: string[];
  sample: { name: string; text: string };
  /** Address of the estimator's page, relative to this one. */
  estimator: string;
}

/** One row's result, by the columns of estimator/roster.py. A refused row has empty texts, and its faults. */
export interface Result {
  line: number;
  id: string;
  low: number | '';
  high: number | '';
  reaches_standard: 'yes' | 'no' | 'unknown' | '';
  eligible: 'yes' | 'no' | 'unknown' | '';
  vetoed: boolean | '';
  reaches_on: string;
  falls_below_on: string;
  open: string[];
  faults: Fault[];
}

/** The answer to `roster_open` with a portion. */
export interface Opened {
  columns: string[];
  ignored: string[];
  notes: number;
  count: number;
  /** JSON texts of rows, to hand back. */
  portions: string[];
}

/** How the rows are scored. */
export interface Settings {
  on: string;
  years: number;
  nothing: boolean;
}

export type Group = 'all' | 'now' | 'will' | 'not' | 'below' | 'open' | 'faults';

export type Column = 'id' | 'line' | 'points' | 'now' | 'reaches' | 'below' | 'eligible' | 'open';

/** What of the results is shown, and in which order. */
export interface View {
  group: Group;
  find: string;
  column: Column;
  descending: boolean;
}
