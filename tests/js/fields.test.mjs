// What people type, and what the estimator makes of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { localDay, readDay, readDuration, readMonth, readWhole, thousands } from '../../docs/assets/estimator/fields.mjs';

const days = { earliest: '1900-01-01', latest: '2026-11-21' };
const value = (reading) => (reading.state === 'given' ? reading.value : reading.state === 'open' ? undefined : reading.fault.code);

for (const [typed, expected] of [
  ['1988-5-20', '1988-05-20'],
  ['1988-05-20', '1988-05-20'],
  ['1988年5月20日', '1988-05-20'],
  ['1988 年 5 月 20 日', '1988-05-20'],
  ['1988/5/20', '1988-05-20'],
  ['1988.5.20', '1988-05-20'],
  ['19880520', '1988-05-20'],
  ['１９８８－５－２０', '1988-05-20'],
  ['  1988-5-20\u200e ', '1988-05-20'],
  ['2024-2-29', '2024-02-29'],
  ['1900-1-1', '1900-01-01'],
  ['2026-11-21', '2026-11-21'],
  ['', undefined],
  ['   ', undefined],
  ['2023-2-29', 'not_a_date'],
  ['1988-13-1', 'not_a_date'],
  ['1988-0-1', 'not_a_date'],
  ['88-5-20', 'not_a_date'],
  ['1988-5', 'not_a_date'],
  ['5/20/1988', 'not_a_date'],
  ['1988-5-20x', 'not_a_date'],
  ['0000-01-01', 'date_out_of_range'],
  ['1899-12-31', 'date_out_of_range'],
  ['2026-11-22', 'date_out_of_range'],
]) {
  test(`day ${JSON.stringify(typed)}`, () => assert.equal(value(readDay(typed, days)), expected));
}

for (const [typed, expected] of [
  ['2022-07', '2022-07'],
  ['2022/7', '2022-07'],
  ['2022年7月', '2022-07'],
  ['202207', '2022-07'],
  ['２０２２．７', '2022-07'],
  ['', undefined],
  ['2022-13', 'not_a_month'],
  ['2022-0', 'not_a_month'],
  ['7/2022', 'not_a_month'],
  ['1989-12', 'month_out_of_range'],
  ['2026-12', 'month_out_of_range'],
]) {
  test(`month ${JSON.stringify(typed)}`, () => assert.equal(value(readMonth(typed, { earliest: '1990-01', latest: '2026-11' })), expected));
}

for (const [typed, expected] of [
  ['0', 0],
  ['-0', 0],
  ['007', 7],
  ['１２', 12],
  ['120,000', 120_000],
  ['120，000', 120_000],
  ['1 200 000', 1_200_000],
  ['12万', 120_000],
  ['12.5 万', 125_000],
  ['0.0001万', 1],
  ['10000000', 10_000_000],
  ['', undefined],
  ['-1', 'integer_out_of_range'],
  ['10000001', 'integer_out_of_range'],
  ['9'.repeat(400), 'integer_out_of_range'],
  ['1.5', 'not_an_integer'],
  ['1e3', 'not_an_integer'],
  ['0x10', 'not_an_integer'],
  ['twelve', 'not_an_integer'],
  ['1.23456万', 'not_an_integer'],
]) {
  test(`whole ${JSON.stringify(typed.slice(0, 20))}`, () => assert.equal(value(readWhole(typed, { min: 0, max: 10_000_000 })), expected));
}

for (const [years, months, expected] of [
  ['5', '1', 61],
  ['5', '', 60],
  ['', '7', 7],
  ['', '30', 30],
  ['0', '0', 0],
  ['', '', undefined],
  ['60', '0', 720],
  ['60', '1', 'duration'],
  ['x', '1', 'duration'],
  ['1.5', '', 'duration'],
  ['1', '-1', 'duration'],
]) {
  test(`duration ${years}|${months}`, () => assert.equal(value(readDuration(years, months, { min: 0, max: 720 })), expected));
}

test('a fault names what was typed and what is allowed', () => {
  assert.deepEqual(readWhole('13', { min: 0, max: 12 }), {
    state: 'fault', fault: { code: 'integer_out_of_range', key: '', value: '13', allowed: { min: 0, max: 12 } },
  });
});

test('thousands stand apart', () => {
  assert.deepEqual([0, 999, 1000, 1234567].map(thousands), ['0', '999', '1,000', '1,234,567']);
});

test('today is the day on the wall, not the day in Greenwich', () => {
  assert.equal(localDay(new Date(2026, 0, 5, 0, 30)), '2026-01-05');
});
