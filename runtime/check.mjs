// @ts-check
/** Starts the small runtime under Node and opens the estimator's door, or says why it cannot: `node check.mjs GLUE WASM ARCHIVE`. */
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { open, start } from './loader.mjs';

const [glue, wasm, archive] = process.argv.slice(2);
const bytes = (/** @type {string} */ name) => new Uint8Array(fs.readFileSync(name));
try {
  const interpreter = await start(
    await import(pathToFileURL(path.resolve(glue)).href),
    await WebAssembly.compile(bytes(wasm)),
    [{ path: '/lib/python314.zip', bytes: bytes(archive) }],
  );
  await open(interpreter);
} catch (error) {
  process.stderr.write(String(error));
  process.exit(1);
}
process.exit(0);
