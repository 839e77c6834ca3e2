// Times each request of standard input ([[kind, payload], …]) in Pyodide and prints the milliseconds as JSON.
import { readdirSync, readFileSync } from 'node:fs';
import { loadPyodide } from 'pyodide';

const asked = JSON.parse(readFileSync(0, 'utf8'));
const python = await loadPyodide();
python.FS.mkdirTree('/lib/ours/estimator');
for (const name of readdirSync('estimator')) {
  if (name.endsWith('.py') && name !== '__main__.py') {
    python.FS.writeFile(`/lib/ours/estimator/${name}`, readFileSync(`estimator/${name}`));
  }
}
const handle = python.runPython('import sys; sys.path.insert(0, "/lib/ours"); from estimator.entry import handle; handle');
handle('load', readFileSync('estimator/data/rulebook.json', 'utf8'));
const times = asked.map(([kind, payload]) => {
  const begun = performance.now();
  handle(kind, payload);
  return performance.now() - begun;
});
console.log(JSON.stringify(times));
