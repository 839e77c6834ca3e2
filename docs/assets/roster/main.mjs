// @ts-check
/**
 * The roster's page: a table in, results out, wired together. Nothing is stored and nothing is sent; the only requests are for
 * the page's own files, before the first table is scored.
 *
 * @typedef {import('./types').RosterData} RosterData
 * @typedef {import('./types').Result} Result
 * @typedef {import('./types').Settings} Settings
 * @typedef {import('./types').Opened} Opened
 * @typedef {import('../estimator/types').Words} Words
 * @typedef {import('../estimator/types').Fault} Fault
 */
import { Client, EstimatorError, beginOnTouch } from '../estimator/client.mjs';
import { fetchWords } from '../estimator/data.mjs';
import { el, find } from '../estimator/dom.mjs';
import { localDay, readDay, readWhole } from '../estimator/fields.mjs';
import { standing } from '../estimator/standing.mjs';
import { fill, join, sayFault } from '../estimator/words.mjs';
import { Refusal, Run, ask } from './run.mjs';
import { Unreadable, decode } from './table.mjs';
import { Outcome } from './view.mjs';
import { Sayer } from './words.mjs';

/** A day beyond which nobody asks. */
const LATEST = '2099-12-31';
/** Rows of a download that are put into words at a time, so that the page never stands still. */
const SLICE = 200;
/** A silent worker is given this long: a large table takes a slow phone some seconds to open. */
const PATIENCE = 60_000;

/** @type {RosterData} */
const data = JSON.parse(find(document, '#roster-data', HTMLScriptElement).text);
const { say } = data;
const app = new URL('../../', import.meta.url);
const put = find(document, '#put', HTMLElement);
const faultsBox = find(document, '#table-faults', HTMLElement);
const file = find(document, '#file', HTMLInputElement);
const paste = find(document, '#paste', HTMLTextAreaElement);
const day = find(document, '#on', HTMLInputElement);
const years = find(document, '#years', HTMLInputElement);
const nothing = find(document, '#nothing', HTMLInputElement);

/** @type {Promise<Words> | undefined} */
let wordsWanted;
/** The table that is open: its name, its text, and whether columns that are no answer are left out. @type {{name: string, text: string, remarks: string[], ignore: boolean} | undefined} */
let table;
/** @type {Opened | undefined} */
let opened;
/** @type {Run | undefined} */
let run;
/** The name of the rules that the worker has. */
let rules = '';
/** What is being done now; whatever belongs to something older comes to nothing. */
let turn = 0;

/** @returns {Promise<Words>} */
function loadWords() {
  wordsWanted ??= fetchWords(data, app).catch((error) => {
    wordsWanted = undefined;
    throw error;
  });
  return wordsWanted;
}

const client = new Client({
  spawn: () => new Worker(new URL('../estimator/worker.mjs', import.meta.url), { type: 'module', name: 'estimator' }),
  start: { app: app.href, runtime: data.runtime, rules: data.rules },
  hash: data.rules_hash,
  answerPatience: PATIENCE,
  on: {
    progress: (progress) => { if (table && !run) outcome.loading(progress.step === 'files' ? progress : undefined); },
    ready: ({ name }) => { rules = name; },
  },
});

const outcome = new Outcome(find(document, '#outcome', HTMLElement), data, {
  another() {
    forget();
    put.hidden = false;
    find(document, '#choose', HTMLButtonElement).focus();
  },
  stop: () => run?.stop(),
  goOn: () => void score(),
  download: (kind) => void download(kind),
  drawn: (results) => void link(results),
});

/** Lets go of the table and its results. */
function forget() {
  turn += 1;
  run?.stop();
  run = opened = table = undefined;
  outcome.reset();
  outcome.root.hidden = true;
}

// --- settings -----------------------------------------------------------------------------------------------------------

day.value = localDay(new Date());

/** The settings, with each fault beside its field. @returns {Promise<Settings | undefined>} */
async function readSettings() {
  const words = await loadWords();
  const own = { not_a_date: say.fault_date };
  let good = true;
  const take = (/** @type {HTMLInputElement} */ input, /** @type {import('../estimator/types').Reading} */ reading) => {
    const place = find(document, `#${input.id}-fault`, HTMLElement);
    const fault = reading.state === 'fault' ? reading.fault : undefined;
    place.textContent = fault ? sayFault(words, fault, own) : '';
    input.toggleAttribute('aria-invalid', Boolean(fault));
    if (fault) input.setAttribute('aria-invalid', 'true');
    good &&= !fault;
    return reading.state === 'given' ? reading.value : undefined;
  };
  const allowed = { earliest: day.dataset.earliest ?? '', latest: LATEST };
  const on = take(day, readDay(day.value || localDay(new Date()), allowed));
  const ahead = take(years, readWhole(years.value || years.defaultValue, { min: 1, max: Number(years.dataset.max) }));
  const hold = good && standing(data.holds, { today: localDay(new Date()), on: String(on) });
  if (hold) {
    find(document, `#${day.id}-fault`, HTMLElement).textContent = fill(say[`refused_${hold.code}`], hold.values);
    day.setAttribute('aria-invalid', 'true');
    return undefined;
  }
  if (!good) return undefined;
  day.value = String(on);
  years.value = String(ahead);
  return { on: String(on), years: Number(ahead), nothing: nothing.checked };
}

for (const input of [day, years, nothing]) {
  input.addEventListener('change', () => {
    // The rows are read for a day, so another day opens the table anew.
    if (table) void begin(table);
    else void readSettings().catch(() => {});
  });
}

// --- a table comes in ---------------------------------------------------------------------------------------------------

/** @param {(Node | string)[]} content */
function complain(...content) {
  put.hidden = false;
  faultsBox.replaceChildren(...content);
  if (content.length) faultsBox.scrollIntoView({ block: 'nearest' });
}

const megabytes = (/** @type {number} */ bytes) => (Math.ceil(bytes / 1e5) / 10).toFixed(1);

/** @param {File} given */
async function readFile(given) {
  forget();
  complain();
  const mine = turn;
  if (given.size > data.most_bytes) {
    complain(el('p', {}, fill(say.fault_large, { megabytes: megabytes(given.size), most: data.most_bytes / 1e6 })));
    return;
  }
  try {
    const { text, encoding } = decode(new Uint8Array(await given.arrayBuffer()));
    if (mine !== turn) return;
    const remarks = encoding === 'UTF-8' ? [] : [fill(say.encoding, { encoding })];
    await begin({ name: given.name, text, remarks, ignore: false });
  } catch (error) {
    complain(el('p', {}, error instanceof Unreadable ? say[`fault_${error.code}`] : fill(say.fault_unreadable, { detail: String(error) })));
  }
}

/** @param {string} text @param {string} name */
function readText(text, name) {
  forget();
  complain();
  if (!text.trim()) complain(el('p', {}, say.fault_empty));
  else if (text.length > data.most_bytes) complain(el('p', {}, fill(say.fault_long, { megabytes: megabytes(text.length), most: data.most_bytes / 1e6 })));
  else void begin({ name, text, remarks: [], ignore: false });
}

find(document, '#choose', HTMLButtonElement).addEventListener('click', () => file.click());
file.addEventListener('change', () => {
  const [given] = file.files ?? [];
  if (given) void readFile(given);
  // The same file may be chosen again once it is corrected.
  file.value = '';
});
find(document, '#read', HTMLButtonElement).addEventListener('click', () => readText(paste.value, say.pasted));
paste.addEventListener('paste', (event) => {
  const text = event.clipboardData?.getData('text/plain') ?? '';
  // A whole table is scored at once, and is not put into the field, which would take seconds to show it.
  if (paste.value.trim() || !/[\r\n]/.test(text.trim())) return;
  event.preventDefault();
  readText(text, say.pasted);
});
find(document, '#sample', HTMLButtonElement).addEventListener('click', () => readText(data.sample.text, data.sample.name));

const drop = find(document, '#drop', HTMLElement);
for (const type of ['dragenter', 'dragover', 'dragleave', 'drop']) {
  // A file that misses the box must not replace the page.
  addEventListener(type, (event) => {
    const moved = /** @type {DragEvent} */ (event);
    if (!moved.dataTransfer?.types.includes('Files')) return;
    moved.preventDefault();
    drop.classList.toggle('over', type === 'dragenter' || type === 'dragover');
    if (type !== 'drop') return;
    const { files } = moved.dataTransfer;
    if (files.length > 1) complain(el('p', {}, say.fault_several));
    else if (files[0]) void readFile(files[0]);
  });
}

// --- scoring --------------------------------------------------------------------------------------------------------------

/** Opens a table and scores it. @param {NonNullable<typeof table>} given */
async function begin(given) {
  turn += 1;
  const mine = turn;
  run?.stop();
  run = undefined;
  table = given;
  try {
    outcome.loading(undefined);
    const [settings, words] = await Promise.all([readSettings(), loadWords()]);
    if (mine !== turn) return;
    if (!settings) {
      outcome.fail(say.settings_fault, undefined);
      return;
    }
    outcome.sayer = new Sayer(data, words, settings.on);
    outcome.root.hidden = false;
    if (client.state === 'ready') outcome.progress.textContent = fill(say.opening, { name: given.name });
    const { on } = settings;
    const found = await Run.open(client, { on, text: given.text, aliases: data.aliases, ignore: given.ignore });
    if (mine !== turn) return;
    opened = found;
    put.hidden = true;
    complain();
    put.hidden = true;
    run = new Run(client, found, settings, (results) => {
      if (mine !== turn || !run) return;
      if (!run.stopped) outcome.advance(run.done, found.count);
      outcome.add(results, () => run?.results() ?? []);
    });
    outcome.rules.textContent = fill(say.rules, { name: rules, on });
    outcome.begin(given.name, found, [...given.remarks, ...remarks(words, found, settings)]);
    await score();
  } catch (error) {
    if (mine === turn) fail(error, given);
  }
}

/** Scores what is left of the open table. */
async function score() {
  const mine = turn;
  const going = run;
  const count = opened?.count ?? 0;
  if (!going) return;
  outcome.advance(going.done, count);
  try {
    await going.score();
    if (mine === turn) outcome.finish(going.results(), count);
  } catch (error) {
    if (mine !== turn) return;
    outcome.finish(going.results(), count);
    outcome.fail(describe(error), () => void score());
  }
}

/** What was left out or is not there. @param {Words} words @param {Opened} found @param {Settings} settings */
function remarks(words, found, settings) {
  /** @type {(Node | string)[]} */
  const said = [];
  if (found.ignored.length) said.push(el('bdi', {}, fill(say.ignored, { names: join(found.ignored, data.lang) })));
  if (found.notes) said.push(fill(say.notes_rows, { count: found.notes }));
  const absent = settings.nothing ? data.neutral.filter((key) => !found.columns.includes(key)) : [];
  if (absent.length) {
    const names = join(absent.map((key) => words.questions[key].label), data.lang);
    said.push(el('details', { class: 'labels' }, el('summary', {}, fill(say.absent, { count: absent.length })), names));
  }
  return said;
}

/** @param {unknown} error */
function describe(error) {
  const { code, file: name, detail } = error instanceof EstimatorError ? error : new EstimatorError({ code: 'bug', detail: String(error) });
  return `${say.failed}${data.lang === 'zh' ? '：' : '. '}${fill(say[`failed_${code}`] ?? say.failed_python, { file: name.split('/').at(-1) ?? '', detail })}`;
}

/** @param {unknown} error @param {NonNullable<typeof table>} given */
function fail(error, given) {
  if (!(error instanceof Refusal)) {
    outcome.fail(describe(error), () => void begin(given));
    return;
  }
  const { sayer } = outcome;
  const { faults } = error;
  outcome.root.hidden = true;
  const ignorable = faults.length > 0 && faults.every(({ code }) => code === 'unknown_column');
  complain(
    el('p', {}, say.fault_table),
    el('ul', { class: 'faults' }, ...faults.slice(0, 30).map((fault) => el('li', {}, el('bdi', {}, sayer?.tableFault(fault) ?? fault.code)))),
    ...(ignorable ? [el('button', { type: 'button', class: 'plain', onclick: () => void begin({ ...given, ignore: true }) }, fill(say.fault_ignore, { count: faults.length }))] : []),
  );
  table = undefined;
  if (document.activeElement === document.body) find(document, '#choose', HTMLButtonElement).focus();
}

// --- each person's own page, and files ------------------------------------------------------------------------------------

/** Makes links of the people on the page. @param {Result[]} results */
async function link(results) {
  const going = run;
  const fine = results.filter(({ faults }) => !faults.length);
  if (!going || !fine.length) return;
  try {
    /** @type {{answers: (Record<string, unknown> | null)[]}} */
    const { answers } = await ask(client, 'roster_answers', JSON.stringify({ on: going.settings.on, columns: going.opened.columns, rows: going.rows(fine) }));
    if (going !== run) return;
    outcome.link(new Map(fine.flatMap(({ line }, index) => (answers[index] ? [[line, address(answers[index])]] : []))));
  } catch {
    // The names stay names; what ails the calculation is said where rows are scored.
  }
}

/** The estimator's address with answers in its fragment, which no server ever sees. @param {Record<string, unknown>} answers */
function address(answers) {
  const carried = new URLSearchParams();
  for (const [key, value] of Object.entries(answers)) carried.set(key, typeof value === 'object' ? JSON.stringify(value) : String(value));
  return `${data.estimator}#${carried}`;
}

/** Saves what is shown, in its order. @param {'people' | 'data'} kind */
async function download(kind) {
  const { sayer } = outcome;
  if (!sayer) return;
  const results = outcome.arranged;
  try {
    const { columns } = await ask(client, 'roster_csv', '{"table":[]}');
    const parts = [];
    for (let at = 0; at < Math.max(1, results.length); at += SLICE) {
      const rows = results.slice(at, at + SLICE).map((result) => (kind === 'people' ? sayer.row(result) : sayer.dataRow(result, columns)));
      if (at === 0) rows.unshift(kind === 'people' ? sayer.headings(data.standard) : columns);
      const { text } = await ask(client, 'roster_csv', JSON.stringify({ table: rows }));
      parts.push(text);
    }
    // A spreadsheet takes the file for UTF-8 by its first character.
    const blob = new Blob(kind === 'people' ? ['\ufeff', ...parts] : parts, { type: 'text/csv;charset=utf-8' });
    const href = URL.createObjectURL(blob);
    const going = el('a', { href, download: `${say.file_name}-${sayer.on}${kind === 'people' ? '' : '-data'}.csv` });
    document.body.append(going);
    going.click();
    going.remove();
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
  } catch (error) {
    outcome.fail(describe(error), undefined);
  }
}

// --- beginning --------------------------------------------------------------------------------------------------------------

loadWords().catch(() => {}); // said when the first table is opened
beginOnTouch(client, find(document, '#roster-app', HTMLElement));
document.documentElement.classList.add('roster-alive');

// alive.js waits for this.
document.documentElement.dataset.alive = '';
