// @ts-check
/**
 * The tool for reporting that the official simulation differs: answers in, a case file out. Nothing is stored and nothing is
 * sent; the file is what the page shows, letter by letter.
 *
 * @typedef {import('./types').CaseData} CaseData
 * @typedef {import('./types').Case} Case
 * @typedef {import('./types').Given} Given
 * @typedef {import('../estimator/types').Words} Words
 * @typedef {import('../estimator/types').Fault} Fault
 */
import { Client, EstimatorError, beginOnTouch } from '../estimator/client.mjs';
import { fetchWords } from '../estimator/data.mjs';
import { el, find } from '../estimator/dom.mjs';
import { localDay, readDay, readWhole } from '../estimator/fields.mjs';
import { fill, join, range, sayFault, show } from '../estimator/words.mjs';
import { Refusal, ask } from '../roster/run.mjs';
import { NotGiven, fromFragment, read } from './given.mjs';

const LATEST = '2099-12-31';
/** No total is further from zero; Python knows the exact limit. */
const MOST_POINTS = 99_999;

/** @type {CaseData} */
const data = JSON.parse(find(document, '#case-data', HTMLScriptElement).text);
const { say } = data;
const app = new URL('../../', import.meta.url);
const field = find(document, '#given', HTMLTextAreaElement);
const file = find(document, '#case-file', HTMLInputElement);
const day = find(document, '#case-on', HTMLInputElement);
const official = find(document, '#official', HTMLInputElement);
const coarse = [find(document, '#coarse-birth', HTMLInputElement), find(document, '#coarse-history', HTMLInputElement)];
const result = find(document, '#case-result', HTMLElement);
const verdict = find(document, '#case-verdict', HTMLElement);
const preview = find(document, '#preview', HTMLPreElement);

/** @type {Given | undefined} */
let given;
/** @type {Promise<Words> | undefined} */
let wordsWanted;
/** @type {Case | undefined} */
let found;
let turn = 0;

const client = new Client({
  spawn: () => new Worker(new URL('../estimator/worker.mjs', import.meta.url), { type: 'module', name: 'estimator' }),
  start: { app: app.href, runtime: data.runtime, rules: data.rules },
  hash: data.rules_hash,
});

/** @returns {Promise<Words>} */
function loadWords() {
  wordsWanted ??= fetchWords(data, app).catch((error) => {
    wordsWanted = undefined;
    throw error;
  });
  return wordsWanted;
}

/** Says what is wrong with what was given. @param {(Node | string)[]} content */
const complain = (...content) => find(document, '#given-fault', HTMLElement).replaceChildren(...content);

/** Takes answers, or says why not. @param {() => Given} reading */
function take(reading) {
  complain();
  try {
    given = reading();
    if (given.on) day.value = given.on;
    void update();
  } catch (error) {
    given = undefined;
    result.hidden = true;
    if (!(error instanceof NotGiven)) throw error;
    complain(say[`fault_${error.code}`]);
  }
}

/** The day and the official total; each fault stands beside its field. @param {Words} words */
function readFields(words) {
  let good = true;
  const value = (/** @type {HTMLInputElement} */ input, /** @type {import('../estimator/types').Reading} */ reading) => {
    const fault = reading.state === 'fault' ? reading.fault : undefined;
    find(document, `#${input.id}-fault`, HTMLElement).textContent = fault ? sayFault(words, fault, { not_a_date: say.fault_date }) : '';
    if (fault) input.setAttribute('aria-invalid', 'true');
    else input.removeAttribute('aria-invalid');
    good &&= !fault;
    return reading.state === 'given' ? reading.value : undefined;
  };
  const on = value(day, readDay(day.value || localDay(new Date()), { earliest: day.dataset.earliest ?? '', latest: LATEST }));
  const points = value(official, readWhole(official.value, { min: -MOST_POINTS, max: MOST_POINTS }));
  return good ? { on: String(on), official: points === undefined ? null : Number(points) } : undefined;
}

/** Makes the case anew from what was given and what the fields say. */
async function update() {
  turn += 1;
  const mine = turn;
  if (!given) return;
  result.hidden = false;
  if (!found) verdict.textContent = say.waiting;
  try {
    const words = await loadWords();
    const fields = readFields(words);
    if (!fields || mine !== turn) return;
    day.value = fields.on;
    const exact = coarse.filter(({ checked }) => !checked).flatMap(({ dataset }) => (dataset.keys ?? '').split(' ').filter(Boolean));
    const { on, official: points } = fields;
    /** @type {Case} */
    const made = await ask(client, 'case', JSON.stringify({
      on, exact, assume: 'nothing', ...(points === null ? {} : { official: points }), ...(given.texts ? { texts: given.texts } : { answers: given.answers }),
    }));
    if (mine === turn) display(made, words);
  } catch (error) {
    if (mine === turn) fail(error);
  }
}

/** @param {Case} made @param {Words} words */
function display(made, words) {
  found = made;
  const { low, high } = made.estimate;
  const said = [fill(say.ours, { points: range(low, high) })];
  if (made.official !== null) {
    if (made.official >= low && made.official <= high) said.push(low === high ? say.agrees : say.between);
    else said.push(made.official < low ? fill(say.less, { points: show(low - made.official) }) : fill(say.more, { points: show(made.official - high) }));
  }
  verdict.textContent = said.join(data.lang === 'zh' ? '' : ' ');
  const names = (/** @type {string[]} */ keys) => join(keys.map((key) => words.questions[key]?.label ?? key), data.lang);
  find(document, '#case-remarks', HTMLElement).replaceChildren(
    ...(made.coarser.length ? [el('li', {}, fill(say.coarser, { names: names(made.coarser) }))] : []),
    ...(made.left_out.length ? [el('li', {}, fill(say.left_out, { names: names(made.left_out) }))] : []),
  );
  preview.textContent = text(made);
}

/** The file's text. @param {Case} made */
const text = (made) => `${JSON.stringify(made, null, 2)}\n`;

/** @param {unknown} error */
function fail(error) {
  found = undefined;
  if (error instanceof Refusal) {
    result.hidden = true;
    void loadWords().then((words) => {
      const label = (/** @type {Fault} */ { key }) => words.questions[key.replace(/\[.*$/, '')]?.label ?? key;
      complain(
        el('p', {}, say.fault_answers),
        el('ul', { class: 'faults' }, ...error.faults.slice(0, 20).map((fault) => el('li', {}, el('bdi', {}, `${label(fault)}${data.lang === 'zh' ? '：' : ': '}${sayFault(words, fault)}`)))),
      );
    });
    return;
  }
  const { code, file: name, detail } = error instanceof EstimatorError ? error : new EstimatorError({ code: 'bug', detail: String(error) });
  verdict.textContent = `${say.failed} ${fill(say[`failed_${code}`] ?? say.failed_python, { file: name.split('/').at(-1) ?? '', detail })}`;
}

// --- what the reader does -----------------------------------------------------------------------------------------------

day.value = localDay(new Date());
find(document, '#take', HTMLButtonElement).addEventListener('click', () => take(() => read(field.value, data.link, data.most_bytes)));
find(document, '#case-choose', HTMLButtonElement).addEventListener('click', () => file.click());
file.addEventListener('change', () => {
  const [chosen] = file.files ?? [];
  file.value = '';
  if (!chosen) return;
  if (chosen.size > data.most_bytes) {
    complain(say.fault_large);
    return;
  }
  chosen.text().then(
    (content) => take(() => read(content, data.link, data.most_bytes)),
    () => complain(say.fault_json),
  );
});
find(document, '#case-form', HTMLFormElement).addEventListener('submit', (event) => event.preventDefault());
for (const input of [day, official, ...coarse]) input.addEventListener('change', () => void update());
official.addEventListener('input', () => void update());

find(document, '#save', HTMLButtonElement).addEventListener('click', () => {
  if (!found) return;
  const href = URL.createObjectURL(new Blob([text(found)], { type: 'application/json' }));
  const going = el('a', { href, download: `${say.file_name}-${found.on}.json` });
  document.body.append(going);
  going.click();
  going.remove();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
});

// Answers may come along from the estimator, in the fragment; none of them stays in the address.
if (/^#(?:\d{1,4}\.|[a-z_\d]+=)/.test(location.hash)) {
  const carried = location.hash.slice(1);
  history.replaceState(history.state, '', location.pathname + location.search);
  take(() => fromFragment(carried, data.link));
  find(document, '#case', HTMLElement).scrollIntoView();
}

beginOnTouch(client, find(document, '#case', HTMLElement));

// alive.js waits for this.
document.documentElement.dataset.alive = '';
