// @ts-check
/**
 * A calendar file (RFC 5545) with all-day events. Pure: the time of writing is handed in.
 *
 * @typedef {import('./ahead').CalendarEvent} CalendarEvent
 */

/** The longest line, in octets, without its end (RFC 5545, 3.1). */
const LONGEST = 75;
const encoder = new TextEncoder();

/**
 * @param {readonly CalendarEvent[]} events
 * @param {object} about
 * @param {string} about.now  the moment of writing, ISO 8601 in UTC
 * @param {string} about.seed  makes the events' names unlike those of any other file
 * @param {string} about.lang
 * @returns {string}
 */
export function calendar(events, { now, seed, lang }) {
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//shanghai-points//reminders//EN', 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH'];
  const stamp = now.replace(/[-:]/g, '').replace(/\.\d+/, '');
  for (const { id, date, title, note, alarm, yearly } of events) {
    lines.push(
      'BEGIN:VEVENT', `UID:${id}-${seed}@shanghai-points`, `DTSTAMP:${stamp}`, `DTSTART;VALUE=DATE:${plain(date)}`,
      `DTEND;VALUE=DATE:${plain(after(date))}`, `SUMMARY;LANGUAGE=${lang}:${escaped(title)}`,
    );
    if (note) lines.push(`DESCRIPTION;LANGUAGE=${lang}:${escaped(note)}`);
    if (yearly) lines.push(`RRULE:FREQ=YEARLY${date.endsWith('-02-29') ? ';BYMONTH=2;BYMONTHDAY=-1' : ''}`);
    lines.push('TRANSP:TRANSPARENT');
    if (alarm !== undefined) {
      lines.push('BEGIN:VALARM', 'ACTION:DISPLAY', `TRIGGER:${trigger(alarm)}`, `DESCRIPTION:${escaped(title)}`, 'END:VALARM');
    }
    lines.push('END:VEVENT');
  }
  lines.push('END:VCALENDAR');
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

/** An all-day event begins at midnight: nine in the morning so many days before it, or on the day itself. @param {number} days */
const trigger = (days) => (days > 1 ? `-P${days - 1}DT15H` : days === 1 ? '-PT15H' : 'PT9H');

/** @param {string} date */
const plain = (date) => date.replaceAll('-', '');

/** The next day. @param {string} date */
const after = (date) => new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** @param {string} text */
const escaped = (text) => text.replace(/[\\;,]/g, '\\$&').replace(/\r\n|\r|\n/g, '\\n');

/** The line cut where it is too long, never inside a character; what follows is set in by a space. @param {string} line */
function folded(line) {
  let out = '';
  let octets = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (octets + size > LONGEST) {
      out += '\r\n ';
      octets = 1;
    }
    out += character;
    octets += size;
  }
  return out;
}
