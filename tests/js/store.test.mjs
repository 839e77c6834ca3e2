// What is kept in the browser: written only when asked, read whole or refused with a reason.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LONGEST_NAME, MOST_PROFILES, PREFIX, Store, StoreError, read, tidyName } from '../../docs/assets/estimator/store.mjs';

/** Storage as a browser has it, with room for so many characters. */
class Memory {
  constructor(room = Infinity) {
    this.map = new Map();
    this.room = room;
  }
  get length() {
    return this.map.size;
  }
  key(index) {
    return [...this.map.keys()][index] ?? null;
  }
  getItem(key) {
    return this.map.get(key) ?? null;
  }
  setItem(key, value) {
    if (value.length > this.room) throw Object.assign(new Error('full'), { name: 'QuotaExceededError' });
    this.map.set(key, value);
  }
  removeItem(key) {
    this.map.delete(key);
  }
}
const KEY = `${PREFIX}profiles`;
const profile = (name, answers = { si_months: 12 }) => ({ name, saved_on: '2026-11-21', rules: 'r', answers });
const code = (act) => {
  try {
    act();
  } catch (error) {
    assert.ok(error instanceof StoreError, String(error));
    return error.detail ? `${error.code} ${error.detail}` : error.code;
  }
  return undefined;
};

test('nothing is written by looking', () => {
  const memory = new Memory();
  assert.deepEqual(new Store(() => memory).list(), []);
  assert.equal(memory.length, 0);
});

test('saved, replaced by name, removed', () => {
  const memory = new Memory();
  const store = new Store(() => memory);
  const whole = { ...profile('本人'), on: '2027-01-01', answers: { a: true, h: [{ from: '2022-01', to: '2022-02', base: 1 }] }, made_up: [{ from: '2022-03', to: '2022-03' }] };
  assert.equal(store.save(whole), undefined);
  store.save(profile('配偶'));
  assert.deepEqual(new Store(() => memory).list(), [whole, profile('配偶')]);
  assert.deepEqual(store.save(profile('本人', {})), whole);
  assert.deepEqual(store.list().map(({ name }) => name), ['本人', '配偶']);
  store.remove('本人');
  store.remove('配偶');
  assert.equal(memory.length, 0);
});

test('clearing takes all of ours and nothing else', () => {
  const memory = new Memory();
  for (const key of ['/.__palette', `${PREFIX}profiles`, `${PREFIX}other`, 'shanghai']) memory.setItem(key, 'x');
  new Store(() => memory).wipe();
  assert.deepEqual([...memory.map.keys()], ['/.__palette', 'shanghai']);
});

test('a browser that keeps nothing, or no more, says so', () => {
  const denied = new Store(() => {
    throw Object.assign(new Error('no'), { name: 'SecurityError' });
  });
  assert.equal(code(() => denied.list()), 'denied SecurityError');
  assert.equal(code(() => denied.save(profile('a'))), 'denied SecurityError');
  assert.equal(code(() => denied.wipe()), 'denied SecurityError');
  const memory = new Memory(150);
  const store = new Store(() => memory);
  store.save(profile('a'));
  assert.equal(code(() => store.save(profile('b', { x: 'y'.repeat(200) }))), 'full QuotaExceededError');
  assert.deepEqual(store.list(), [profile('a')]);
});

test('so many and no more', () => {
  const store = new Store(() => memory);
  const memory = new Memory();
  for (let index = 0; index < MOST_PROFILES; index += 1) store.save(profile(`p${index}`));
  assert.equal(code(() => store.save(profile('one more'))), `many ${MOST_PROFILES}`);
  store.save(profile('p3', {}));
  assert.equal(store.list().length, MOST_PROFILES);
});

const good = { version: 1, profiles: [profile('a')] };
const changed = (change) => {
  const copy = structuredClone(good);
  change(copy);
  return JSON.stringify(copy);
};
for (const [name, text, reason] of [
  ['no JSON', '{"version":1,', 'json'],
  ['another shape', '[]', 'shape version'],
  ['null', 'null', 'shape version'],
  ['a newer version', changed((it) => (it.version = 2)), 'newer 2'],
  ['an older version', changed((it) => (it.version = 0)), 'shape version'],
  ['no profiles', '{"version":1}', 'shape profiles'],
  ['an unknown part', changed((it) => (it.more = 1)), 'shape more'],
  ['a name with markup is a name', changed((it) => (it.profiles[0].name = '<img src=x onerror=alert(1)>')), undefined],
  ['a name that hides something', changed((it) => (it.profiles[0].name = 'a\u202eb')), 'shape profiles[0].name'],
  ['an empty name', changed((it) => (it.profiles[0].name = '')), 'shape profiles[0].name'],
  ['the same name twice', changed((it) => it.profiles.push(profile('a'))), 'shape name'],
  ['no answers', changed((it) => delete it.profiles[0].answers), 'shape profiles[0].answers'],
  ['nested answers', changed((it) => (it.profiles[0].answers.x = { y: {} })), 'shape profiles[0].answers'],
  ['a part of ours in a stretch', changed((it) => (it.profiles[0].answers.h = [{ from: '2022-01', evil: 1 }])), 'shape profiles[0].answers'],
  ['a broken number', changed((it) => (it.profiles[0].answers.x = 1.5)), 'shape profiles[0].answers'],
  ['a prototype', '{"version":1,"profiles":[],"__proto__":{}}', 'shape __proto__'],
  ['a day that is none', changed((it) => (it.profiles[0].on = 'soon')), 'shape profiles[0].on'],
  ['months that are none', changed((it) => (it.profiles[0].made_up = [{ from: '2022-01', to: 'x' }])), 'shape profiles[0].made_up'],
  ['what the panels were set to', changed((it) => (it.profiles[0].kept = { years: 10, assume: true, deadline: '2027-05-07', occasion: '', impossible: ['title'], months: { title: 3 }, cost: {}, at_hand: [] })), undefined],
  ['what no panel is set to', changed((it) => (it.profiles[0].kept = { years: 'ten' })), 'shape profiles[0].kept'],
  ['something more beside what the panels were set to', changed((it) => (it.profiles[0].kept = { constructor: 1 })), 'shape profiles[0].kept'],
  ['a million characters', `"${'x'.repeat(1_000_001)}"`, 'large'],
]) {
  test(`reading ${name}`, () => {
    assert.equal(code(() => read(text)), reason);
    // What is refused stays as it lies there, and is not written over.
    const memory = new Memory();
    memory.setItem(KEY, text);
    const store = new Store(() => memory);
    if (reason) {
      assert.equal(code(() => store.save(profile('b'))), reason);
      assert.equal(store.raw(), text);
      store.wipe();
      assert.equal(memory.length, 0);
    }
  });
}

test('names are what can be seen of them', () => {
  assert.equal(tidyName('  本\u200b人\n\t x\u202e '), '本 人 x');
  assert.equal(tidyName('长'.repeat(99)).length, LONGEST_NAME);
});
