// Shapes of the panels on time, ways, papers and reminders. Types only; no file of the site.
import type { Answers, Cite, Estimate, Fault, PageData, Reason, Words } from './types';

/** hooks/ahead.py: what these panels learn from the page. */
export interface AheadData {
  /** The steps of the first application before the papers are handed in. */
  steps: Step[];
  /** Address of the page of procedures, relative to the page. */
  process: string;
  /** How late a permit may be endorsed, what then, and what else is known of the renewal. */
  renewal: { days: number; then: string; cite: Cite[]; notes: { text: string; cite: Cite[] }[] };
  /** What goes for all papers. */
  papers: { text: string; cite: Cite[] }[];
  occasions: { id: string; text: string; cite: Cite[] }[];
}

export interface Step {
  id: string;
  name: string;
  who: ('holder' | 'employer' | 'centre')[];
  lasts: { kind: 'at_least' | 'about' | 'not_before'; working_days: number } | null;
}

export type AheadPage = PageData & { ahead: AheadData; parts: Record<string, Record<string, string>> };

export interface AheadWords extends Words {
  materials: Record<string, {
    name: string;
    provider: 'holder' | 'employer' | 'spouse';
    form: 'copy' | 'original';
    where: string;
    only: string;
    details: string[];
    cite: Cite[];
  }>;
  assumption: string;
  lead_time: { text: string; cite: Cite[] };
  actions: Record<string, { name: string; may_fail: string }>;
}

/** What the form holds, and what came of it. */
export interface State {
  on: string;
  answers: Answers;
  estimate: Estimate;
}

export interface Change {
  date: string;
  low: number;
  high: number;
  because: { id: string; change: number }[];
  /** Of each part of `because`, why it gives what it gives from then on. */
  reasons: Reason[][];
}

export interface Standard {
  from: string;
  points: number;
}

/** The answer to `project`. */
export interface Projection {
  timeline: Change[];
  reaches_on: string | null;
  falls_below_on: string | null;
  end: string;
  standards: Standard[];
  rules: { date: string; before: { low: number; high: number }; after: { low: number; high: number } }[];
}

/** The answer to `deadline`. */
export interface Countdown {
  deadline: string;
  apply_by: string;
  insured_from: string | null;
  fit: 'yes' | 'no' | 'unknown' | 'late';
  missing: string[];
  short_of: number;
  low: number;
  high: number;
  checks: { id: string; holds: 'yes' | 'no' | 'unknown' | 'ask' }[];
}

export interface Way {
  actions: { key: string; from: unknown; to: unknown }[];
  ids: string[];
  reaches_on: string;
  low_then: number;
  margin: number;
  conditions: string[];
  cost: number;
  falls_below_on: string | null;
}

/** The answer to `paths`. */
export interface Ways {
  paths: Way[];
  /** Every action, with the answer it is about, its assumed months (null: the rules say how long) and effort. */
  actions: { id: string; key: string; months: number | null; cost: number }[];
}

/** The answer to `materials`. */
export interface Papers {
  basic: string[];
  needed: string[];
  for: { id: string; points: number; needed: boolean; materials: string[]; missing: string[] }[];
  at_risk: number;
  safe: number;
  standard: number;
}

/** What the reader set in these panels; for whoever keeps it. */
export interface Kept {
  years: number;
  assume: boolean;
  deadline: string;
  occasion: string;
  impossible: string[];
  months: Record<string, number>;
  cost: Record<string, number>;
  at_hand: string[];
}


/** One event of a calendar file. */
export interface CalendarEvent {
  /** Unique within the file, and the same for the same event of the same page. */
  id: string;
  date: string;
  title: string;
  note?: string;
  /** How many days before it the alarm sounds, at nine in the morning. */
  alarm?: number;
  yearly?: boolean;
}
