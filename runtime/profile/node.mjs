// @ts-check
/**
 * Runs a session under Node: `node node.mjs WORK OUT`. WORK is JSON: {glue, wasm, archives: {exercise, estimator}, requests, marks}
 * as in session.mjs, with names of files where that has their content; an archive is a list of [path, file].
 */
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { run } from './session.mjs';

const [work, out] = process.argv.slice(2);
const { glue, wasm, archives, requests, marks } = JSON.parse(fs.readFileSync(work, 'utf8'));
const bytes = (/** @type {string} */ name) => new Uint8Array(fs.readFileSync(name));
const files = (/** @type {[string, string][]} */ list) => list.map(([at, name]) => ({ path: at, bytes: bytes(name) }));
const findings = await run({
  glue: await import(pathToFileURL(path.resolve(glue)).href),
  wasm: await WebAssembly.compile(bytes(wasm)),
  archives: { exercise: files(archives.exercise), estimator: files(archives.estimator) },
  requests,
  marks,
});
fs.writeFileSync(out, JSON.stringify(findings));
// An interpreter started by the package's own glue keeps Node alive.
process.exit(0);
