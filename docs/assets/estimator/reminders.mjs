// @ts-check
/**
 * Reminders: the days that matter as a calendar file, made in the page. Titles say nothing personal.
 *
 * @typedef {import('./ahead').State} State
 * @typedef {import('./ahead').Projection} Projection
 * @typedef {import('./ahead').Countdown} Countdown
 * @typedef {import('./ahead').CalendarEvent} CalendarEvent
 * @typedef {import('./panel.mjs').Shared} Shared
 */
import { el } from './dom.mjs';
import { calendar } from './ics.mjs';
import { Panel } from './panel.mjs';
import { Work } from './work.mjs';

const CHANGES = ['none', 'standard', 'all'];
const BEFORE = [7, 14, 30, 60];

export class Reminders extends Panel {
  #seed = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  #settings = { expiry: '', before: 30, yearly: true, changes: 'standard' };
  /** @type {CalendarEvent[]} */
  #events = [];

  /** @param {Shared} shared */
  constructor(shared) {
    super(shared, 'remind');
    const { phrases } = this;
    const { renewal } = shared.page.ahead;
    this.work = new Work(phrases, () => shared.interrupt('project', 'deadline'));
    const allowed = () => ({ earliest: this.state?.on ?? '', latest: `${Number((this.state?.on ?? '2000').slice(0, 4)) + 30}-12-31` });
    const expiry = this.dayField({ id: 'permit-expiry', label: phrases.say('expiry'), value: '', allowed, onDay: (day) => this.#set({ expiry: day }) });
    const deadline = this.dayField({
      id: 'remind-deadline', label: phrases.say('remind_deadline'), value: shared.kept.deadline, allowed,
      onDay: (day) => {
        shared.kept.deadline = day;
        shared.changed();
      },
    });
    this.deadline = deadline;
    const before = el('select', { onchange: () => this.#set({ before: Number(before.value) }) }, ...BEFORE.map((days) => el('option', { value: days }, String(days))));
    before.value = String(this.#settings.before);
    const yearly = el('input', { type: 'checkbox', onchange: () => this.#set({ yearly: yearly.checked }) });
    yearly.checked = this.#settings.yearly;
    const changes = el('select', { onchange: () => this.#set({ changes: changes.value }) }, ...CHANGES.map((name) => el('option', { value: name }, phrases.say(`changes_${name}`))));
    changes.value = this.#settings.changes;
    this.list = el('ul', { class: 'events' });
    this.count = el('p', { class: 'count', role: 'status' });
    this.button = el('button', { type: 'button', class: 'md-button', onclick: () => this.#download() }, phrases.say('download'));
    this.done = el('p', { class: 'more', role: 'status' });
    this.element.append(
      el('h3', {}, phrases.say('remind_title')), el('p', { class: 'more' }, phrases.say('remind_lead')), expiry.element,
      el('div', {}, el('label', { class: 'field' }, el('span', {}, phrases.say('before_expiry')), before)),
      el('div', {}, el('label', { class: 'toggle' }, yearly, el('span', {}, phrases.say('yearly')))),
      el('p', { class: 'more' }, phrases.say('late', renewal), ' ', this.late = el('span')),
      deadline.element, el('label', { class: 'field wide' }, el('span', {}, phrases.say('remind_changes')), changes),
      this.work.element, this.count, this.list, this.button, this.done,
    );
  }

  /** @param {Partial<{expiry: string, before: number, yearly: boolean, changes: string}>} change */
  #set(change) {
    Object.assign(this.#settings, change);
    this.invalidate();
  }

  /** @param {State} state */
  refresh(state) {
    const { kept, page } = this.shared;
    this.deadline.show(kept.deadline);
    this.late.replaceChildren(this.phrases.cites(page.ahead.renewal.cite));
    const ask = async () => {
      const due = kept.deadline >= state.on;
      const projection = /** @type {Projection | undefined} */ (await this.ask('project', { years: kept.years }));
      if (!projection) return undefined; // a second question would push out the newer one's
      const countdown = due ? /** @type {Countdown | undefined} */ (await this.ask('deadline', { deadline: kept.deadline })) : null;
      return countdown === undefined ? undefined : { projection, countdown };
    };
    void this.work.run(ask, ({ projection, countdown }) => this.#show(state, projection, countdown));
  }

  /** @param {State} state @param {Projection} projection @param {Countdown | null} countdown */
  #show({ on }, projection, countdown) {
    const { phrases } = this;
    this.#events = [...this.#permit(on), ...this.#points(projection), ...(countdown && countdown.apply_by >= on ? [this.#event('apply', countdown.apply_by, 7)] : [])]
      .sort((a, b) => a.date.localeCompare(b.date));
    this.count.textContent = this.#events.length ? phrases.say('events', { count: this.#events.length }) : phrases.say('events_none');
    this.list.replaceChildren(...this.#events.map(({ date, title, alarm = 0, yearly }) => el('li', {}, el('span', { class: 'figure' }, date), ' ', title, ' ',
      el('span', { class: 'more' }, [phrases.say('alarm', { span: phrases.count('day', alarm) }), ...(yearly ? [phrases.say('each_year')] : [])].join(phrases.say('separator'))))));
    this.button.disabled = !this.#events.length;
    this.done.textContent = '';
  }

  /** @param {string} name @param {string} date @param {number} alarm @param {boolean} [yearly] @returns {CalendarEvent} */
  #event(name, date, alarm, yearly = false) {
    return { id: `${name}-${date}`, date, title: this.phrases.say(`event_${name}`), note: this.phrases.say('event_note'), alarm, yearly };
  }

  /** Endorsement, confirmation and the last day for it, from the day on which the permit expires. @param {string} on */
  #permit(on) {
    const { expiry, before, yearly } = this.#settings;
    if (!expiry) return [];
    const events = [
      this.#event('endorse', later(expiry, -before), 1, yearly), this.#event('confirm', expiry, 1, yearly),
      this.#event('last', later(expiry, this.shared.page.ahead.renewal.days), 7),
    ];
    return events.filter(({ date, yearly: again }) => again || date >= on);
  }

  /** The days on which the points change. @param {Projection} projection */
  #points({ timeline, reaches_on: reaches, falls_below_on: falls }) {
    const { changes } = this.#settings;
    return timeline.slice(1).flatMap(({ date }) => {
      const name = date === reaches ? 'reaches' : date === falls ? 'falls' : 'change';
      return changes === 'none' || (changes === 'standard' && name === 'change') ? [] : [this.#event(name, date, 14)];
    });
  }

  #download() {
    const { phrases, shared: { page } } = this;
    const text = calendar(this.#events, { now: new Date().toISOString(), seed: this.#seed, lang: page.lang });
    const address = URL.createObjectURL(new Blob([text], { type: 'text/calendar;charset=utf-8' }));
    const link = el('a', { href: address, download: `${phrases.say('file_name')}.ics` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    this.done.textContent = phrases.say('downloaded');
  }
}

/** @param {string} day @param {number} days */
const later = (day, days) => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
