// Links: the same answers come back, and nothing of a broken one is taken.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LinkError, decode, encode } from '../../docs/assets/estimator/share.mjs';

const numbers = {
  birth_date: { number: 2, type: 'date' },
  level: { number: 4, type: 'choice', options: { none: 0, some: 1, all: 300 } },
  months: { number: 9, type: 'integer' },
  holds: { number: 130, type: 'boolean' },
  old: { number: 131, type: 'boolean', gone: true },
  history: { number: 140, type: 'history' },
};
const full = {
  on: '2027-02-28',
  answers: {
    birth_date: '1960-02-29', level: 'all', months: 10 ** 12, holds: false,
    history: [{ from: '2022-07', to: '2023-06', base: 12500 }, { from: '1999-12', to: '1999-12', base: 1 }],
  },
  madeUp: [{ from: '2023-07', to: '2023-07' }, { from: '2023-09', to: '2024-01', base: 8000 }],
};

/** A text made of these bytes, with a right checksum. */
function sealed(...bytes) {
  const honest = encode({ answers: {} }, numbers);
  assert.equal(honest, '1.__8');
  let sum = 0xffff;
  for (const byte of bytes) {
    sum ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) sum = ((sum << 1) ^ (sum & 0x8000 ? 0x1021 : 0)) & 0xffff;
  }
  return `1.${Buffer.from([...bytes, sum >> 8, sum & 255]).toString('base64url')}`;
}
const refusal = (text) => {
  try {
    decode(text, numbers);
  } catch (error) {
    assert.ok(error instanceof LinkError, String(error));
    return error.code;
  }
  return undefined;
};

test('everything comes back', () => {
  assert.deepEqual(decode(encode(full, numbers), numbers), full);
  assert.deepEqual(decode(encode({ answers: { history: [], level: null } }, numbers), numbers), { answers: { history: [] } });
});

test('the order in which answers were given does not show', () => {
  const { months, holds, ...rest } = full.answers;
  assert.equal(encode({ ...full, answers: { holds, months, ...rest } }, numbers), encode(full, numbers));
});

test('each bit that is turned is noticed', () => {
  const bytes = Buffer.from(encode(full, numbers).slice(2), 'base64url');
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const broken = Buffer.from(bytes);
    broken[bit >> 3] ^= 1 << (bit & 7);
    assert.equal(refusal(`1.${broken.toString('base64url')}`), 'incomplete');
  }
});

test('a link that was cut off is noticed, wherever it was', () => {
  const text = encode(full, numbers);
  for (let length = 0; length < text.length; length += 1) assert.ok(refusal(text.slice(0, length)), text.slice(0, length));
});

for (const [text, code] of [
  ['', 'characters'], ['1', 'characters'], ['x.AAAA', 'characters'], ['2.AAAA', 'version'], ['01.__8', 'version'], ['1.__8=', 'characters'],
  ['1.<b>', 'characters'], ['1.__9', 'incomplete'], ['1.%5F', 'characters'], [`1.${'A'.repeat(9000)}`, 'long'],
  [sealed(131, 1, 1), 'gone'], [sealed(77, 1), 'newer'], [sealed(4, 7), 'newer'], [sealed(9), 'malformed'],
  [sealed(9, 128, 0), 'malformed'], [sealed(9, 255, 255, 255, 255, 255, 255, 255, 255, 1), 'malformed'],
  [sealed(9, ...Array(400).fill(128), 1), 'malformed'], [sealed(130, 1, 2), 'malformed'],
  [sealed(9, 1, 2, 0), 'malformed'], [sealed(9, 1, 9, 1), 'malformed'], [sealed(2, 254, 255, 255, 255, 255, 31), 'malformed'],
  [sealed(140, 1, 255, 255, 255, 127), 'malformed'], [sealed(140, 1, 1, 0, 0, 0), 'malformed'], [sealed(1, 0), 'malformed'],
  [sealed(140, 1, 255, 255, 255, 255, 255, 255, 15), 'malformed'],
]) {
  test(`refused as ${code}: ${text.slice(0, 30)}`, () => assert.equal(refusal(text), code));
}

test('no text takes long or ends in another error', () => {
  let state = 1;
  const dice = (most) => (state = (state * 48271) % 0x7fffffff) % most;
  for (let round = 0; round < 3000; round += 1) {
    const bytes = Array.from({ length: dice(40) }, () => (dice(3) ? [0, 1, 2, 4, 9, 130, 140][dice(7)] : dice(256)));
    const text = dice(2) ? sealed(...bytes) : `1.${String.fromCharCode(...bytes)}`;
    try {
      // What is taken is the only way to say it.
      assert.equal(encode(decode(text, numbers), numbers), text);
    } catch (error) {
      assert.ok(error instanceof LinkError, `${JSON.stringify(text)}: ${error}`);
    }
  }
});

test('what no link can hold is not written', () => {
  for (const answers of [{ months: -1 }, { months: 1.5 }, { birth_date: '1960-02-30' }, { level: 'most' }, { nobody: 1 }, { history: [{ from: '2022-13', to: '2023-01', base: 1 }] }, { history: [{ from: '2022-12', to: '2023-01' }] }]) {
    assert.throws(() => encode({ answers }, numbers), LinkError, JSON.stringify(answers));
  }
});
