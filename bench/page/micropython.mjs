// MicroPython. It has no dataclasses, so the estimator itself cannot run: this is the nearest thing, an interpreter that reads the
// same rules and adds up what is picked from lists and what is yes or no (bench/page/sum.py). A lower bound, not a competitor.
import { loadMicroPython } from './micropython/micropython.mjs';

self.addEventListener('message', async ({ data: { id, kind, payload } }) => {
  try {
    if (kind === 'start') {
      const { program, rules } = JSON.parse(payload);
      const files = [fetch(program).then((answer) => answer.text()), fetch(rules).then((answer) => answer.text())];
      const python = await loadMicroPython({ heapsize: 8 * 1024 * 1024 });
      python.runPython(await files[0]);
      self.total = python.globals.get('total');
      python.globals.get('load')(await files[1]);
      self.postMessage({ id, kind: 'ready', payload: '{}' });
    } else {
      self.postMessage({ id, kind: 'answer', payload: self.total(payload) });
    }
  } catch (error) {
    self.postMessage({ id, kind: 'failed', payload: String(error) });
  }
});
