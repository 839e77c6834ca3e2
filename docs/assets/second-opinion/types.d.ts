// Shapes of the tool for reporting a difference. Types only; no file of the site.
import type { Answers, FileRecord, LinkNumbers } from '../estimator/types';

/** What hooks/second_opinion.py writes into the page. */
export interface CaseData {
  lang: 'zh' | 'en';
  rules_hash: string;
  rules: FileRecord;
  words: FileRecord;
  runtime: import('../estimator/loader.mjs').Manifest;
  say: Record<string, string>;
  link: LinkNumbers;
  most_bytes: number;
}

/** Answers as they came: values, or texts that Python is still to read. */
export interface Given {
  answers?: Answers;
  texts?: Record<string, string>;
  on?: string;
}

/** The case file, as estimator/case.py makes it. */
export interface Case {
  format: number;
  on: string;
  rules: { name: string; hash: string };
  answers: Answers;
  /** Whether an open claim counts as nothing, as on the estimator's page. */
  open_counts: 'nothing' | 'unknown';
  coarser: string[];
  left_out: string[];
  estimate: { low: number; high: number; reaches_standard: string; eligible: string; items: Record<string, [number, number]> };
  official: number | null;
}
