// @ts-check
/**
 * The worker: Python, the estimator and the rules, behind messages of `{id, kind, payload}` with JSON text.
 *
 * @typedef {import('./types').Message} Message
 * @typedef {import('./types').Start} Start
 * @typedef {import('./types').FileRecord} FileRecord
 */
import { LoadError, PythonError, TrapError, boot } from './loader.mjs';

const scope = /** @type {DedicatedWorkerGlobalScope} */ (/** @type {unknown} */ (self));
/** @type {import('./loader.mjs').Runtime | undefined} */
let runtime;
/** What it was last asked to start with. */
let asked = '';
/** @type {Promise<import('./types').Ready> | undefined} */
let beginning;
/** How often it was asked to start. */
let asking = 0;

/** @param {number} id @param {string} kind @param {unknown} content */
const post = (id, kind, content) => {
  /** @type {Message} */
  const message = { id, kind, payload: typeof content === 'string' ? content : JSON.stringify(content) };
  scope.postMessage(message);
};

/** @param {number} id @param {unknown} error */
function report(id, error) {
  if (error instanceof LoadError) post(id, 'failed', { code: error.code, file: error.file, detail: error.detail });
  else if (error instanceof TrapError) post(id, 'failed', { code: 'trap', file: '', detail: error.detail });
  else if (error instanceof PythonError) post(id, 'failed', { code: 'bug', file: '', detail: error.message });
  else post(id, 'failed', { code: 'bug', file: '', detail: String(error) });
}

/**
 * Fetches the rules and makes sure that they are the page's own.
 *
 * @param {string} app
 * @param {FileRecord} record
 * @returns {Promise<string>}
 */
async function fetchRules(app, record) {
  /** @type {ArrayBuffer} */
  let bytes;
  try {
    const response = await fetch(new URL(record.file, app), { credentials: 'same-origin' });
    if (!response.ok) throw new LoadError('network', record.file, `status ${response.status}`);
    bytes = await response.arrayBuffer();
  } catch (error) {
    throw error instanceof LoadError ? error : new LoadError('network', record.file, String(error));
  }
  if (bytes.byteLength !== record.bytes) throw new LoadError('hash', record.file, `${bytes.byteLength} bytes`);
  if (globalThis.crypto?.subtle) {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    const found = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
    if (found !== record.sha256) throw new LoadError('hash', record.file, `SHA-256 ${found}`);
  }
  return new TextDecoder().decode(bytes);
}

/**
 * Loads everything.
 *
 * @param {Start} start
 * @returns {Promise<import('./types').Ready>}
 */
async function begin({ app, runtime: manifest, variant, rules: record }) {
  let shown = -Infinity;
  const [rules, loaded] = await Promise.all([
    fetchRules(app, record),
    boot({
      base: new URL('runtime/', app),
      manifest,
      variant,
      onProgress({ loaded: bytes, total }) {
        // A message for each chunk would be hundreds, and each moves something in the page; ten a second are what can be seen.
        const now = performance.now();
        if (bytes < total && now - shown < 100) return;
        shown = now;
        post(0, 'progress', { step: 'files', loaded: bytes, total });
        if (bytes === total) post(0, 'progress', { step: 'python', loaded: total, total });
      },
    }),
  ]);
  post(0, 'progress', { step: 'rules', loaded: record.bytes, total: record.bytes });
  const { name, hash } = JSON.parse(loaded.handle('load', rules)).ok;
  runtime = loaded;
  const { bytes, milliseconds } = loaded.diagnostics;
  return { name, hash, variant, bytes, milliseconds };
}

scope.addEventListener('message', (event) => {
  const { id, kind, payload } = /** @type {Message} */ (event.data);
  if (kind === 'start') {
    // Asked twice, where nobody listened yet at the first time (early.js): loaded once, and told to whoever asked last.
    if (payload !== asked) beginning = begin(JSON.parse(payload));
    asked = payload;
    const mine = ++asking;
    beginning?.then(
      (ready) => mine === asking && post(0, 'ready', ready),
      (error) => mine === asking && report(0, error),
    );
    return;
  }
  try {
    if (!runtime) throw new Error('not started');
    post(id, 'answer', runtime.handle(kind, payload));
  } catch (error) {
    report(id, error);
  }
});
