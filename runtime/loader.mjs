// @ts-check
/**
 * Loads and starts Python in a module worker: fetches the files of one variant side by side, checks each against the
 * manifest before it is used, starts the interpreter, and hands back one function that takes and gives JSON text.
 *
 * Python is called through CPython's own C functions, which the WebAssembly module exports. Pyodide's layer of proxies
 * between the two languages is not started: only text crosses here, and that layer would triple the start.
 *
 * @typedef {{file: string, bytes: number, sha256: string}} FileRecord  `file` is relative to `base`; `bytes` is its size
 *   before any content encoding.
 * @typedef {FileRecord & {path: string}} ArchiveRecord  `path` is its place in Python's file system.
 * @typedef {{glue: FileRecord, wasm: FileRecord, archives: ArchiveRecord[]}} Variant
 * @typedef {{format: number, pyodide: string, python: string, variants: Record<string, Variant>}} Manifest
 * @typedef {{loaded: number, total: number}} Progress  bytes, before content encoding
 * @typedef {{variant: string, checked: boolean, bytes: number, milliseconds: Record<string, number>}} Diagnostics
 *   `checked` is false where the browser offers no SubtleCrypto (a page that is not a secure context); `milliseconds`
 *   counts from the call of `boot` to the end of each step.
 * @typedef {{handle: (kind: string, payload: string) => string, diagnostics: Diagnostics}} Runtime
 */

/** The format of the manifest that this loader reads; `runtime/build.py` writes the same number. */
export const FORMAT = 1;

/**
 * How much of its own stack CPython may use, in bytes, before it raises RecursionError. It would allow itself 10 MB, but each
 * call also takes room on the engine's stack, which is about 1 MB in a browser and whose end is the end of the instance. With
 * this limit, JSON nested without end is a RecursionError in Chromium and Firefox; ordinary work needs a third of it.
 */
const STACK = 65_536;

/**
 * The runtime could not be started.
 *
 * `code`: `network` (no answer, or not a 2xx), `type` (an answer, but not such a file: a login page, say), `hash` (the
 * bytes are not those of the manifest: a mix of versions, or damage), `timeout` (nothing moved for the time allowed),
 * `wasm` (the engine or the page's policy refuses the module), `python` (the interpreter or the estimator failed to start).
 */
export class LoadError extends Error {
  /**
   * @param {'network'|'hash'|'type'|'timeout'|'wasm'|'python'} code
   * @param {string} file
   * @param {string} detail
   */
  constructor(code, file, detail) {
    super(`${code}: ${file}: ${detail}`);
    this.name = 'LoadError';
    this.code = code;
    this.file = file;
    this.detail = detail;
  }
}

/**
 * The request reached something that this variant left out, or the instance is lost. The answer is unknown, never wrong:
 * run the same request in the `full` variant. `missing` names the Python modules that were asked for, if that was the reason.
 */
export class TrapError extends Error {
  /**
   * @param {string} detail
   * @param {string[]} [missing]
   */
  constructor(detail, missing = []) {
    super(detail);
    this.name = 'TrapError';
    this.detail = detail;
    this.missing = missing;
  }
}

/** The estimator itself raised: every variant would, so there is nothing to run again. */
export class PythonError extends Error {
  /** @param {{type: string, message: string, traceback: string[]}} report */
  constructor(report) {
    super(`${report.type}: ${report.message}`);
    this.name = 'PythonError';
    this.type = report.type;
    this.traceback = report.traceback;
  }
}

/**
 * Loads one variant and starts it.
 *
 * @param {object} options
 * @param {string | URL} options.base  where the files of the manifest are
 * @param {Manifest} options.manifest
 * @param {string} [options.variant]  `small` or `full`
 * @param {(progress: Progress) => void} [options.onProgress]  called as bytes arrive; the last call has loaded = total
 * @param {number} [options.patience]  milliseconds in which something must move, or loading fails with `timeout`
 * @returns {Promise<Runtime>}
 */
export async function boot({ base, manifest, variant = 'small', onProgress = () => {}, patience = 90_000 }) {
  const files = manifest.format === FORMAT ? manifest.variants[variant] : undefined;
  if (!files) throw new LoadError('hash', 'manifest', `format ${manifest.format}, variant ${variant}: not one this loader knows`);
  const began = performance.now();
  const total = [files.glue, files.wasm, ...files.archives].reduce((sum, { bytes }) => sum + bytes, 0);
  /** @type {Diagnostics} */
  const diagnostics = { variant, checked: Boolean(globalThis.crypto?.subtle), bytes: total, milliseconds: {} };
  const done = (/** @type {string} */ step) => {
    diagnostics.milliseconds[step] = Math.round(performance.now() - began);
  };

  const watch = watchdog(patience);
  let loaded = 0;
  const arrived = (/** @type {number} */ bytes) => {
    watch.touch();
    // A server may send more than the manifest promises; the hash refuses that, the bar must not run past its end.
    loaded = Math.min(total, loaded + bytes);
    onProgress({ loaded, total });
  };
  const locate = (/** @type {FileRecord} */ record) => new URL(record.file, base);
  const get = (/** @type {FileRecord} */ record, /** @type {RegExp} */ type) =>
    download(locate(record), record, type, arrived, watch.signal);

  const loading = async () => {
    const [glue, wasm, archives] = await Promise.all([
      get(files.glue, /javascript/).then(async ({ bytes }) => {
        await bytes;
        const module = await importModule(locate(files.glue).href, files.glue.file);
        done('glue');
        return module;
      }),
      get(files.wasm, /wasm|octet-stream/).then(async ({ stream, bytes }) => {
        // Compiling keeps pace with the download; the module is used only once the hash of the same bytes is known, and
        // bytes that are wrong are the reason to name, whatever the engine made of them.
        const compiling = compile(stream, files.wasm.file);
        compiling.catch(() => {});
        await bytes;
        const module = await compiling;
        done('wasm');
        return module;
      }),
      Promise.all(
        files.archives.map(async (record) => {
          const { bytes } = await get(record, /zip|octet-stream/);
          return { path: record.path, bytes: await bytes };
        }),
      ).then((all) => {
        done('archives');
        return all;
      }),
    ]);
    watch.touch();
    const interpreter = await start(glue, wasm, archives);
    done('python');
    // The complete library is not compiled ahead, and compiling some of it takes more of the stack.
    const handle = await open(interpreter, variant === 'small' ? STACK : 0);
    done('estimator');
    return { handle, diagnostics };
  };

  try {
    return await Promise.race([loading(), watch.expired]);
  } finally {
    watch.stop();
  }
}

/**
 * Fails when `touch` was not called for a while. A policy that forbids WebAssembly, or a server that stops in the middle
 * of a file, leaves promises that are never settled.
 *
 * @param {number} patience  milliseconds
 */
function watchdog(patience) {
  const control = new AbortController();
  /** @type {(error: LoadError) => void} */
  let reject = () => {};
  const expired = /** @type {Promise<never>} */ (new Promise((_, no) => { reject = no; }));
  expired.catch(() => {});
  const bark = () => {
    reject(new LoadError('timeout', '', `nothing moved for ${patience} ms`));
    control.abort();
  };
  let timer = setTimeout(bark, patience);
  return {
    expired,
    signal: control.signal,
    touch() {
      clearTimeout(timer);
      timer = setTimeout(bark, patience);
    },
    /** Ends the watch; downloads that are still under way after a failure are ended with it. */
    stop() {
      clearTimeout(timer);
      control.abort();
    },
  };
}

/**
 * @param {URL} url
 * @param {FileRecord} record
 * @param {RegExp} type  what the content type of the answer must contain
 * @param {(bytes: number) => void} arrived
 * @param {AbortSignal} signal
 * @returns {Promise<{stream: ReadableStream<Uint8Array>, bytes: Promise<Uint8Array>}>}  the bytes as they come, for a
 *   reader that wants them early, and all of them once they are checked
 */
async function download(url, record, type, arrived, signal) {
  /** @type {Response} */
  let response;
  try {
    response = await fetch(url, { signal, credentials: 'same-origin' });
  } catch (error) {
    throw new LoadError('network', record.file, String(error));
  }
  if (!response.ok || !response.body) throw new LoadError('network', record.file, `status ${response.status}`);
  const given = response.headers.get('content-type') ?? '';
  if (given && !type.test(given)) throw new LoadError('type', record.file, `content type ${given}`);

  const reader = response.body.getReader();
  /** @type {Uint8Array[]} */
  const chunks = [];
  /** @type {(all: Uint8Array) => void} */
  let resolve = () => {};
  /** @type {(error: unknown) => void} */
  let reject = () => {};
  const bytes = /** @type {Promise<Uint8Array>} */ (new Promise((yes, no) => { resolve = yes; reject = no; }));
  bytes.catch(() => {});
  const stream = new ReadableStream({
    async start(controller) {
      try {
        for (;;) {
          const { done, value } = await reader.read();
          if (done) break;
          chunks.push(value);
          arrived(value.byteLength);
          controller.enqueue(value);
        }
        controller.close();
      } catch (error) {
        const failure = new LoadError('network', record.file, `broke off: ${error}`);
        controller.error(failure);
        reject(failure);
        return;
      }
      check(joined(chunks), record).then(resolve, reject);
    },
  });
  return { stream, bytes };
}

/** @param {Uint8Array[]} chunks */
function joined(chunks) {
  const all = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.byteLength;
  }
  return all;
}

/**
 * @param {Uint8Array} bytes
 * @param {FileRecord} record
 * @returns {Promise<Uint8Array>}  the same bytes
 */
async function check(bytes, record) {
  if (bytes.byteLength !== record.bytes) {
    throw new LoadError('hash', record.file, `${bytes.byteLength} bytes where ${record.bytes} were expected`);
  }
  const subtle = globalThis.crypto?.subtle;
  if (subtle) {
    const digest = new Uint8Array(await subtle.digest('SHA-256', /** @type {BufferSource} */ (bytes)));
    const found = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
    if (found !== record.sha256) throw new LoadError('hash', record.file, `SHA-256 ${found} where ${record.sha256} was expected`);
  }
  return bytes;
}

/**
 * @param {string} url
 * @param {string} file
 */
async function importModule(url, file) {
  try {
    return await import(url);
  } catch (error) {
    throw new LoadError('type', file, String(error));
  }
}

/**
 * @param {ReadableStream<Uint8Array>} stream
 * @param {string} file
 */
async function compile(stream, file) {
  // The type is set here because the bytes are checked anyhow: a host that does not know .wasm does no harm.
  const response = new Response(stream, { headers: { 'content-type': 'application/wasm' } });
  try {
    return await WebAssembly.compileStreaming(response);
  } catch (error) {
    throw error instanceof LoadError ? error : new LoadError('wasm', file, String(error));
  }
}

/**
 * @typedef {Record<string, any> & {memory: WebAssembly.Memory}} Exports  CPython's C functions
 * @typedef {{default: (settings: object) => Promise<any>}} Glue
 */

/**
 * Starts the interpreter.
 *
 * @param {Glue} glue
 * @param {WebAssembly.Module} wasm
 * @param {{path: string, bytes: Uint8Array}[]} files  put into Python's file system
 * @param {Record<string, string>} [environment]
 * @returns {Promise<{exports: Exports, printed: string[], module: any}>}
 */
export async function start(glue, wasm, files, environment = {}) {
  /** @type {Exports | undefined} */
  let exports;
  /** @type {string[]} */
  const printed = [];
  const print = (/** @type {string} */ line) => { if (printed.push(line) > 100) printed.shift(); };
  const env = {
    HOME: '/',
    // The hash seed is fixed so that the same request takes the same path each time; nothing here faces an attacker.
    PYTHONHASHSEED: '0',
    PYTHONPATH: files.map(({ path }) => path).slice(1).join(':'),
    LANG: 'C.UTF-8',
    ...environment,
  };
  try {
    // Pyodide's own start swallows a failed instantiation and then waits for ever; here it ends the wait.
    const module = await new Promise((resolve, reject) => {
      const noError = Symbol('no value');
      const settings = {
        // Pyodide's glue reads these three; its layer of proxies stays unused.
        API: { config: { jsglobals: globalThis, packages: [], env: {} }, runtimeEnv: {} },
        noImageDecoding: true,
        noAudioDecoding: true,
        thisProgram: '/bin/python',
        arguments: ['-S', '-B'],
        files,
        env,
        print,
        printErr: print,
        preRun: [
          (/** @type {any} */ host) => {
            host.FS.mkdirTree('/lib');
            for (const { path, bytes } of files) host.FS.writeFile(path, bytes);
            Object.assign(host.ENV, env);
          },
        ],
        instantiateWasm(/** @type {any} */ imports, /** @type {(instance: WebAssembly.Instance, module: WebAssembly.Module) => void} */ ready) {
          imports.env.Jsv_GetError_import = () => noError;
          imports.env.JsvError_Check = (/** @type {unknown} */ value) => Number(value === noError);
          WebAssembly.instantiate(wasm, imports).then((instance) => {
            exports = /** @type {Exports} */ (/** @type {unknown} */ (instance.exports));
            ready(instance, wasm);
          }).catch(reject);
          return {};
        },
      };
      Promise.resolve(glue.default(settings)).then(resolve, reject);
    });
    return { exports: /** @type {Exports} */ (exports), printed, module };
  } catch (error) {
    const code = error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError ? 'wasm' : 'python';
    throw new LoadError(code, '', [String(error), ...printed].join('\n'));
  }
}

/**
 * Opens the estimator's door: imports `runtime/python/bridge.py` and gives its `call` as a JavaScript function.
 *
 * @param {{exports: Exports, printed: string[]}} interpreter
 * @param {number} [stack]  how much of its stack Python may use from then on, in bytes; 0 for all of it
 * @returns {Promise<(kind: string, payload: string) => string>}
 */
export async function open({ exports, printed }, stack = STACK) {
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  /** @param {string} text  @param {(pointer: number, length: number) => number} use */
  const withText = (text, use) => {
    const bytes = encoder.encode(text);
    const pointer = exports.malloc(bytes.length + 1) >>> 0;
    if (!pointer) throw new TrapError('out of memory');
    // The view is made after the call: malloc may have moved the memory.
    const heap = new Uint8Array(exports.memory.buffer);
    heap.set(bytes, pointer);
    heap[pointer + bytes.length] = 0;
    try {
      return use(pointer, bytes.length);
    } finally {
      exports.free(pointer);
    }
  };

  let call = 0;
  try {
    const module = withText('bridge', (name) => exports.PyImport_ImportModule(name));
    if (module) call = withText('call', (name) => exports.PyObject_GetAttrString(module, name));
    if (!call) exports.PyErr_Print();
    if (stack) {
      const end = exports.emscripten_stack_get_base() - stack;
      exports.PyUnstable_ThreadState_SetStackProtection(exports.PyThreadState_Get(), end, stack);
    }
  } catch (error) {
    throw new LoadError('python', '', [String(error), ...printed].join('\n'));
  }
  if (!call) throw new LoadError('python', '', printed.join('\n'));

  let lost = '';
  const string = (/** @type {string} */ text) =>
    withText(text, (pointer, length) => exports.PyUnicode_FromStringAndSize(pointer, length));
  /** @param {string} kind  @param {string} payload */
  const reply = (kind, payload) => {
    const first = string(kind);
    const second = string(payload);
    const pair = exports.PyTuple_New(2);
    if (!first || !second || !pair) throw new TrapError('out of memory');
    exports.PyTuple_SetItem(pair, 0, first);
    exports.PyTuple_SetItem(pair, 1, second);
    const result = exports.PyObject_Call(call, pair, 0);
    exports.Py_DecRef(pair);
    if (!result) {
      exports.PyErr_Print();
      throw new TrapError(printed.join('\n'));
    }
    const start = exports.PyBytes_AsString(result) >>> 0;
    const length = exports.PyBytes_Size(result);
    const text = decoder.decode(new Uint8Array(exports.memory.buffer, start, length));
    exports.Py_DecRef(result);
    return text;
  };

  return (kind, payload) => {
    if (lost) throw new TrapError(lost);
    let text = '';
    try {
      text = reply(kind, payload);
    } catch (error) {
      // Whatever was thrown through Python's stack has left it in the middle of its work.
      lost = String(error);
      throw error instanceof TrapError ? error : new TrapError(lost);
    }
    const body = text.slice(1);
    if (text[0] === '=') return body;
    const report = JSON.parse(body);
    if (text[0] === '?') throw new TrapError(`not in this variant: ${report.join(', ')}`, report);
    throw new PythonError(report);
  };
}
