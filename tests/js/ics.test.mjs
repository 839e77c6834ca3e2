// The calendar file as text: lines, folding, escaping, days. tests/test_ics.py reads it with a library.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calendar } from '../../docs/assets/estimator/ics.mjs';

const ABOUT = { now: '2026-11-21T09:30:15.123Z', seed: 'abc123', lang: 'zh' };
const lines = (/** @type {string} */ text) => text.split('\r\n');

test('every line ends with CR LF and is at most 75 octets long, cut between characters', () => {
  const title = '积分材料最晚今天递交，'.repeat(12);
  const text = calendar([{ id: 'a', date: '2027-05-07', title, note: 'x'.repeat(300) }], ABOUT);
  assert.ok(text.endsWith('END:VCALENDAR\r\n'));
  assert.equal(text.replaceAll('\r\n', '').match(/[\r\n]/), null);
  for (const line of lines(text)) assert.ok(Buffer.byteLength(line) <= 75, line);
  assert.ok(!text.includes('\ufffd'));
  const whole = text.replaceAll('\r\n ', '');
  assert.ok(whole.includes(`SUMMARY;LANGUAGE=zh:${title}`));
});

test('commas, semicolons, backslashes and line feeds are escaped', () => {
  const text = calendar([{ id: 'a', date: '2027-05-07', title: 'a,b;c\\d\ne\r\nf' }], ABOUT);
  assert.ok(text.includes('a\\,b\\;c\\\\d\\ne\\nf'));
});

test('an event is the whole day, ends with the next, and names the moment of writing', () => {
  const text = lines(calendar([{ id: 'expires-2027-12-31', date: '2027-12-31', title: 't' }], ABOUT));
  for (const line of ['DTSTART;VALUE=DATE:20271231', 'DTEND;VALUE=DATE:20280101', 'DTSTAMP:20261121T093015Z', 'UID:expires-2027-12-31-abc123@shanghai-points']) {
    assert.ok(text.includes(line), line);
  }
  assert.ok(!text.some((line) => line.startsWith('RRULE')));
});

test('alarms sound at nine, so many days before', () => {
  const trigger = (/** @type {number} */ alarm) => lines(calendar([{ id: 'a', date: '2027-05-07', title: 't', alarm }], ABOUT)).find((line) => line.startsWith('TRIGGER'));
  assert.deepEqual([0, 1, 2, 14].map(trigger), ['TRIGGER:PT9H', 'TRIGGER:-PT15H', 'TRIGGER:-P1DT15H', 'TRIGGER:-P13DT15H']);
});

test('29 February comes again on the last day of February', () => {
  const rule = (/** @type {string} */ date) => lines(calendar([{ id: 'a', date, title: 't', yearly: true }], ABOUT)).find((line) => line.startsWith('RRULE'));
  assert.equal(rule('2028-02-29'), 'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1');
  assert.equal(rule('2027-02-28'), 'RRULE:FREQ=YEARLY');
});
