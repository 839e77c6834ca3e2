// @ts-check
/**
 * Runs scripts of `python/` in Pyodide under Node: `node compile.mjs PACKAGE FOLDER SCRIPT[:FUNCTION]...`
 *
 * Each script is run, and its FUNCTION called, in an interpreter of its own: what one has done must not show in the bytes that
 * the next one makes. FOLDER/in is there as /in, with what the scripts before have made; what they leave in /out is copied
 * to FOLDER/out. PACKAGE is the folder of the npm package.
 */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { start } from './loader.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const [packageFolder, folder, ...scripts] = process.argv.slice(2);
const read = (/** @type {string} */ name) => new Uint8Array(fs.readFileSync(path.join(packageFolder, name)));
const wasm = await WebAssembly.compile(read('pyodide.asm.wasm'));
const glue = await import(pathToFileURL(path.resolve(packageFolder, 'pyodide.asm.mjs')).href);
const library = { path: '/lib/python314.zip', bytes: read('python_stdlib.zip') };

/** @type {Map<string, Uint8Array>} */
const files = new Map();
for (const name of /** @type {string[]} */ (fs.readdirSync(path.join(folder, 'in'), { recursive: true })).sort()) {
  const from = path.join(folder, 'in', name);
  if (fs.statSync(from).isFile()) files.set(path.posix.join('/in', ...name.split(path.sep)), new Uint8Array(fs.readFileSync(from)));
}
fs.mkdirSync(path.join(folder, 'out'), { recursive: true });

for (const [script, task] of scripts.map((each) => each.split(':'))) {
  const interpreter = await start(glue, wasm, [library]);
  const { FS, stringToNewUTF8, _PyRun_SimpleString: runString } = interpreter.module;
  FS.mkdirTree('/out');
  for (const [name, bytes] of files) {
    FS.mkdirTree(path.posix.dirname(name));
    FS.writeFile(name, bytes);
  }
  const source = fs.readFileSync(path.join(here, 'python', script), 'utf8');
  if (runString(stringToNewUTF8(`${source}\n${task ? `${task}()` : ''}\n`))) {
    process.stderr.write(interpreter.printed.join('\n') + '\n');
    process.exit(1);
  }
  for (const name of FS.readdir('/out').filter((/** @type {string} */ each) => !each.startsWith('.'))) {
    const bytes = FS.readFile(`/out/${name}`);
    fs.writeFileSync(path.join(folder, 'out', name), bytes);
    // A module that was made stands beside those that stand in.
    files.set(name.endsWith('.py') ? `/in/standins/${name}` : `/in/${name}`, bytes);
  }
}
// The interpreters keep Node alive, and there is nothing left for them to do.
process.exit(0);
