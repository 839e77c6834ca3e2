// node hooks/bundle.mjs FOLDER ENTRY… → JSON text {files: {path: text}, taken: [path]}
//
// Each entry with everything that it imports in it, and its map; and what need not be there by itself any more. One file is one
// way there and back, and compresses to half of what thirty do. The map has the sources in it: whoever wants to check what the
// page does reads them in the browser's tools. What is imported only when it is needed (`import()`) stays a file of its own.
import { relative } from 'node:path';
import { build } from 'esbuild';

const [folder, ...entries] = process.argv.slice(2);
const built = await Promise.all(entries.map((entry) => build({
  absWorkingDir: folder,
  entryPoints: [entry],
  outfile: entry,
  allowOverwrite: true,
  write: false,
  metafile: true,
  bundle: true,
  minify: true,
  sourcemap: 'linked',
  format: 'esm',
  charset: 'utf8',
  target: 'esnext',
  logLevel: 'error',
  plugins: [{
    name: 'kept apart',
    setup: ({ onResolve }) => onResolve({ filter: /./ }, ({ kind, path }) => (kind === 'dynamic-import' ? { path, external: true } : undefined)),
  }],
})));
const files = built.flatMap(({ outputFiles }) => outputFiles.map(({ path, text }) => [relative(folder, path), text]));
const taken = new Set(built.flatMap(({ metafile }) => Object.keys(metafile.inputs)));
process.stdout.write(JSON.stringify({ files: Object.fromEntries(files), taken: [...taken].filter((path) => !entries.includes(path)).sort() }));
