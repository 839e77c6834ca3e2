// The page's side of the worker: what it does when a worker is slow, dies, hangs or cannot answer.
import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { Client } from '../../docs/assets/estimator/client.mjs';

const HASH = 'the rules';

/** A worker that does nothing by itself; `workers` holds all that were made. */
class FakeWorker {
  heard = [];
  listeners = {};
  ended = false;

  addEventListener(name, listener) {
    this.listeners[name] = listener;
  }

  postMessage(message) {
    this.heard.push(message);
  }

  terminate() {
    this.ended = true;
  }

  says(kind, content, id = 0) {
    this.listeners.message({ data: { id, kind, payload: typeof content === 'string' ? content : JSON.stringify(content) } });
  }

  ready(hash = HASH) {
    this.says('ready', { name: 'n', hash, variant: 'small', bytes: 1, milliseconds: {} });
  }

  /** The requests that it was sent, without `start`. */
  get asked() {
    return this.heard.filter(({ kind }) => kind !== 'start').map(({ kind, payload }) => [kind, payload]);
  }

  answers(text, index = -1) {
    this.says('answer', text, this.heard.at(index).id);
  }
}

let workers;
let events;
let client;

const settle = () => new Promise((resolve) => setImmediate(resolve));

/** A promise's outcome once it is settled: its value, its error's code, or `pending`. */
const outcome = async (promise) => {
  let found = 'pending';
  promise.then((value) => (found = value), (error) => (found = `!${error.code}`));
  await settle();
  return found;
};

beforeEach(() => {
  workers = [];
  events = [];
  client = new Client({
    spawn: () => {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    },
    start: { app: 'a', runtime: {}, rules: {} },
    hash: HASH,
    on: {
      progress: (it) => events.push(it.step),
      ready: () => events.push('ready'),
      failed: (error) => events.push(`!${error.code}`),
    },
    answerPatience: 100,
    startPatience: 1000,
  });
});

test('requests wait for the worker and are answered each with its own', async () => {
  const first = client.request('score', '1');
  const second = client.request('score', '2');
  assert.deepEqual(workers[0].asked, []);
  workers[0].says('progress', { step: 'files', loaded: 1, total: 2 });
  workers[0].ready();
  assert.deepEqual(workers[0].asked, [['score', '1'], ['score', '2']]);
  workers[0].answers('two', -1);
  workers[0].answers('one', -2);
  assert.deepEqual([await first, await second], ['one', 'two']);
  assert.deepEqual(events, ['files', 'ready']);
  assert.equal(workers.length, 1);
});

test('a crash gives the request to a new worker, three tries in all', async () => {
  const request = client.request('score', '1');
  for (const turn of [0, 1, 2]) {
    workers[turn].ready();
    assert.deepEqual(workers[turn].asked, [['score', '1']]);
    workers[turn].listeners.error({ message: 'gone' });
    assert.ok(workers[turn].ended);
  }
  assert.equal(await outcome(request), '!crashed');
  assert.equal(client.restarts, 3);
  // The next request is not held to account for it.
  workers[3].ready();
  const next = client.request('score', '2');
  workers[3].answers('two');
  assert.equal(await next, 'two');
});

test('a worker that says nothing is ended and its request asked again', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    const request = client.request('score', '1');
    workers[0].ready();
    mock.timers.tick(99);
    assert.equal(workers[0].ended, false);
    mock.timers.tick(1);
    assert.equal(workers[0].ended, true);
    workers[1].ready();
    workers[1].answers('one');
    // The dead one speaks up late: nobody listens.
    workers[0].answers('wrong');
    assert.equal(await request, 'one');
    mock.timers.tick(10_000);
    assert.equal(workers.length, 2, 'with nothing asked, silence is right');
  } finally {
    mock.timers.reset();
  }
});

test('what the small runtime cannot do is done by the complete one, and by it from then on', async () => {
  const request = client.request('score', '1');
  workers[0].ready();
  workers[0].says('failed', { code: 'trap', file: '', detail: 'unreachable' }, workers[0].heard.at(-1).id);
  assert.equal(JSON.parse(workers[0].heard[0].payload).variant, 'small');
  assert.equal(JSON.parse(workers[1].heard[0].payload).variant, 'full');
  workers[1].ready();
  workers[1].answers('one');
  assert.equal(await request, 'one');
  assert.equal(client.restarts, 1);
});

test('a fault of the program is not repeated, and the next request meets a fresh worker', async () => {
  const request = client.request('score', '1');
  const other = client.request('score', '2');
  workers[0].ready();
  workers[0].says('failed', { code: 'bug', file: '', detail: 'KeyError' }, workers[0].heard.at(-2).id);
  assert.equal(await outcome(request), '!bug');
  workers[1].ready();
  assert.deepEqual(workers[1].asked, [['score', '2']]);
  workers[1].answers('two');
  assert.equal(await other, 'two');
});

test('loading that fails rejects what waits; another try starts anew', async () => {
  const request = client.request('score', '1');
  workers[0].says('failed', { code: 'network', file: 'python.wasm', detail: 'status 404' });
  assert.equal(await outcome(request), '!network');
  assert.deepEqual(events, ['!network']);
  assert.equal(client.state, 'failed');
  assert.ok(workers[0].ended);
  const again = client.request('score', '1');
  workers[1].ready();
  workers[1].answers('one');
  assert.equal(await again, 'one');
});

test('a worker whose script does not load is a failure, not a loop', async () => {
  const request = client.request('score', '1');
  workers[0].listeners.error({ message: '' });
  assert.equal(await outcome(request), '!worker');
  assert.equal(workers.length, 1);
});

test('rules of another version are refused', async () => {
  const request = client.request('score', '1');
  workers[0].ready('other rules');
  assert.equal(await outcome(request), '!versions');
  assert.deepEqual(workers[0].asked, []);
});

test('a start that never ends is a failure in its time, and progress counts as life', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    client.begin();
    mock.timers.tick(999);
    workers[0].says('progress', { step: 'files', loaded: 1, total: 2 });
    mock.timers.tick(999);
    assert.equal(client.state, 'starting');
    mock.timers.tick(1);
    assert.equal(client.state, 'failed');
    assert.deepEqual(events, ['files', '!timeout']);
  } finally {
    mock.timers.reset();
  }
});

test('of many, only the newest is answered, and those between are never asked', async () => {
  client.begin();
  workers[0].ready();
  const [first, second, third] = ['1', '2', '3'].map((payload) => client.latest('score', payload));
  workers[0].answers('one');
  await settle();
  workers[0].answers('three');
  assert.deepEqual(await Promise.all([first, second, third]), [undefined, undefined, 'three']);
  assert.deepEqual(workers[0].asked, [['score', '1'], ['score', '3']]);
  const later = client.latest('score', '4');
  workers[0].answers('four');
  assert.equal(await later, 'four');
});

test('the newest learns of a failure, the older ones come to nothing', async () => {
  const first = client.latest('score', '1');
  const second = client.latest('score', '2');
  workers[0].says('failed', { code: 'hash', file: 'x', detail: '' });
  assert.deepEqual(await Promise.all([first, second].map(outcome)), [undefined, '!hash']);
  assert.equal(workers.length, 1);
});

test('what is given up ends the worker, and whatever else was asked goes to a new one', async () => {
  client.begin();
  workers[0].ready();
  const [long, other] = [client.latest('paths', '1'), client.request('score', '2')];
  client.interrupt('paths');
  assert.equal(await outcome(long), '!stopped');
  assert.ok(workers[0].ended);
  workers[1].ready();
  assert.deepEqual(workers[1].asked, [['score', '2']]);
  workers[1].answers('two');
  assert.equal(await other, 'two');
  // With nothing of its kind under way, nobody is disturbed; the next one is asked as ever.
  client.interrupt('paths');
  assert.equal(workers.length, 2);
  const again = client.latest('paths', '3');
  workers[1].answers('three');
  assert.equal(await again, 'three');
});
