// MicroPython with the same estimator, its source rewritten ahead (bench/micropython.py). A lower bound for an interpreter, not a
// competitor: what the estimator does not need for a score is left out. Everything is asked for side by side.
const glue = import('./micropython/micropython.mjs');
const wasm = fetch('./micropython/micropython.wasm').then((answer) => answer.blob());
const own = import('./micropython-start.mjs');

self.addEventListener('message', async ({ data: { id, kind, payload } }) => {
  try {
    if (kind === 'start') {
      const { sources, rules } = JSON.parse(payload);
      const files = [fetch(sources).then((answer) => answer.json()), fetch(rules).then((answer) => answer.text())];
      const url = URL.createObjectURL(await wasm);
      self.handle = await (await own).start((await glue).loadMicroPython, url, files[0]);
      self.handle('load', await files[1]);
      self.postMessage({ id, kind: 'ready', payload: '{}' });
    } else {
      self.postMessage({ id, kind: 'answer', payload: self.handle(kind, payload) });
    }
  } catch (error) {
    self.postMessage({ id, kind: 'failed', payload: String(error) });
  }
});
