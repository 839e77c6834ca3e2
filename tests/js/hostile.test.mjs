// What comes from outside into the page's own readers, broken at random from a seed: refused by a named error or taken whole.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDay, readDuration, readMonth, readWhole } from '../../docs/assets/estimator/fields.mjs';
import { LONGEST, LinkError, decode, encode } from '../../docs/assets/estimator/share.mjs';
import { StoreError, read, tidyName } from '../../docs/assets/estimator/store.mjs';
import { Unreadable, decode as decodeFile } from '../../docs/assets/roster/table.mjs';

const NUMBERS = {
  birth_date: { number: 2, type: 'date' }, si_months: { number: 3, type: 'integer' }, award: { number: 4, type: 'choice', options: { none: 0, city: 1 } },
  holds: { number: 5, type: 'boolean' }, history: { number: 6, type: 'history' },
};
const WHOLE = { birth_date: '1990-05-20', si_months: 60, award: 'city', holds: true, history: [{ from: '2020-01', to: '2024-06', base: 9000 }] };

/** Numbers from 0 to below 2^32, the same for the same seed. */
function dice(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state;
  };
}

test('a broken link is refused by name; what is taken says the same again', () => {
  const roll = dice(1);
  const good = encode({ answers: WHOLE }, NUMBERS);
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/% <\u202e';
  let taken = 0;
  for (let count = 0; count < 20_000; count += 1) {
    let text = good;
    for (let change = roll() % 4; change >= 0; change -= 1) {
      const at = roll() % (text.length + 1);
      const put = letters[roll() % letters.length].repeat(roll() % 3);
      text = text.slice(0, at) + put + text.slice(at + (roll() % 3));
    }
    if (text === good) continue;
    try {
      assert.equal(encode(decode(text, NUMBERS), NUMBERS), text);
      taken += 1;
    } catch (error) {
      assert.ok(error instanceof LinkError, `${text}: ${error}`);
    }
  }
  // Two bytes of checksum let one in 65,536 pass by chance.
  assert.ok(taken < 10, `${taken} of 20,000 changed links were taken`);
  assert.throws(() => decode('1.'.padEnd(LONGEST + 1, 'A'), NUMBERS), { code: 'long' });
});

test('what a program left in the store is refused by name or read whole', () => {
  const roll = dice(2);
  const good = JSON.stringify({ version: 1, profiles: [{ name: '本人', saved_on: '2026-01-01', rules: 'r', answers: { si_months: 1 }, kept: { years: 3 } }] });
  const pieces = ['"__proto__":1,', '{', '}', '[', '"', '<img src=x onerror=alert(1)>', '\u202e', '9e999', 'null', ',', '"version":2', '\\u0000'];
  for (let count = 0; count < 5000; count += 1) {
    const at = roll() % good.length;
    const text = good.slice(0, at) + pieces[roll() % pieces.length] + good.slice(at + (roll() % 12));
    try {
      for (const profile of read(text)) assert.equal(tidyName(profile.name), profile.name);
    } catch (error) {
      assert.ok(error instanceof StoreError, `${text}: ${error}`);
    }
  }
  assert.equal({}.polluted, undefined);
  assert.throws(() => read(' '.repeat(1_000_001)), { code: 'large' });
});

test('any bytes are text of a known encoding or refused', () => {
  const roll = dice(3);
  for (let count = 0; count < 3000; count += 1) {
    const bytes = Uint8Array.from({ length: roll() % 40 }, () => roll() % 256);
    try {
      const { text, encoding } = decodeFile(bytes);
      assert.ok(typeof text === 'string' && encoding);
    } catch (error) {
      assert.ok(error instanceof Unreadable, String(error));
    }
  }
});

test('whatever is typed is a value, nothing, or a fault that says what is allowed', () => {
  const roll = dice(4);
  const letters = '0123456789-/.年月日个 ,’٣²＋e+nN\u202e<>';
  for (let count = 0; count < 20_000; count += 1) {
    const text = Array.from({ length: roll() % 12 }, () => letters[roll() % letters.length]).join('');
    const allowed = { earliest: '1900-01-01', latest: '2026-11-21' };
    for (const reading of [
      readDay(text, allowed), readMonth(text, { earliest: '1990-01', latest: '2026-11' }), readWhole(text, { min: 0, max: 12 }), readDuration(text, '', { min: 0, max: 600 }),
    ]) {
      assert.ok(['open', 'partly', 'given', 'fault'].includes(reading.state), text);
      if (reading.state === 'given' && typeof reading.value === 'number') assert.ok(reading.value >= 0 && reading.value <= 600, text);
      if (reading.state === 'fault') assert.ok(reading.fault.code && reading.fault.allowed, text);
    }
    const day = readDay(text, allowed);
    if (day.state === 'given') assert.ok(day.value >= allowed.earliest && day.value <= allowed.latest, text);
  }
});
