// The package as it comes, with the same estimator: loadPyodide, the estimator's own .py files in an archive, the rules.
import { loadPyodide } from './pyodide/pyodide.mjs';

self.addEventListener('message', async ({ data: { id, kind, payload } }) => {
  try {
    if (kind === 'start') {
      const { archive, rules } = JSON.parse(payload);
      const files = [fetch(archive).then((answer) => answer.arrayBuffer()), fetch(rules).then((answer) => answer.text())];
      const python = await loadPyodide();
      python.unpackArchive(await files[0], 'zip');
      self.handle = python.runPython('from estimator.entry import handle; handle');
      self.handle('load', await files[1]);
      self.postMessage({ id, kind: 'ready', payload: '{}' });
    } else {
      self.postMessage({ id, kind: 'answer', payload: self.handle(kind, payload) });
    }
  } catch (error) {
    self.postMessage({ id, kind: 'failed', payload: String(error) });
  }
});
