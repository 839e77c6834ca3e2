// @ts-check
/**
 * Runs `python/inside.py` in Pyodide under Node: `node compile.mjs PACKAGE FOLDER TASK`.
 *
 * FOLDER/in is copied into Python's file system as /in, TASK is a function of inside.py, and /out is copied back to
 * FOLDER/out. PACKAGE is the folder of the npm package.
 */
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { start } from './loader.mjs';

const [packageFolder, folder, task] = process.argv.slice(2);
const read = (/** @type {string} */ name) => new Uint8Array(fs.readFileSync(path.join(packageFolder, name)));

const interpreter = await start(
  await import(pathToFileURL(path.resolve(packageFolder, 'pyodide.asm.mjs')).href),
  await WebAssembly.compile(read('pyodide.asm.wasm')),
  [{ path: '/lib/python314.zip', bytes: read('python_stdlib.zip') }],
);
const { FS, stringToNewUTF8, _PyRun_SimpleString: runString } = interpreter.module;

FS.mkdirTree('/out');
for (const entry of fs.readdirSync(path.join(folder, 'in'), { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const from = path.join(entry.parentPath ?? entry.path, entry.name);
  const to = '/' + path.relative(folder, from).split(path.sep).join('/');
  FS.mkdirTree(path.posix.dirname(to));
  FS.writeFile(to, new Uint8Array(fs.readFileSync(from)));
}
const failed =
  runString(stringToNewUTF8('import sys; before = sorted(sys.modules)')) ||
  runString(stringToNewUTF8('import json; json.dump(before, open("/in/before.json", "w"))')) ||
  runString(stringToNewUTF8(fs.readFileSync(path.join(import.meta.dirname, 'python/inside.py'), 'utf8') + `\n${task}()\n`));
if (failed) {
  process.stderr.write(interpreter.printed.join('\n') + '\n');
  process.exit(1);
}
fs.mkdirSync(path.join(folder, 'out'), { recursive: true });
for (const name of FS.readdir('/out').filter((/** @type {string} */ each) => !each.startsWith('.'))) {
  fs.writeFileSync(path.join(folder, 'out', name), FS.readFile(`/out/${name}`));
}
// The interpreter keeps Node alive, and there is nothing left for it to do.
process.exit(0);
