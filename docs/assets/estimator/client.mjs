// @ts-check
/**
 * The page's side of the worker: a promise for each request, and a fresh worker where one crashes, hangs or meets something
 * that its variant of the runtime left out. A request survives its worker and is asked again, a few times.
 *
 * @typedef {import('./types').Message} Message
 * @typedef {import('./types').Start} Start
 * @typedef {import('./types').Progress} Progress
 * @typedef {import('./types').Ready} Ready
 * @typedef {import('./types').Failure} Failure
 * @typedef {Pick<Worker, 'postMessage' | 'terminate' | 'addEventListener'>} WorkerLike
 * @typedef {{id: number, kind: string, payload: string, tries: number, resolve: (text: string) => void,
 *   reject: (error: EstimatorError) => void}} Job
 * @typedef {{waiting?: {payload: string, resolve: (text?: string) => void, reject: (error: unknown) => void}}} Slot
 */

/** How often a request is tried in all before it is given up. */
const TRIES = 3;

/** Why there is no answer; `code` is one of Failure's, or `worker`, `crashed`, `versions`. */
export class EstimatorError extends Error {
  /** @param {Partial<Failure> & {code: string}} failure */
  constructor({ code, file = '', detail = '' }) {
    super([code, file, detail].filter(Boolean).join(': '));
    this.name = 'EstimatorError';
    this.code = code;
    this.file = file;
    this.detail = detail;
  }
}

export class Client {
  #spawn;
  #start;
  #expected;
  #on;
  #answerPatience;
  #startPatience;
  /** @type {'idle' | 'starting' | 'ready' | 'failed'} */
  #state = 'idle';
  /** @type {WorkerLike | undefined} */
  #worker;
  /** @type {Map<number, Job>} */
  #jobs = new Map();
  /** @type {Map<string, Slot>} */
  #latest = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #lastId = 0;

  /**
   * @param {object} options
   * @param {() => WorkerLike} options.spawn  makes a worker
   * @param {Omit<Start, 'variant'>} options.start  what the worker needs in order to begin
   * @param {string} options.hash  the hash that the rules must have
   * @param {{progress?: (progress: Progress) => void, ready?: (ready: Ready) => void, failed?: (error: EstimatorError) => void}} [options.on]
   * @param {number} [options.answerPatience]  milliseconds after which a silent worker is taken to hang
   * @param {number} [options.startPatience]  the same while it starts; longer than the loader's own
   */
  constructor({ spawn, start, hash, on = {}, answerPatience = 10_000, startPatience = 120_000 }) {
    this.#spawn = spawn;
    this.#start = start;
    this.#expected = hash;
    this.#on = on;
    this.#answerPatience = answerPatience;
    this.#startPatience = startPatience;
    /** The variant in use; once something was missing in `small`, it is `full`. */
    this.variant = 'small';
    /** How often a worker was thrown away. */
    this.restarts = 0;
  }

  get state() {
    return this.#state;
  }

  /** Starts the worker unless it is there; after a failure, tries again. */
  begin() {
    if (this.#state === 'starting' || this.#state === 'ready') return;
    this.#state = 'starting';
    let worker;
    try {
      worker = this.#spawn();
    } catch (error) {
      this.#fail(new EstimatorError({ code: 'worker', detail: String(error) }));
      return;
    }
    this.#worker = worker;
    const mine = (/** @type {(event: any) => void} */ act) => (/** @type {any} */ event) => {
      if (worker === this.#worker) act(event);
    };
    worker.addEventListener('message', mine((event) => this.#hear(event.data)));
    worker.addEventListener('messageerror', mine(() => this.#broken('unreadable message')));
    worker.addEventListener('error', mine((event) => {
      event.preventDefault?.();
      this.#broken(String(event.message ?? 'error'));
    }));
    this.#post(0, 'start', JSON.stringify({ ...this.#start, variant: this.variant }));
    this.#watch();
  }

  /**
   * One request. It may wait for the worker to start.
   *
   * @param {string} kind
   * @param {string} payload  JSON text
   * @returns {Promise<string>}  Python's JSON text; rejects with EstimatorError
   */
  request(kind, payload) {
    return new Promise((resolve, reject) => {
      const job = { id: ++this.#lastId, kind, payload, tries: 0, resolve, reject };
      this.#jobs.set(job.id, job);
      if (this.#state === 'ready') {
        this.#send(job);
      } else {
        this.begin();
      }
    });
  }

  /**
   * As `request`, where only the newest answer of a kind is wanted: an older one comes to nothing (`undefined`).
   *
   * @param {string} kind
   * @param {string} payload
   * @returns {Promise<string | undefined>}
   */
  latest(kind, payload) {
    return new Promise((resolve, reject) => {
      const slot = this.#latest.get(kind);
      if (slot) {
        slot.waiting?.resolve(undefined);
        slot.waiting = { payload, resolve, reject };
        return;
      }
      /** @type {Slot} */
      const mine = {};
      this.#latest.set(kind, mine);
      this.request(kind, payload).then(
        (text) => {
          this.#follow(kind, mine);
          resolve(mine.waiting ? undefined : text);
        },
        (error) => {
          // What could not be loaded for the older one is not there for the newer one either.
          if (this.#state === 'failed') {
            this.#latest.delete(kind);
            mine.waiting?.reject(error);
          } else {
            this.#follow(kind, mine);
          }
          if (mine.waiting) resolve(undefined);
          else reject(error);
        },
      );
    });
  }

  /** Asks what came while the older request of its kind was under way. @param {string} kind @param {Slot} slot */
  #follow(kind, { waiting }) {
    this.#latest.delete(kind);
    if (waiting) this.latest(kind, waiting.payload).then(waiting.resolve, waiting.reject);
  }

  /**
   * Gives up the requests of some kinds. Python cannot be told to stop in the middle of its work, so the worker is ended, and
   * whatever else was asked of it is asked again in a new one.
   *
   * @param {...string} kinds
   */
  interrupt(...kinds) {
    const given = [...this.#jobs.values()].filter(({ kind }) => kinds.includes(kind));
    for (const job of given) {
      this.#jobs.delete(job.id);
      job.reject(new EstimatorError({ code: 'stopped' }));
    }
    if (this.#state === 'ready' && given.length) this.#again();
  }

  /** Ends the worker; every request that is still open is rejected. */
  stop() {
    this.#fail(new EstimatorError({ code: 'stopped' }));
    this.#state = 'idle';
  }

  /** @param {number} id @param {string} kind @param {string} payload */
  #post(id, kind, payload) {
    /** @type {WorkerLike} */ (this.#worker).postMessage({ id, kind, payload });
  }

  /** @param {Job} job */
  #send(job) {
    job.tries += 1;
    this.#post(job.id, job.kind, job.payload);
    this.#watch();
  }

  /** Waits for the next sign of life, as long as one is due. */
  #watch() {
    clearTimeout(this.#timer);
    if (this.#state === 'starting') {
      this.#timer = setTimeout(() => this.#fail(new EstimatorError({ code: 'timeout' })), this.#startPatience);
    } else if (this.#state === 'ready' && this.#jobs.size) {
      this.#timer = setTimeout(() => this.#broken('no answer'), this.#answerPatience);
    }
  }

  /** @param {Message} message */
  #hear({ id, kind, payload }) {
    if (kind === 'progress') this.#on.progress?.(JSON.parse(payload));
    else if (kind === 'ready') this.#ready(JSON.parse(payload));
    else if (kind === 'failed') this.#failed(id, JSON.parse(payload));
    else if (kind === 'answer') {
      const job = this.#jobs.get(id);
      this.#jobs.delete(id);
      job?.resolve(payload);
    }
    this.#watch();
  }

  /** @param {Ready} ready */
  #ready(ready) {
    if (ready.hash !== this.#expected) {
      this.#fail(new EstimatorError({ code: 'versions', detail: `${ready.hash} where ${this.#expected} was expected` }));
      return;
    }
    this.#state = 'ready';
    this.#on.ready?.(ready);
    for (const job of [...this.#jobs.values()]) this.#send(job);
  }

  /** @param {number} id @param {Failure} failure */
  #failed(id, failure) {
    const job = this.#jobs.get(id);
    if (!job) {
      this.#fail(new EstimatorError(failure));
    } else if (failure.code === 'trap') {
      this.variant = 'full';
      this.#broken(failure.detail);
    } else {
      // The program itself failed on this request, and would again: nothing to repeat, but nothing to trust either.
      this.#jobs.delete(id);
      job.reject(new EstimatorError(failure));
      this.#again();
    }
  }

  /** The worker is of no use any more: ask its requests again in a new one. @param {string} detail */
  #broken(detail) {
    if (this.#state === 'starting') {
      this.#fail(new EstimatorError({ code: 'worker', detail }));
      return;
    }
    for (const job of [...this.#jobs.values()]) {
      if (job.tries >= TRIES) {
        this.#jobs.delete(job.id);
        job.reject(new EstimatorError({ code: 'crashed', detail }));
      }
    }
    this.#again();
  }

  #again() {
    this.#end();
    this.restarts += 1;
    this.#state = 'idle';
    this.begin();
  }

  /** @param {EstimatorError} error */
  #fail(error) {
    this.#end();
    this.#state = 'failed';
    const jobs = [...this.#jobs.values()];
    this.#jobs.clear();
    this.#on.failed?.(error);
    for (const job of jobs) job.reject(error);
  }

  #end() {
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.#worker = undefined;
  }
}

/** Whether the reader asked the browser to load little. */
export const savesData = () => Boolean(/** @type {{connection?: {saveData?: boolean}}} */ (navigator).connection?.saveData);

/**
 * Starts the worker at the first touch of a part of the page: whoever touches it is about to need it, and whoever only reads
 * loads nothing. With Save-Data it waits for the first request.
 *
 * @param {Client} client
 * @param {HTMLElement} part
 */
export function beginOnTouch(client, part) {
  if (savesData()) return;
  for (const name of ['focusin', 'pointerdown', 'dragenter']) part.addEventListener(name, () => client.begin(), { once: true });
}
