// Starts one worker with the task of the page, and notes when its result came: window.result = {text, at}.
const { worker: name, start, payload } = JSON.parse(document.querySelector('#task')?.textContent ?? '');
const worker = new Worker(name, { type: 'module' });
const done = (/** @type {string} */ text) => Object.assign(window, { result: { text, at: performance.now() } });
worker.addEventListener('error', (event) => done(`failed: ${event.message}`));
worker.addEventListener('message', ({ data }) => {
  if (data.kind === 'ready') worker.postMessage({ id: 1, kind: 'score', payload });
  else if (data.kind === 'answer') done(data.payload);
  else if (data.kind === 'failed') done(`failed: ${data.payload}`);
});
worker.postMessage({ id: 0, kind: 'start', payload: start });
