// Who should apply, of saved answers side by side: whoever is equal is named together.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { advise } from '../../docs/assets/estimator/compare.mjs';

const SAY = { best_none: 'none', best_barred: 'barred {names}', best_one: 'one {name} {low}', best_margin: 'margin {names}: {best} {low}', best_tie: 'tie {names}', best_soonest: 'soonest {best}', best_highest: 'highest {best} {low}' };
const WORDS = /** @type {any} */ ({ lang: 'en' });

/** @param {string} name @param {number} low @param {{reaches?: string, barred?: boolean}} [more] @returns {any} */
const column = (name, low, { reaches, barred = false } = {}) => ({
  name, reaches: reaches ?? null,
  estimate: { standard: 120, vetoed: barred, checks: [], answered: { low, high: low } },
});
/** @param {any[]} columns */
const said = (...columns) => advise(columns, {}, SAY, WORDS);

test('one, several with most to spare, and a tie of all', () => {
  assert.equal(said(column('A', 125), column('B', 90)), 'one A 125');
  assert.equal(said(column('A', 125), column('B', 130)), 'margin “A”, “B”: “B” 130');
  assert.equal(said(column('A', 130), column('B', 120), column('C', 130)), 'margin “A”, “B”, “C”: “A”, “C” 130');
  assert.equal(said(column('A', 120), column('B', 120)), 'tie “A”, “B”');
});

test('nobody is there yet: who is first, and together where it is the same day', () => {
  assert.equal(said(column('A', 90, { reaches: '2028-07-01' }), column('B', 80, { reaches: '2028-06-01' })), 'soonest “B”');
  assert.equal(said(column('A', 90, { reaches: '2028-07-01' }), column('B', 80, { reaches: '2028-07-01' })), 'soonest “A”, “B”');
  assert.equal(said(column('A', 90), column('B', 80)), 'highest “A” 90');
  assert.equal(said(column('A', 90), column('B', 90)), 'highest “A”, “B” 90');
});

test('whom something bars is not advised', () => {
  assert.equal(said(column('A', 130, { barred: true })), 'none');
  assert.equal(said(column('A', 130, { barred: true }), column('B', 121)), 'barred “A” one B 121');
});
