// The QR code that is drawn is the library's, module by module.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { qrcode } from 'qrcode-generator';
import { modules, path } from '../../docs/assets/estimator/qr.mjs';

/** The modules that an SVG path covers. */
function drawn(text, size) {
  const rows = Array.from({ length: size }, () => Array(size).fill(false));
  for (const [, x, y, width] of text.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    for (let column = Number(x); column < Number(x) + Number(width); column += 1) rows[Number(y)][column] = true;
  }
  return rows;
}

for (const length of [10, 60, 200, 1000, 2900]) {
  test(`a link of ${length} characters`, () => {
    const link = `https://example.org/estimator/#a=1.${'Ab_-9'.repeat(length)}`.slice(0, length);
    const rows = modules(qrcode, link);
    const [finder] = [rows.slice(0, 7).map((row) => row.slice(0, 7).map(Number).join('')).join(' ')];
    assert.equal(finder, '1111111 1000001 1011101 1011101 1011101 1000001 1111111');
    const quiet = drawn(path(rows), rows.length + 8);
    assert.deepEqual(quiet.slice(4, -4).map((row) => row.slice(4, -4)), rows);
    assert.ok([...quiet.slice(0, 4), ...quiet.slice(-4), ...quiet.map((row) => [...row.slice(0, 4), ...row.slice(-4)])].every((row) => !row.some(Boolean)));
    for (const level of length > 2300 ? ['L'] : ['M']) {
      const code = qrcode(0, level);
      code.addData(link);
      code.make();
      assert.equal(rows.length, code.getModuleCount());
      assert.ok(rows.every((row, y) => row.every((dark, x) => dark === code.isDark(y, x))));
    }
  });
}

test('a link that no code can hold has none', () => assert.equal(modules(qrcode, 'x'.repeat(3000)), undefined));
