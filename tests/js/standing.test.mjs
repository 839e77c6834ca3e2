// For which days the page may score at all: both sides of each limit.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { standing } from '../../docs/assets/estimator/standing.mjs';

const holds = { edition: '2026-11-21', expires: [{ on: '2028-12-31', name: 'first' }, { on: '2030-01-01', name: 'second' }] };
const code = (today, on = today, more = {}) => standing({ ...holds, ...more }, { today, on })?.code;

test('a clock before the edition or years after it is refused, one beside it is not', () => {
  assert.equal(code('2026-11-19'), 'clock');
  assert.equal(code('2026-11-20'), undefined);
  assert.equal(code('2031-11-21', undefined, { expires: [] }), undefined);
  assert.equal(code('2031-11-22', undefined, { expires: [] }), 'clock');
  assert.equal(code('1970-01-01'), 'clock');
});

test('a day that a person chose is not the clock’s', () => {
  assert.equal(code('1970-01-01', '2027-01-01'), undefined);
});

test('rules that end before the day are named, the last day itself still counts', () => {
  assert.equal(code('2027-01-01', '2028-12-31'), undefined);
  assert.deepEqual(standing(holds, { today: '2027-01-01', on: '2029-01-01' }), { code: 'expired', values: { name: 'first', on: '2028-12-31' } });
});
