// @ts-check
/** Runs a session in a browser's module worker, with the files that lie beside it. */
import { run } from './session.mjs';

const archive = async (/** @type {string} */ name) => [
  { path: '/lib/python314.zip', bytes: new Uint8Array(await (await fetch(name)).arrayBuffer()) },
];
try {
  const [glue, wasm, exercise, estimator, requests, marks] = await Promise.all([
    import('../host.mjs'),
    WebAssembly.compileStreaming(fetch('python.wasm')),
    archive('exercise.zip'),
    archive('estimator.zip'),
    fetch('requests.json').then((response) => response.json()),
    fetch('marks.json').then((response) => response.json()),
  ]);
  const { functions, read, trapped } = await run({ glue, wasm, archives: { exercise, estimator }, requests, marks });
  postMessage({ functions, read, trapped });
} catch (error) {
  postMessage({ failure: String(error) });
}
