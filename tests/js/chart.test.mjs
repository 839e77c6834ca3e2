// The geometry of the line over time, as pure functions.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { layout } from '../../docs/assets/estimator/chart.mjs';

const MARGINS = { left: 0, right: 0, top: 0, bottom: 0 };
const SIZE = { width: 1000, height: 100, margins: MARGINS };

/** @param {[string, number, number?][]} changes @param {Record<string, unknown>} [more] */
const projection = (changes, more = {}) => ({
  timeline: changes.map(([date, low, high = low]) => ({ date, low, high, because: [], reasons: [] })),
  end: '2036-11-21', standards: [{ from: '2026-11-21', points: 120 }], rules: [], reaches_on: null, falls_below_on: null, ...more,
});

/** Corners of a stepped path as [x, y]. @param {string} path */
function corners(path) {
  const out = [];
  let [x, y] = [0, 0];
  for (const [, letter, numbers] of path.matchAll(/([MHVLZ])([^MHVLZ]*)/g)) {
    const values = numbers.trim().split(/\s+/).map(Number);
    if (letter === 'H') [x] = values;
    else if (letter === 'V') [y] = values;
    else if (letter !== 'Z') [x, y] = values;
    out.push([x, y]);
  }
  return out;
}

test('a step stands at its day, and the line goes on to the end', () => {
  const plan = layout(projection([['2026-11-21', 100], ['2031-11-21', 120]]), SIZE);
  assert.deepEqual(plan.dots.map(({ x }) => x), [0, 499.9]); // a leap day more in the second half
  const [from, along, up, end] = corners(plan.low);
  assert.deepEqual([from[0], along[0], up[0], end[0]], [0, 499.9, 499.9, 1000]);
  assert.ok(from[1] === along[1] && up[1] === end[1] && up[1] < from[1]);
  assert.equal(plan.band, '');
  assert.equal(plan.high, '');
});

test('the standard is where its points are, and steps with them', () => {
  const flat = layout(projection([['2026-11-21', 120]]), SIZE);
  assert.equal(corners(flat.standard)[0][1], flat.dots[0].y);
  const standards = [{ from: '2026-11-21', points: 120 }, { from: '2028-01-01', points: 130 }];
  const plan = layout(projection([['2026-11-21', 120], ['2030-01-01', 130]], { standards }), SIZE);
  const [first, , second] = corners(plan.standard);
  assert.equal(first[1], plan.dots[0].y);
  assert.equal(second[1], plan.dots[1].y);
  assert.deepEqual(plan.standards.map(({ points, x }) => [points, x]), [[120, 0], [130, second[0]]]);
});

test('a range is a band between two lines, closed and never inside out', () => {
  const plan = layout(projection([['2026-11-21', 90, 150], ['2028-01-01', 93, 150], ['2030-01-01', 90, 90]]), SIZE);
  assert.ok(plan.band.endsWith('Z'));
  for (const dot of plan.dots) assert.ok(dot.top <= dot.y);
  assert.equal(plan.dots[2].top, plan.dots[2].y);
  assert.deepEqual(corners(plan.high).map(([x]) => x), corners(plan.low).map(([x]) => x));
});

test('what is far off stays inside the frame, and does not flatten the rest', () => {
  const plan = layout(projection([['2026-11-21', -7000, 1100], ['2028-01-01', -6990, 1110]]), SIZE);
  for (const dot of plan.dots) assert.ok(dot.y <= 100 && dot.top >= 0);
  const standard = corners(plan.standard)[0][1];
  assert.ok(standard > 10 && standard < 90);
  // A certain score is never cut off, however low.
  const low = layout(projection([['2026-11-21', -150]]), SIZE);
  assert.ok(low.points.some(({ label }) => label === '−150' || label === '−200'));
  assert.ok(low.dots[0].y < 100);
});

test('the days of reaching and of falling are marked', () => {
  const plan = layout(projection([['2026-11-21', 117], ['2027-04-01', 120], ['2034-06-15', 118]], { reaches_on: '2027-04-01', falls_below_on: '2034-06-15' }), SIZE);
  assert.deepEqual(plan.dots.map(({ mark }) => mark), ['', 'reach', 'fall']);
});

test('years and points are labelled, no more than there is room for', () => {
  for (const width of [280, 360, 440, 1000]) {
    for (const end of ['2027-11-21', '2036-11-21', '2056-11-21']) {
      const plan = layout({ ...projection([['2026-11-21', 60], ['2027-01-01', 190]]), end }, { width, height: 210 });
      assert.ok(plan.years.length >= 1, `${width} ${end}`);
      for (const [index, { x }] of plan.years.entries()) if (index) assert.ok(x - plan.years[index - 1].x >= 40, `${width} ${end}`);
      assert.ok(plan.points.length >= 3 && plan.points.length <= 8);
      for (const { y } of plan.points) assert.ok(y >= 0 && y <= 210);
    }
  }
});
