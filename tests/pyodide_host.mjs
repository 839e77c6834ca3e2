// Runs the estimator in the stock Pyodide and answers requests.
//
//   node tests/pyodide_host.mjs FOLDER < requests > answers
//
// FOLDER holds estimator/. A request is a line of JSON: [kind, payload]. The answer is a line of JSON: the text that
// `handle` returned, or {"raised": "the kind of exception"}.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadPyodide } from "pyodide";

// Before Pyodide starts: it makes standard input non-blocking.
const lines = readFileSync(0, "utf8").split("\n").filter(Boolean);
const folder = join(process.argv[2], "estimator");
const pyodide = await loadPyodide({ env: { PYTHONDONTWRITEBYTECODE: "1" } });
pyodide.FS.mkdirTree("/app/estimator");
for (const name of readdirSync(folder).filter((name) => name.endsWith(".py"))) {
  pyodide.FS.writeFile(`/app/estimator/${name}`, readFileSync(join(folder, name)));
}
pyodide.runPython("import sys; sys.path.insert(0, '/app')");
const handle = pyodide.pyimport("estimator.entry").handle;
const out = lines.map((line) => {
  const [kind, payload] = JSON.parse(line);
  try {
    return JSON.stringify(handle(kind, payload));
  } catch (error) {
    return JSON.stringify({ raised: error.type ?? String(error) });
  }
});
process.stdout.write(out.join("\n"));
