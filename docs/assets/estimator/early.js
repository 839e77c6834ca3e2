// @ts-check
// A classic script in front of the page's style and modules. Whoever comes with answers in the address waits for their score: Python
// begins to load while the page and its modules are still on their way. main.mjs takes this worker over and asks it to start
// as it would any other; a worker answers that again, so nothing is lost of what it said before anybody listened.
(() => {
  const script = document.currentScript;
  const start = document.getElementById('estimator-start');
  const { connection } = /** @type {{connection?: {saveData?: boolean}}} */ (navigator);
  if (!(script instanceof HTMLScriptElement && start) || connection?.saveData || !location.hash.includes('=')) return;
  const scope = /** @type {import('./types').EarlyScope} */ (globalThis);
  try {
    const worker = new Worker(new URL('worker.mjs', script.src), { type: 'module', name: 'estimator' });
    worker.addEventListener('error', () => delete scope.estimatorWorker);
    const app = new URL('../../', script.src).href;
    worker.postMessage({ id: 0, kind: 'start', payload: JSON.stringify({ app, ...JSON.parse(start.textContent), variant: 'small' }) });
    scope.estimatorWorker = worker;
  } catch {
    // main.mjs will meet the same, and says it
  }
})();
