// @ts-check
/**
 * What CPython's WebAssembly module asks of its surroundings, as far as the small runtime needs it: a few read-only files,
 * two streams to print to, a clock and the environment. It stands in for Pyodide's glue, which is 1.2 MB because it can do
 * everything; this can do little, and whatever it cannot do throws, so that the request runs again in the complete runtime.
 *
 * The numbers are those of Emscripten's and WASI's interfaces (error numbers, flags, offsets inside structures).
 */

const E = { badFile: 8, invalid: 28, isFolder: 31, noEntry: 44, noFolder: 54, noTerminal: 59, readOnly: 69 };
const FOLDER = 0o040555;
const FILE = 0o100444;
const STREAM = 0o020666;
const PAGE = 65536;

/**
 * @typedef {{
 *   files: {path: string, bytes: Uint8Array}[],
 *   env: Record<string, string>,
 *   thisProgram: string,
 *   arguments: string[],
 *   print: (line: string) => void,
 *   instantiateWasm: (imports: any, ready: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void) => object,
 * }} Settings  those of Emscripten's modules that are used here, so that the loader treats both alike
 */

/** @param {Settings} settings */
export default async function host({ files, env, thisProgram, arguments: options, print, instantiateWasm }) {
  /** @type {WebAssembly.Instance['exports'] & Record<string, any>} */
  let wasm = {};
  // A growing memory leaves views on the old one behind, empty; each is made again when that has happened.
  let heap = new Uint8Array(0);
  let view = new DataView(heap.buffer);
  const look = () => {
    if (heap.buffer !== wasm.memory.buffer) {
      heap = new Uint8Array(wasm.memory.buffer);
      view = new DataView(wasm.memory.buffer);
    }
    return view;
  };
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  const text = (/** @type {number} */ at) => {
    look();
    at >>>= 0;
    return decoder.decode(heap.subarray(at, heap.indexOf(0, at)));
  };
  const write = (/** @type {string} */ string, /** @type {number} */ at) => {
    look();
    at >>>= 0;
    const bytes = encoder.encode(string + '\0');
    heap.set(bytes, at);
    return bytes.length;
  };

  /** @type {Map<string, Uint8Array>} */
  const contents = new Map(files.map(({ path, bytes }) => [path, bytes]));
  const folders = new Set(['/']);
  for (const { path } of files) {
    for (let end = path.indexOf('/', 1); end > 0; end = path.indexOf('/', end + 1)) folders.add(path.slice(0, end));
  }
  /** @type {(at: number) => string} */
  const path = (at) => {
    const parts = /** @type {string[]} */ ([]);
    for (const part of text(at).split('/')) {
      if (part === '..') parts.pop();
      else if (part && part !== '.') parts.push(part);
    }
    return '/' + parts.join('/');
  };
  const missing = (/** @type {string} */ name) => {
    for (let end = name.lastIndexOf('/'); end > 0; end = name.lastIndexOf('/', end - 1)) {
      if (contents.has(name.slice(0, end))) return -E.noFolder;
    }
    return -E.noEntry;
  };

  /** @type {({bytes: Uint8Array | null, at: number, line: string} | undefined)[]} */
  const open = [0, 1, 2].map(() => ({ bytes: null, at: 0, line: '' }));

  const stat = (/** @type {number} */ at, /** @type {number} */ mode, /** @type {number} */ size, /** @type {number} */ inode) => {
    look();
    at >>>= 0;
    heap.fill(0, at, at + 96);
    view.setUint32(at, 1, true);
    view.setUint32(at + 4, mode, true);
    view.setUint32(at + 8, 1, true);
    view.setBigInt64(at + 24, BigInt(size), true);
    view.setInt32(at + 32, 4096, true);
    view.setInt32(at + 36, Math.ceil(size / 4096), true);
    view.setBigInt64(at + 88, BigInt(inode), true);
    return 0;
  };
  const statPath = (/** @type {number} */ name, /** @type {number} */ at) => {
    const wanted = path(name);
    const bytes = contents.get(wanted);
    if (bytes) return stat(at, FILE, bytes.length, 1 + [...contents.keys()].indexOf(wanted));
    if (folders.has(wanted)) return stat(at, FOLDER, 4096, 1000 + [...folders].indexOf(wanted));
    return missing(wanted);
  };
  /** @param {number} at  a `struct tm`  @param {Date} date  @param {boolean} local */
  const brokenDown = (at, date, local) => {
    // Shifted so that the UTC fields read as local ones.
    const offset = local ? -date.getTimezoneOffset() : 0;
    const shifted = new Date(date.getTime() + offset * 60_000);
    const year = shifted.getUTCFullYear();
    const fields = [
      shifted.getUTCSeconds(), shifted.getUTCMinutes(), shifted.getUTCHours(), shifted.getUTCDate(), shifted.getUTCMonth(),
      year - 1900, shifted.getUTCDay(), Math.floor((shifted.getTime() - Date.UTC(year, 0, 1)) / 86_400_000),
    ];
    look();
    at >>>= 0;
    fields.forEach((field, index) => view.setInt32(at + 4 * index, field, true));
    if (local) {
      const [winter, summer] = seasons(date.getFullYear());
      view.setInt32(at + 32, Number(winter !== summer && -offset === Math.min(winter, summer)), true);
      view.setInt32(at + 36, offset * 60, true);
    }
  };
  const seasons = (/** @type {number} */ year) => [0, 6].map((month) => new Date(year, month, 1).getTimezoneOffset());
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);

  /** @type {Record<string, (...values: any[]) => any>} */
  const functions = {
    // Reading files
    __syscall_openat(_folder, name, flags) {
      const wanted = path(name);
      const bytes = contents.get(wanted);
      const mayWrite = flags & 3;
      const folderOnly = flags & 0o200000;
      if (mayWrite) return -E.readOnly;
      if (!bytes) return folders.has(wanted) ? -E.isFolder : missing(wanted);
      if (folderOnly) return -E.noFolder;
      let fd = open.findIndex((file) => !file);
      if (fd < 0) fd = open.length;
      open[fd] = { bytes, at: 0, line: '' };
      return fd;
    },
    __syscall_stat64: statPath,
    __syscall_lstat64: statPath,
    __syscall_fstat64(fd, at) {
      const file = open[fd];
      if (!file) return -E.badFile;
      if (!file.bytes) return stat(at, STREAM, 0, 2000 + fd);
      return stat(at, FILE, file.bytes.length, 1 + [...contents.values()].indexOf(file.bytes));
    },
    __syscall_readlinkat(_folder, name) {
      const wanted = path(name);
      return contents.has(wanted) || folders.has(wanted) ? -E.invalid : missing(wanted);
    },
    __syscall_getcwd(at, size) {
      return size < 2 ? -E.invalid : write('/', at);
    },
    __syscall_fcntl64(fd, command) {
      if (!open[fd]) return -E.badFile;
      // 1 and 2: close-on-exec, which means nothing here; 3: the flags it was opened with.
      return command === 1 || command === 2 || command === 3 ? 0 : -E.invalid;
    },
    __syscall_ioctl(fd) {
      return open[fd] ? -E.noTerminal : -E.badFile;
    },
    _try_fcntl64: () => 0,
    fd_close(fd) {
      if (!open[fd]) return E.badFile;
      open[fd] = undefined;
      return 0;
    },
    fd_fdstat_get(fd, at) {
      const file = open[fd];
      if (!file) return E.badFile;
      look();
      at >>>= 0;
      heap.fill(0, at, at + 24);
      heap[at] = file.bytes ? 4 : 2;
      return 0;
    },
    fd_read(fd, vectors, count, done) {
      const file = open[fd];
      if (!file) return E.badFile;
      look();
      let total = 0;
      for (let index = 0; index < count; index++) {
        const at = view.getUint32((vectors >>> 0) + 8 * index, true);
        const size = view.getUint32((vectors >>> 0) + 8 * index + 4, true);
        const part = file.bytes ? file.bytes.subarray(file.at, file.at + size) : heap.subarray(0, 0);
        heap.set(part, at);
        file.at += part.length;
        total += part.length;
        if (part.length < size) break;
      }
      view.setUint32(done >>> 0, total, true);
      return 0;
    },
    fd_write(fd, vectors, count, done) {
      const file = open[fd];
      if (!file || file.bytes) return E.badFile;
      look();
      let total = 0;
      for (let index = 0; index < count; index++) {
        const at = view.getUint32((vectors >>> 0) + 8 * index, true);
        const size = view.getUint32((vectors >>> 0) + 8 * index + 4, true);
        file.line += decoder.decode(heap.subarray(at, at + size));
        total += size;
      }
      const lines = file.line.split('\n');
      file.line = lines.pop() ?? '';
      lines.forEach(print);
      view.setUint32(done >>> 0, total, true);
      return 0;
    },
    fd_seek(fd, offset, whence, result) {
      const file = open[fd];
      if (!file?.bytes) return file ? E.invalid : E.badFile;
      const at = Number(offset) + [0, file.at, file.bytes.length][whence];
      if (!(at >= 0)) return E.invalid;
      file.at = at;
      look().setBigInt64(result >>> 0, BigInt(at), true);
      return 0;
    },

    // The environment
    environ_sizes_get(count, size) {
      look();
      view.setUint32(count >>> 0, variables.length, true);
      view.setUint32(size >>> 0, variables.reduce((sum, each) => sum + encoder.encode(each).length + 1, 0), true);
      return 0;
    },
    environ_get(pointers, at) {
      for (const variable of variables) {
        look().setUint32(pointers >>> 0, at, true);
        pointers += 4;
        at += write(variable, at);
      }
      return 0;
    },
    _emscripten_get_progname(at) {
      write(thisProgram, at);
    },
    _Py_emscripten_runtime() {
      const name = 'module worker';
      const at = wasm.malloc(name.length + 1);
      if (at) write(name, at);
      return at;
    },

    // Time and chance
    emscripten_date_now: () => Date.now(),
    emscripten_get_now: () => performance.now(),
    clock_time_get(clock, _precision, at) {
      if (clock > 3) return E.invalid;
      const milliseconds = clock === 0 ? Date.now() : performance.now();
      look().setBigInt64(at >>> 0, BigInt(Math.round(milliseconds * 1e6)), true);
      return 0;
    },
    clock_res_get(clock, at) {
      if (clock > 3) return E.invalid;
      look().setBigInt64(at >>> 0, 1_000_000n, true);
      return 0;
    },
    _gmtime_js: (seconds, at) => brokenDown(at, new Date(Number(seconds) * 1000), false),
    _localtime_js: (seconds, at) => brokenDown(at, new Date(Number(seconds) * 1000), true),
    _tzset_js(offset, changes, standardName, summerName) {
      const [winter, summer] = seasons(new Date().getFullYear());
      const standard = Math.max(winter, summer);
      look().setInt32(offset >>> 0, standard * 60, true);
      view.setInt32(changes >>> 0, Number(winter !== summer), true);
      const name = (/** @type {number} */ minutes) => {
        const digits = String(Math.floor(Math.abs(minutes) / 60) * 100 + (Math.abs(minutes) % 60)).padStart(4, '0');
        return `UTC${minutes > 0 ? '-' : '+'}${digits}`;
      };
      write(name(standard), standardName);
      write(name(Math.min(winter, summer)), summerName);
    },
    random_get(at, size) {
      look();
      at >>>= 0;
      // The browser gives at most 65,536 bytes at a time.
      for (let done = 0; done < size; done += PAGE) crypto.getRandomValues(heap.subarray(at + done, at + Math.min(size, done + PAGE)));
      return 0;
    },

    // The engine
    emscripten_resize_heap(wanted) {
      wanted >>>= 0;
      const now = wasm.memory.buffer.byteLength;
      // A fifth more than asked for, so that growing does not become a habit; then just what was asked for.
      for (const size of [Math.max(wanted, Math.min(now * 1.2, wanted + 96 * 1024 * 1024)), wanted]) {
        try {
          wasm.memory.grow(Math.ceil((size - now) / PAGE));
          return 1;
        } catch {
          continue;
        }
      }
      return 0;
    },
    _PyEM_TrampolineCall_JS: (target, first, second, third) => wasm.__indirect_function_table.get(target)(first, second, third),
    _Py_CheckEmscriptenSignals_Helper: () => 0,
    __hiwire_deduplicate_new: () => new Map(),
    emscripten_runtime_keepalive_push() {},
    emscripten_runtime_keepalive_pop() {},
  };
  const environment = new Proxy(functions, {
    get: (known, name) => known[/** @type {string} */ (name)] ?? (() => { throw new Error(`the host has no ${String(name)}`); }),
    has: () => true,
  });
  const nullPointers = new Proxy({}, {
    get: () => new WebAssembly.Global({ value: 'i32', mutable: true }, 0),
    has: () => true,
  });

  const instance = await new Promise((resolve) => {
    instantiateWasm(
      { env: environment, wasi_snapshot_preview1: environment, 'GOT.func': nullPointers, 'GOT.mem': nullPointers },
      resolve,
    );
  });
  wasm = instance.exports;
  wasm.__wasm_call_ctors();
  const words = [thisProgram, ...options].map((word) => {
    const at = wasm.malloc(encoder.encode(word).length + 1);
    write(word, at);
    return at;
  });
  const list = wasm.malloc(4 * (words.length + 1));
  [...words, 0].forEach((word, index) => look().setUint32(list + 4 * index, word, true));
  const status = wasm.__main_argc_argv(words.length, list);
  if (status) throw new Error(`Python's start ended with ${status}`);
  return {};
}
