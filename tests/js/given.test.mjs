// What a reader may paste in order to report a difference: links in both forms, saved files, and everything else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NotGiven, fromFragment, read } from '../../docs/assets/second-opinion/given.mjs';
import { encode } from '../../docs/assets/estimator/share.mjs';

const numbers = {
  birth_date: { number: 2, type: 'date' },
  education_level: { number: 3, type: 'choice', options: { none: 0, master: 1 } },
  si_months: { number: 4, type: 'integer' },
};
const answers = { birth_date: '1990-05-20', education_level: 'master', si_months: 40 };
const code = (text) => {
  try {
    return read(text, numbers, 5000);
  } catch (error) {
    assert.ok(error instanceof NotGiven, String(error));
    return error.code;
  }
};

test('a share link is read with its day, whatever stands before the #', () => {
  const link = encode({ answers, on: '2026-11-21' }, numbers);
  for (const text of [link, ` ${link}\n`, `https://example.org/estimator/#${link}`]) {
    assert.deepEqual(read(text, numbers, 5000), { answers, on: '2026-11-21' });
  }
  assert.deepEqual(fromFragment(encode({ answers }, numbers), numbers), { answers });
});

test('answers that were typed stay texts, and nothing else comes along', () => {
  assert.deepEqual(read('/estimator/#birth_date=1990-5-20&si_months=&name=x&__proto__=y&education_level=master', numbers, 5000), {
    texts: { birth_date: '1990-5-20', education_level: 'master' },
  });
});

test('a saved file is read: answers alone, with their day, or among profiles', () => {
  assert.deepEqual(read(JSON.stringify(answers), numbers, 5000), { answers });
  assert.deepEqual(read(JSON.stringify({ version: 1, on: '2026-11-21', answers }), numbers, 5000), { answers, on: '2026-11-21' });
  assert.deepEqual(read(JSON.stringify({ version: 1, profiles: [{ name: 'x', answers }, { name: 'y', answers: {} }] }), numbers, 5000), { answers });
});

test('everything else is refused with its reason', () => {
  const link = encode({ answers }, numbers);
  assert.equal(code(''), 'nothing');
  assert.equal(code('hello'), 'nothing');
  assert.equal(code('https://example.org/estimator/'), 'nothing');
  assert.equal(code('#name=x'), 'nothing');
  assert.equal(code('{}'), 'nothing');
  assert.equal(code(link.slice(0, -1)), 'link');
  assert.equal(code(`${link}A`), 'link');
  assert.equal(code('1.<script>'), 'link');
  assert.equal(code(link.replace('1.', '2.')), 'newer');
  assert.equal(code('{"answers": 5}'), 'json');
  assert.equal(code('[1]'), 'json');
  assert.equal(code('{"profiles": []}'), 'json');
  assert.equal(code('{oops'), 'json');
  assert.equal(code('x'.repeat(5001)), 'large');
});
