// A roster in the page: what a file holds, which rows are shown in which order, and how the rows go through the worker.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Refusal, Run, PORTION } from '../../docs/assets/roster/run.mjs';
import { Counts, Unreadable, arrange, decode, natural } from '../../docs/assets/roster/table.mjs';

const bytes = (...parts) => new Uint8Array(parts.flatMap((part) => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : part)));
const code = (data) => {
  try {
    return decode(data).encoding;
  } catch (error) {
    assert.ok(error instanceof Unreadable);
    return error.code;
  }
};

test('a file is read in the encodings that spreadsheets write', () => {
  assert.deepEqual(decode(bytes('编号,年龄\n')), { text: '编号,年龄\n', encoding: 'UTF-8' });
  assert.equal(decode(bytes([0xef, 0xbb, 0xbf], 'id\n')).text, 'id\n');
  // 编号 as Excel in China saves it, and as “Unicode text”.
  assert.deepEqual(decode(bytes([0xb1, 0xe0, 0xba, 0xc5], '\n')), { text: '编号\n', encoding: 'GB18030' });
  assert.deepEqual(decode(bytes([0xff, 0xfe, 0x16, 0x7f, 0x09, 0x00])), { text: '编\t', encoding: 'UTF-16LE' });
  assert.deepEqual(decode(bytes([0xfe, 0xff, 0x7f, 0x16, 0x00, 0x09])), { text: '编\t', encoding: 'UTF-16BE' });
});

test('what is no table of text is refused by what it is', () => {
  assert.equal(code(bytes('PK', [3, 4], 'rest')), 'workbook');
  assert.equal(code(bytes([0xd0, 0xcf, 0x11, 0xe0, 0xa1])), 'workbook');
  assert.equal(code(bytes([0x89], 'PNG\r\n', [0x1a, 0x0a, 0, 0])), 'not_text');
  assert.equal(code(bytes('%PDF-1.7\n', [0, 1, 2])), 'not_text');
  assert.equal(code(bytes([0x81, 0xff, 0xff])), 'not_text');
  assert.equal(code(bytes([0xff, 0xfe, 0x00])), 'not_text');
  assert.equal(code(bytes('')), 'empty');
  assert.equal(code(bytes(' \n\t\n')), 'empty');
});

const result = (line, more = {}) => ({
  line, id: `A-${line}`, low: 100, high: 100, reaches_standard: 'no', eligible: 'no', vetoed: false, reaches_on: '', falls_below_on: '', open: [], faults: [], ...more,
});
const refused = (line) => result(line, { low: '', high: '', reaches_standard: '', eligible: '', vetoed: '', faults: [{ code: 'x', key: '', value: '', allowed: {} }] });
const PEOPLE = [
  result(2, { reaches_standard: 'yes', reaches_on: '2026-11-21', falls_below_on: '2027-01-01', low: 120, high: 120, eligible: 'yes' }),
  result(10, { reaches_on: '2028-01-01', low: 90, high: 90 }),
  result(3, { reaches_standard: 'unknown', low: 90, high: 150, open: ['birth_date', 'award'] }),
  refused(4),
  result(9, { low: -30, high: -30 }),
  result(5, { reaches_on: '2027-05-01', falls_below_on: '2030-01-01', open: ['award'], eligible: 'unknown' }),
];
const lines = (view) => arrange(PEOPLE, { group: 'all', find: '', column: 'line', descending: false, ...view }).map(({ line }) => line);

test('each group holds its people, and is counted as they come', () => {
  const counts = new Counts();
  counts.add(PEOPLE.slice(0, 3));
  counts.add(PEOPLE.slice(3));
  const groups = Object.fromEntries(Object.keys(counts.of).map((group) => [group, lines({ group, column: 'line', descending: true }).reverse()]));
  assert.deepEqual(groups, { all: [2, 3, 4, 5, 9, 10], now: [2], will: [5, 10], not: [9], below: [2, 5], open: [3, 5], faults: [4] });
  assert.deepEqual(counts.of, Object.fromEntries(Object.entries(groups).map(([group, found]) => [group, found.length])));
});

test('rows are sorted by any column, both ways, and what is empty stays last', () => {
  assert.deepEqual(lines({ column: 'line' }), [2, 10, 3, 4, 9, 5], 'the order of the table');
  assert.deepEqual(lines({ column: 'points' }), [9, 10, 3, 5, 2, 4]);
  assert.deepEqual(lines({ column: 'points', descending: true }), [2, 5, 3, 10, 9, 4]);
  assert.deepEqual(lines({ column: 'reaches' }), [2, 5, 10, 3, 4, 9]);
  assert.deepEqual(lines({ column: 'reaches', descending: true }), [10, 5, 2, 3, 4, 9]);
  assert.deepEqual(lines({ column: 'below' }), [2, 5, 10, 3, 4, 9]);
  assert.deepEqual(lines({ column: 'now' }), [10, 9, 5, 3, 2, 4]);
  assert.deepEqual(lines({ column: 'eligible', descending: true }), [2, 5, 10, 3, 9, 4]);
  assert.deepEqual(lines({ column: 'open', descending: true }), [4, 3, 5, 2, 10, 9]);
  assert.deepEqual(lines({ column: 'id' }), [2, 3, 4, 5, 9, 10], 'A-9 before A-10');
  assert.ok(natural('a2') < natural('A10') && natural('工号 9') < natural('工号 10'));
});

test('ids are found by any part, whatever the case', () => {
  assert.deepEqual(lines({ find: ' a-1 ' }), [10]);
  assert.deepEqual(lines({ find: 'A-', group: 'will' }), [5, 10]);
  assert.deepEqual(lines({ find: 'nobody' }), []);
});

/** A worker's client whose answers wait until they are let go. */
class SlowClient {
  waiting = [];
  asked = [];

  request(kind, payload) {
    this.asked.push([kind, JSON.parse(payload)]);
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject, rows: JSON.parse(payload).rows }));
  }

  /** Answers the oldest request, or fails it. */
  async answer(error) {
    const { resolve, reject, rows } = this.waiting.shift();
    if (error) reject(error);
    else resolve(JSON.stringify({ ok: { results: rows.map(([line, id]) => result(line, { id })) } }));
    await new Promise((done) => setImmediate(done));
  }
}

const opened = (count, size = 2) => {
  const rows = Array.from({ length: count }, (_, index) => [index + 2, `p${index}`, ['7']]);
  const portions = [];
  for (let at = 0; at < count; at += size) portions.push(JSON.stringify(rows.slice(at, at + size)));
  return { columns: ['si_months'], ignored: [], notes: 0, count, portions };
};
const SETTINGS = { on: '2026-11-21', years: 10, nothing: true };

test('rows go through in portions, a few at a time, and come back in the order of the table', async () => {
  const client = new SlowClient();
  const seen = [];
  const run = new Run(client, opened(7), SETTINGS, (results) => seen.push(...results.map(({ line }) => line)));
  const going = run.score();
  assert.equal(client.waiting.length, 2);
  client.waiting.reverse();
  while (client.waiting.length) await client.answer();
  await going;
  assert.notDeepEqual(seen, [...seen].sort((a, b) => a - b), 'they came in another order');
  assert.deepEqual(run.results().map(({ line }) => line), [2, 3, 4, 5, 6, 7, 8]);
  assert.ok(run.complete);
  assert.deepEqual(client.asked[0], ['roster_score', { on: '2026-11-21', years: 10, columns: ['si_months'], assume: 'nothing', rows: [[2, 'p0', ['7']], [3, 'p1', ['7']]] }]);
  assert.deepEqual(run.rows([run.results()[4], run.results()[0]]), [[6, 'p4', ['7']], [2, 'p0', ['7']]]);
});

test('stopping sends nothing more, keeps what is there, and going on does the rest', async () => {
  const client = new SlowClient();
  const run = new Run(client, opened(12), { ...SETTINGS, nothing: false }, () => {});
  const going = run.score();
  await client.answer();
  run.stop();
  while (client.waiting.length) await client.answer();
  await going;
  assert.equal(run.done, 6);
  assert.equal(client.asked.length, 3);
  assert.ok(!('assume' in client.asked[0][1]));
  const again = run.score();
  while (client.waiting.length) await client.answer();
  await again;
  assert.equal(client.asked.length, 6);
  assert.deepEqual(run.results().map(({ line }) => line), Array.from({ length: 12 }, (_, index) => index + 2));
});

test('a portion that fails is scored when it goes on, and none twice', async () => {
  const client = new SlowClient();
  const run = new Run(client, opened(8), SETTINGS, () => {});
  const going = assert.rejects(run.score(), /lost/);
  await client.answer(new Error('lost'));
  while (client.waiting.length) await client.answer();
  await going;
  const before = run.done;
  const again = run.score();
  while (client.waiting.length) await client.answer();
  await again;
  assert.ok(before < 8);
  assert.deepEqual(run.results().map(({ line }) => line), [2, 3, 4, 5, 6, 7, 8, 9]);
  assert.equal(run.done, 8);
});

test('a table that Python refuses comes back with its faults', async () => {
  const faults = [{ code: 'unknown_column', key: '1', value: '姓名', allowed: {} }];
  const client = { request: async (kind, payload) => {
    assert.equal(kind, 'roster_open');
    assert.deepEqual(JSON.parse(payload), { on: '2026-11-21', text: '姓名', aliases: {}, ignore: false, portion: PORTION });
    return JSON.stringify({ refused: faults });
  } };
  await assert.rejects(Run.open(client, { on: '2026-11-21', text: '姓名', aliases: {}, ignore: false }), (error) => {
    assert.ok(error instanceof Refusal);
    assert.deepEqual(error.faults, faults);
    return true;
  });
});
