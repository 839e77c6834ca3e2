// @ts-check
/**
 * Runs the exercise's chapters and the estimator's requests, in an interpreter with or without marks, in Node or in a worker.
 *
 * @typedef {{glue: any, wasm: WebAssembly.Module, archives: {exercise: {path: string, bytes: Uint8Array}[], estimator: {path: string, bytes: Uint8Array}[]}, requests: [string, string][],
 *   marks: {at: number, count: number}}} Work  `marks`: where the module notes what it read; a count of 0 where it does not
 * @typedef {{functions: number[], read: number[], answers: Record<string, string[]>, trapped: string[]}} Findings
 */
import { PythonError, TrapError, open, start } from '../loader.mjs';

/**
 * @param {Work} work
 * @returns {Promise<Findings>}
 */
export async function run({ glue, wasm, archives, requests, marks }) {
  /** @type {Set<number>} */
  const called = new Set();
  /** @type {Set<number>} */
  const read = new Set();
  /** @type {Record<string, string[]>} */
  const answers = {};
  /** @type {string[]} */
  const trapped = [];
  for (const which of /** @type {('exercise' | 'estimator')[]} */ (['exercise', 'estimator'])) {
    const files = archives[which];
    /** @type {any} */
    let exports = {};
    const boot = async () => {
      const interpreter = await start(glue, wasm, files);
      exports = interpreter.exports;
      return open(interpreter);
    };
    const collect = () => {
      for (let number = 0; exports[`p${number}`]; number++) if (exports[`p${number}`].value) called.add(number);
      new Uint8Array(exports.memory.buffer, marks.at, marks.count).forEach((mark, number) => { if (mark) read.add(number); });
    };
    let handle = await boot();
    const asked = /** @type {[string, string][]} */ (which === 'exercise' ? JSON.parse(handle('chapters', '')).map((/** @type {string} */ name) => [name, '']) : requests);
    for (const [kind, payload] of asked) {
      const key = which === 'exercise' ? kind : 'requests';
      try {
        const answer = handle(kind, payload);
        if (which === 'exercise') answers[key] = JSON.parse(answer).map((/** @type {unknown} */ each) => JSON.stringify(each));
        else (answers[key] ??= []).push(answer);
      } catch (error) {
        (answers[key] ??= []).push(String(error));
        if (!(error instanceof PythonError)) {
          trapped.push(`${key}: ${error instanceof TrapError ? error.detail : error}`);
          collect();
          handle = await boot();
          if (which === 'estimator') handle(...asked[0]);
        }
      }
    }
    collect();
  }
  return { functions: sorted(called), read: sorted(read), answers, trapped };
}

/** @param {Set<number>} numbers */
function sorted(numbers) {
  return [...numbers].sort((a, b) => a - b);
}
