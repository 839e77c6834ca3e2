// Runs the rewritten estimator in MicroPython and answers requests.
//
//   node tests/micropython_host.mjs SOURCES.json < requests > answers
//
// SOURCES.json holds file name → text (bench/micropython.py). Requests and answers are lines of JSON as in pyodide_host.mjs.
import { readFileSync } from "node:fs";
import { loadMicroPython } from "@micropython/micropython-webassembly-pyscript/micropython.mjs";
import { start } from "../bench/page/micropython-start.mjs";

const lines = readFileSync(0, "utf8").split("\n").filter(Boolean);
const handle = await start(loadMicroPython, undefined, JSON.parse(readFileSync(process.argv[2], "utf8")));
const out = lines.map((line) => {
  const [kind, payload] = JSON.parse(line);
  try {
    return JSON.stringify(handle(kind, payload));
  } catch (error) {
    return JSON.stringify({ raised: error.type ?? String(error) });
  }
});
process.stdout.write(out.join("\n"));
