// Starts MicroPython with the rewritten estimator (bench/micropython.py) where it looks for modules, and gives the one function.
/**
 * @param {any} loadMicroPython the package's own
 * @param {string | undefined} url of its wasm; without one it finds it by itself
 * @param {Promise<Record<string, string>>} sources file name → text
 * @returns {Promise<(kind: string, payload: string) => string>}
 */
export async function start(loadMicroPython, url, sources) {
  const python = await loadMicroPython({ url, heapsize: 8 * 1024 * 1024, pystack: 16 * 1024 });
  for (const [name, text] of Object.entries(await sources)) {
    const path = `/lib/${name}`;
    python.FS.mkdirTree(path.slice(0, path.lastIndexOf('/')));
    python.FS.writeFile(path, text);
  }
  python.runPython('from estimator.entry import handle');
  return python.globals.get('handle');
}
