// The months of a contribution history, and the ways through their grid.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Months, move, parseMonth, rows, showMonth } from '../../docs/assets/estimator/months.mjs';

const m = (text) => parseMonth(text);

test('months are numbers and back', () => {
  for (const text of ['0001-01', '1990-12', '2026-01', '9999-12']) assert.equal(showMonth(m(text)), text);
  for (const text of ['2026-00', '2026-13', '2026-1', '202601', '', '2026-01-01']) assert.equal(m(text), undefined);
});

test('stretches become months and the fewest stretches again', () => {
  const months = new Months([{ from: '2025-01', to: '2025-03', base: 9000 }, { from: '2025-04', to: '2025-05', base: 9000 }, { from: '2024-11', to: '2024-11', base: 1 }]);
  assert.deepEqual(months.stretches(false), [{ from: '2024-11', to: '2024-11', base: 1 }, { from: '2025-01', to: '2025-05', base: 9000 }]);
  assert.deepEqual(months.stretches(true), []);
  assert.equal(months.size, 6);
});

test('a month that was paid in time is not made up as well', () => {
  const months = new Months([{ from: '2025-02', to: '2025-02', base: 9000 }], [{ from: '2025-01', to: '2025-03' }]);
  assert.deepEqual(months.stretches(true), [{ from: '2025-01', to: '2025-01' }, { from: '2025-03', to: '2025-03' }]);
  assert.deepEqual(months.stretches(false), [{ from: '2025-02', to: '2025-02', base: 9000 }]);
});

test('the random way there and back', () => {
  let state = 7;
  const dice = (most) => (state = (state * 48271) % 0x7fffffff) % most;
  for (let round = 0; round < 200; round += 1) {
    const months = new Months();
    const plain = new Map();
    for (let step = 0; step < 12; step += 1) {
      const first = m('2020-01') + dice(60);
      const last = first + dice(20);
      const entry = [undefined, { base: 8000 + dice(3), madeUp: false }, { madeUp: true }, { base: 7000, madeUp: true }][dice(4)];
      months.set(first, last, entry);
      for (let month = first; month <= last; month += 1) {
        if (entry) plain.set(month, entry);
        else plain.delete(month);
      }
    }
    const again = new Months(months.stretches(false), months.stretches(true));
    for (let month = m('2019-12'); month < m('2027-01'); month += 1) {
      assert.deepEqual(months.get(month), plain.get(month));
      assert.deepEqual(again.get(month), plain.get(month));
    }
  }
});

test('a gap lies after the first paid month and before the day', () => {
  const months = new Months([{ from: '2025-01', to: '2025-02', base: 1 }, { from: '2025-04', to: '2025-04', base: 1 }]);
  const gaps = [];
  for (let month = m('2024-06'); month < m('2026-01'); month += 1) if (months.isGap(month, m('2025-07'))) gaps.push(showMonth(month));
  assert.deepEqual(gaps, ['2025-03', '2025-05', '2025-06']);
});

test('what a selection has in common', () => {
  const months = new Months([{ from: '2025-01', to: '2025-03', base: 9000 }], [{ from: '2025-04', to: '2025-05' }]);
  assert.deepEqual(months.common(m('2025-01'), m('2025-03')), { base: 9000, madeUp: false });
  assert.deepEqual(months.common(m('2025-04'), m('2025-05')), { madeUp: true });
  assert.equal(months.common(m('2025-06'), m('2025-08')), 'none');
  assert.equal(months.common(m('2025-03'), m('2025-04')), undefined);
});

test('rows end with the month before the day; later months stand apart', () => {
  const before = m('2026-11');
  const four = rows(before, 4);
  assert.deepEqual([four.length, showMonth(four[0][0]), showMonth(four[3][11])], [4, '2022-11', '2026-10']);
  assert.ok(four.every((row) => row.length === 12));
  assert.deepEqual(rows(before, 1, before)[1], [before]);
  assert.equal(rows(before, 1, before - 1).length, 1);
});

test('keys lead through the grid and stop at its ends', () => {
  const grid = { first: 100, last: 147, start: 100, columns: 12 };
  const go = (key, month, control = false, columns = 12) => move(key, control, month, { ...grid, columns });
  assert.equal(go('ArrowRight', 111), 112);
  assert.equal(go('ArrowRight', 147), 147);
  assert.equal(go('ArrowLeft', 100), 100);
  assert.equal(go('ArrowUp', 111), 111);
  assert.equal(go('ArrowUp', 112), 100);
  assert.equal(go('ArrowDown', 130), 142);
  assert.equal(go('ArrowDown', 140), 140);
  assert.equal(go('ArrowDown', 130, false, 6), 136);
  assert.equal(go('Home', 117), 112);
  assert.equal(go('End', 117), 123);
  assert.equal(go('End', 117, false, 6), 117);
  assert.equal(go('Home', 117, true), 100);
  assert.equal(go('End', 117, true), 147);
  assert.equal(go('PageUp', 117), 105);
  assert.equal(go('PageDown', 140), 147);
  assert.equal(go('a', 117), undefined);
  assert.equal(go('constructor', 117), undefined);
});
