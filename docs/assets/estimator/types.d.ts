// Shapes that cross between the page's modules, the worker and Python. Types only; no file of the site.

/** What is wrong with an input, as estimator/answers.py says it. */
export interface Fault {
  code: string;
  key: string;
  value: string;
  allowed: Record<string, unknown>;
}

/** A step of the reasoning: a code and its parameters. */
export interface Reason {
  code: string;
  [parameter: string]: unknown;
}

/** The flat answers object. A key that is absent is unknown. */
export type Answers = Record<string, unknown>;

export interface ItemPart {
  low: number;
  high: number;
  status: 'counted' | 'not_counted' | 'refused' | 'unknown' | 'none';
  reasons: Reason[];
}

export interface Item extends ItemPart {
  id: string;
  kind: 'base' | 'bonus' | 'deduction' | 'veto';
  sources: string[];
  own: [number, number];
  missing: string[];
}

export interface Check {
  id: string;
  holds: 'yes' | 'no' | 'unknown' | 'ask';
  sources: string[];
}

/** The answer to `score`. */
export interface Estimate {
  on: string;
  rules: string;
  standard: number;
  low: number;
  high: number;
  reaches_standard: 'yes' | 'no' | 'unknown';
  vetoed: boolean;
  eligible: 'yes' | 'no' | 'unknown';
  items: Item[];
  checks: Check[];
  /** What follows from the answers so far, every open claim and record counted as nothing. */
  answered: { low: number; high: number; open: string[]; items: Record<string, ItemPart> };
  /** For each question whether it is due, whether it can still change anything, and by how many points. */
  questions: Record<string, { asked: boolean; matters: boolean; worth: number }>;
  /** The open questions, the one that narrows the range most first. */
  next: string[];
}

export interface Cite {
  source: string;
  clause: string;
  grade: string;
  checked_on: string;
}

export interface ConditionWords {
  text: string;
  refused: string;
  cite: Cite[];
}

/** rules/bundle.py's `words` of one language. */
export interface Words {
  lang: 'zh' | 'en';
  hash: string;
  name: string;
  indicators: Record<string, {
    name: string;
    summary: string;
    values: { from: string; cite: Cite[] }[];
    conditions: Record<string, ConditionWords>;
    notes: { text: string; cite: Cite[] }[];
    readings: string[];
  }>;
  grades: Record<string, { name: string; meaning: string }>;
  readings: Record<string, { question: string; taken: string; settled_by: string; options: Record<string, { text: string; cite: Cite[] }> }>;
  questions: Record<string, { label: string; help: string; options: Record<string, string> }>;
  eligibility: Record<string, { text: string; detail: string; failed: string; values: { from: string; cite: Cite[] }[] }>;
  education: Record<string, { name: string; accepted_when: string; outcome: string; evidence: string[]; conditions: Record<string, ConditionWords>; cite: Cite[] }>;
  outcomes: Record<string, string>;
  sources: Record<string, { title: string; short: string; address: string | null }>;
  reasons: Record<string, string>;
  faults: Record<string, string>;
}

export interface FileRecord {
  file: string;
  bytes: number;
  sha256: string;
}

/** What the worker loads, in a place of its own before the form, so that early.js can read it. Files are relative to assets/app/. */
export interface StartData {
  rules: FileRecord;
  runtime: import('./loader.mjs').Manifest;
}

/** Where early.js leaves its worker for main.mjs. */
export type EarlyScope = typeof globalThis & { estimatorWorker?: Worker };

/** What hooks/form.py writes into the page for its modules. Files are relative to assets/app/. */
export interface PageData {
  lang: 'zh' | 'en';
  /** The hash that rules and words must carry. */
  rules_hash: string;
  words: FileRecord;
  /** The page's own phrases. */
  say: Record<string, string>;
  /** What an indicator gives, in a phrase. */
  worth: Record<string, string>;
  /** The question that settles an indicator, or a condition of applying. */
  asks: { items: Record<string, string>; checks: Record<string, string> };
  /** The standard score in force at the time of the build, shown until the first estimate. */
  standard: number;
  /** What the estimator says of the questions while nothing is answered. */
  questions: Estimate['questions'];
  /** Phrases of the parts of the page: hooks/words/. */
  parts: Record<string, Record<string, string>>;
  /** The question with which the diploma's own begin. */
  diploma: string;
  /** How many months back a contribution history counts at most. */
  window_months: number;
  /** Numbers of a link to answers. */
  link: LinkNumbers;
  /** Address of the page of sources, relative to the page. */
  sources: string;
  /** Address of the indicators with their tables, relative to the page. */
  tables: string;
  /** For which days the rules may be used. */
  holds: import('./standing.mjs').Holds;
}

/** What one question's controls hold. `open`: nothing yet; `partly`: being typed. */
export type Reading =
  | { state: 'open' }
  | { state: 'given'; value: unknown }
  | { state: 'fault'; fault: Fault };

/** Page to worker: `start` with Start, then any kind that estimator/entry.py knows. The payload is JSON text. */
export interface Message {
  id: number;
  kind: string;
  payload: string;
}

export interface Start {
  /** Absolute address of assets/app/. */
  app: string;
  runtime: import('./loader.mjs').Manifest;
  variant: string;
  rules: FileRecord;
}

/** Worker to page: `progress` with Progress, `ready` with Ready, `answer` with Python's JSON text, `failed` with Failure. */
export interface Progress {
  step: 'files' | 'python' | 'rules';
  loaded: number;
  total: number;
}

export interface Ready {
  name: string;
  hash: string;
  variant: string;
  bytes: number;
  milliseconds: Record<string, number>;
}

export interface Failure {
  /** A code of LoadError, or `trap` (this variant cannot answer), or `bug` (the program itself failed). */
  code: string;
  file: string;
  detail: string;
}

/** Months that follow one another at the same base, in yuan a month. */
export interface Stretch {
  from: string;
  to: string;
  base?: number;
}

/** rules/links.yaml: the numbers of questions and options in a link. */
export type LinkNumbers = Record<string, { number: number; type: string; options?: Record<string, number>; gone?: boolean }>;

/** A condition of what is claimed: `ask` where no answer can tell. */
export interface Held {
  owner: string;
  condition: string;
  holds: 'yes' | 'no' | 'unknown' | 'ask';
}

export interface ExplainedItem {
  used: Record<string, unknown>;
  conditions: Held[];
  since: string | null;
  /** Reading → option → what the indicator would give, where that differs. */
  readings: Record<string, Record<string, [number, number]>>;
  next: { date: string; low: number; high: number; change: number } | null;
}

export interface Diploma {
  verdict: 'accepted' | 'with_evidence' | 'refused' | 'unknown' | 'none';
  type: string | null;
  reasons: Reason[];
  conditions: Held[];
  /** The questions still open, in the order in which to ask them. */
  ask: string[];
  sources: string[];
  /** The indicator that the diploma is for, and the answers that it is judged by. */
  indicator: string | null;
  answers: Answers;
}

/** Which months of a window count. */
export interface Span {
  tenths: number | null;
  window: number;
  from: string;
  found: number;
  possible: number;
  counted: string[];
  undecided: string[];
}

export interface Contributions {
  given: boolean;
  months: { month: string; base: number; average: number | null; hundredths: number | null; tier: string }[];
  windows: (Span & { tier: string; tenths: number; months: number; points: number })[];
  derived: Record<string, unknown>;
  spans: Record<string, Span & { at_least: number | null; needed: number | null; indicator: string | null }>;
  paid: number;
  wages: { from: string; to: string; average: number; least: Record<string, number> }[];
}

/** The answer to `explain`. */
export interface Explained {
  items: Record<string, ExplainedItem>;
  diploma: Diploma;
  contributions: Record<string, Contributions>;
}
