// @ts-check
/**
 * The estimator's page: form, worker and result, wired together. Nothing is stored and nothing is sent: the only requests
 * are for the page's own files.
 *
 * @typedef {import('./types').PageData} PageData
 * @typedef {import('./types').StartData} StartData
 * @typedef {import('./types').Words} Words
 * @typedef {import('./types').Estimate} Estimate
 * @typedef {import('./types').Fault} Fault
 * @typedef {import('./types').Answers} Answers
 */
import { Ahead } from './ahead.mjs';
import { Client, EstimatorError, savesData } from './client.mjs';
import { localDay } from './fields.mjs';
import { Form, find } from './form.mjs';
import { el } from './dom.mjs';
import { Grid } from './grid.mjs';
import { Keep } from './keep.mjs';
import { PrintedRecord } from './record.mjs';
import { Result } from './result.mjs';
import { Sharing } from './sharing.mjs';
import { standing } from './standing.mjs';
import { Wizard } from './wizard.mjs';
import { fill, sayFault } from './words.mjs';

/** @type {PageData} */
const data = JSON.parse(find(document, '#estimator-data', HTMLScriptElement).text);
const { say } = data;
/** @type {StartData} */
const files = JSON.parse(find(document, '#estimator-start', HTMLScriptElement).text);
/** Bytes to load before the first answer. */
const weight = [files.runtime.variants.small.glue, files.runtime.variants.small.wasm, ...files.runtime.variants.small.archives]
  .reduce((sum, { bytes }) => sum + bytes, 0);
const app = new URL('../../', import.meta.url);

/** @type {Promise<Words> | undefined} */
let wordsWanted;
/** @type {Words | undefined} */
let words;
/** @type {import('./keep.mjs').State | undefined} */
let cleared;

/** The words of this page's language; fetched again after a failure. @returns {Promise<Words>} */
function loadWords() {
  wordsWanted ??= fetchWords().catch((error) => {
    wordsWanted = undefined;
    throw error;
  });
  return wordsWanted;
}

/** @returns {Promise<Words>} */
async function fetchWords() {
  const { file, sha256 } = data.words;
  /** @type {Words} */
  let loaded;
  try {
    const integrity = `sha256-${btoa(String.fromCharCode(...(sha256.match(/../g) ?? []).map((byte) => parseInt(byte, 16))))}`;
    const response = await fetch(new URL(file, app), { integrity, credentials: 'same-origin' });
    if (!response.ok) throw new Error(`status ${response.status}`);
    loaded = await response.json();
  } catch (error) {
    throw new EstimatorError({ code: 'network', file, detail: String(error) });
  }
  if (loaded.hash !== data.rules_hash) throw new EstimatorError({ code: 'versions' });
  return loaded;
}

/** Counts what the page was asked to show: an answer that comes after something newer was shown must not cover it. */
let turns = 0;
/** The turn that waits, or waited, for Python. */
let awaited = 0;

const form = new Form(find(document, '#answers', HTMLFormElement), {
  today: localDay(new Date()),
  say,
  insight: data.questions,
  fill,
  sayFault: (fault) => (words ? sayFault(words, fault, {
    duration: say.fault_duration, not_a_date: say.fault_date, not_a_month: say.fault_month,
  }) : fault.value),
  onChange: () => void update(),
});

const result = new Result(find(document, '#result', HTMLElement), data, {
  goTo: (key) => form.goTo(key),
  label: (key) => form.label(key),
  shown: (key) => form.shown(key),
  retry,
  clear: () => {
    cleared = acts.state();
    acts.put({ answers: {}, madeUp: [] });
  },
  undo: () => {
    acts.put(cleared ?? { answers: {}, madeUp: [] });
  },
});
result.root.hidden = false;

const scope = /** @type {import('./types').EarlyScope} */ (globalThis);
const client = new Client({
  spawn() {
    const early = scope.estimatorWorker;
    delete scope.estimatorWorker;
    return early ?? new Worker(new URL('./worker.mjs', import.meta.url), { type: 'module', name: 'estimator' });
  },
  start: { app: app.href, ...files },
  hash: data.rules_hash,
  on: {
    // What there is to correct, or why there can be no score, is more urgent than how far the loading is.
    progress: (progress) => awaited === turns && result.loading(progress),
    ready: ({ variant, bytes }) => {
      result.diagnose(variant, bytes, client.restarts);
      // Whoever waits with large downloads of their own (offline.js) may begin.
      document.documentElement.dataset.estimator = 'ready';
      document.dispatchEvent(new Event('estimator-ready'));
      sharing.load().catch(() => {}); // said where a code is wanted
    },
    failed: (error) => result.failed(error),
  },
});

const ahead = new Ahead({ page: data, client, form, result });

const historyQuestion = form.ofType('history');
const grid = new Grid({
  question: historyQuestion.element,
  data,
  day: () => form.day(),
  read: () => historyQuestion.read(),
  write: (value) => form.put(historyQuestion.key, value),
  paste: (text) => client.request('paste', JSON.stringify({ on: form.day(), text })),
  total: { value: () => form.given('si_months'), write: (value) => form.put('si_months', value) },
});

const wizard = new Wizard({
  data,
  words: loadWords,
  state: () => ({ on: form.day(), answers: form.read().answers }),
  put: (key, value) => form.put(key, value),
  request: (kind, payload) => client.request(kind, payload),
  shown: (key) => form.shown(key),
  options: (key) => form.options(key),
});
find(document, '#estimator-app', HTMLElement).append(wizard.box.element);
form.questions.get(data.diploma)?.element.before(wizard.button);

/** @type {import('./keep.mjs').Acts} */
const acts = {
  state: () => {
    const { answers, faults, unfinished } = form.read();
    const on = form.day();
    return { answers, madeUp: grid.madeUp, kept: ahead.kept, ...(on === form.today ? {} : { on }), ready: !faults.length && !unfinished };
  },
  put: ({ answers, on, madeUp, kept }) => {
    form.setDay(on);
    const refused = [...form.write(answers), ...form.read().faults.map(({ key }) => key)];
    grid.sync(madeUp);
    if (kept) ahead.kept = kept;
    void update();
    return [...new Set(refused)].map((key) => form.label(key));
  },
  request: (kind, payload) => client.request(kind, payload),
  words: loadWords,
  label: (key) => form.label(key),
  today: () => form.today,
  rules: () => words?.name ?? '',
};
const notice = el('div', { class: 'notice', role: 'status' });
find(document, '#link-note', HTMLElement).after(notice);
const keep = new Keep(data, acts, notice);
const sharing = new Sharing(data, acts, keep);
const record = new PrintedRecord(data, {
  answers: () => form.record(), address: () => sharing.address(), code: (address) => sharing.picture(address), shown: (key) => form.shown(key),
});
find(document, '#estimator-app', HTMLElement).append(keep.box.element, sharing.box.element, record.element);
result.actions.prepend(keep.button, sharing.button);

/** Loads again after a failure. */
function retry() {
  result.loading({ step: 'files', loaded: 0, total: weight });
  client.begin();
  void update();
}

/** Scores what the form holds now, and shows it unless something newer came meanwhile. */
async function update() {
  // Each answer would load everything anew, in vain: it waits for the person to try again, or for the network to be back.
  if (client.state === 'failed') return;
  const { answers, faults, unfinished } = form.read();
  const on = form.day();
  grid.sync();
  const hold = standing(data.holds, { today: form.today, on });
  if (unfinished && !hold && !faults.length) return;
  const turn = ++turns;
  const isNewest = () => turn === turns;
  if (hold) {
    result.refused(fill(say[`refused_${hold.code}`], hold.values));
    record.clear();
    return;
  }
  try {
    if (faults.length) {
      await loadWords();
      if (isNewest()) refuse(faults);
      return;
    }
    awaited = turn;
    const payload = JSON.stringify({ on, answers });
    const [text] = await Promise.all([client.latest('score', payload), loadWords()]);
    if (text === undefined || !isNewest()) return;
    const answer = JSON.parse(text);
    if (answer.refused) refuse(answer.refused);
    else {
      accept(answer.ok, answers);
      // Without an answer no row is there to be explained.
      if (Object.keys(answers).length) await explain(answer.ok, payload, isNewest);
      else record.clear();
    }
  } catch (error) {
    result.failed(error instanceof EstimatorError ? error : new EstimatorError({ code: 'bug', detail: String(error) }));
  }
}

/** @param {Fault[]} faults */
function refuse(faults) {
  form.showFaults(faults);
  result.faulty(faults);
}

/** @param {Estimate} estimate @param {Answers} answers */
function accept(estimate, answers) {
  form.inform(estimate.questions);
  result.show(estimate, Object.keys(answers).length);
  ahead.update(answers, estimate);
}

/**
 * Asks why, of what is shown, and shows it unless something newer came meanwhile.
 *
 * @param {Estimate} estimate
 * @param {string} payload
 * @param {() => boolean} isNewest
 */
async function explain(estimate, payload, isNewest) {
  const [text, said] = await Promise.all([client.latest('explain', payload), loadWords()]);
  const answer = text && JSON.parse(text);
  if (answer?.ok && isNewest()) {
    result.explain(estimate, answer.ok);
    grid.show(answer.ok.contributions[historyQuestion.key], said);
    record.show(estimate, answer.ok, said);
  }
}

/** Takes the answers that the address carries, and leaves none of them in it. */
function takeFragment() {
  const carried = location.hash.slice(1).replace(/^a%3D/i, 'a=');
  if (carried.startsWith('a=')) {
    history.replaceState(history.state, '', location.pathname + location.search);
    void sharing.read(carried.slice(2));
    return;
  }
  const given = new URLSearchParams(carried);
  const panel = given.get('show');
  if (panel) {
    // A link from the guide to one of the panels; what else it carries are answers.
    ahead.show(panel);
    given.delete('show');
    if (!given.size) {
      history.replaceState(history.state, '', location.pathname + location.search);
      // Without an answer there is nothing to show yet: begin with the first question.
      if (!Object.keys(form.read().answers).length) form.goTo([...form.questions.keys()][0]);
      return;
    }
  }
  if (carried === 'wizard') wizard.open();
  if (!carried.includes('=')) {
    // A link to a question that is not shown yet.
    if (carried.startsWith('q-')) form.goTo(carried.slice(2));
    return;
  }
  history.replaceState(history.state, '', location.pathname + location.search);
  const faults = form.refused(given);
  if (!faults.length) form.write(Object.fromEntries(given));
  find(document, '#link-note', HTMLElement).textContent = faults.length ? fill(say.from_link, { faults: faults.join(data.lang === 'zh' ? '' : ' ') }) : '';
  void update();
}

/** Starts loading without getting in the way of the page; with Save-Data, once the person begins. */
function start() {
  if (savesData() && !Object.keys(form.read().answers).length) {
    result.loading({ step: 'waiting', loaded: 0, total: weight });
    return;
  }
  result.loading({ step: 'files', loaded: 0, total: weight });
  const begin = () => void update();
  if ('requestIdleCallback' in window) requestIdleCallback(begin, { timeout: 500 });
  else setTimeout(begin, 50);
}

// The words come alone and early: they are small, and faults beside the fields need them.
loadWords().then(
  (loaded) => {
    words = loaded;
    result.words = loaded;
    form.refresh();
  },
  () => {}, // said by the first update
);
takeFragment();
addEventListener('hashchange', takeFragment);
addEventListener('online', () => {
  if (client.state === 'failed') retry();
});
// The switch to the other language takes the answers along, and so does the one to newer rules.
document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[data-language-switch], a[data-new-edition]') : null;
  if (link instanceof HTMLAnchorElement && sharing.fragment()) link.hash = sharing.fragment();
});
document.documentElement.classList.add('estimator-alive');
document.documentElement.dataset.alive = '';
start();
