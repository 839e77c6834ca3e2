// @ts-check
/**
 * What the panels have in common: they are worked out only while they are seen, and again when the answers or a setting change.
 *
 * @typedef {import('./ahead').AheadPage} AheadPage
 * @typedef {import('./ahead').State} State
 * @typedef {import('./ahead').Kept} Kept
 * @typedef {import('./types').Fault} Fault
 * @typedef {import('./phrases.mjs').Phrases} Phrases
 * @typedef {{
 *   page: AheadPage, phrases: Phrases, kept: Kept,
 *   request: (kind: string, payload: string) => Promise<string | undefined>, interrupt: (...kinds: string[]) => void,
 *   goTo: (key: string) => void, label: (key: string) => string, neutral: (key: string) => unknown,
 *   open: (panel: string) => void, changed: () => void,
 * }} Shared
 */
import { el, redraw } from './dom.mjs';
import { readDay } from './fields.mjs';
import { sayFault } from './words.mjs';

export class Panel {
  /** @type {State | undefined} */
  state;
  #stale = true;
  /** Whether parts are just being replaced: a field that leaves the page then was not left by the reader. */
  drawing = false;

  /** @param {Shared} shared @param {string} name */
  constructor(shared, name) {
    this.shared = shared;
    this.name = name;
    this.phrases = shared.phrases;
    this.element = el('div', { class: `ahead ${name}` });
    new ResizeObserver(() => this.#refreshIfSeen()).observe(this.element);
  }

  /** New answers. @param {State} state */
  update(state) {
    this.state = state;
    this.invalidate();
  }

  /** Something else changed that the panel hangs on. */
  invalidate() {
    this.#stale = true;
    this.#refreshIfSeen();
  }

  #refreshIfSeen() {
    if (!this.#stale || !this.state || !this.element.getClientRects().length) return;
    this.#stale = false;
    this.refresh(this.state);
  }

  /** Draws parts of the panel anew and leaves the reader where they are. @param {() => void} draw */
  redraw(draw) {
    this.drawing = true;
    try {
      redraw(this.element, `tab-${this.name}`, draw);
    } finally {
      this.drawing = false;
    }
  }

  /** What a panel does when it is seen with new answers. @param {State} _state */
  refresh(_state) {}

  /**
   * Asks Python about the answers. Rejects where they are refused; `undefined` where something newer was asked meanwhile.
   *
   * @template T
   * @param {string} kind
   * @param {Record<string, unknown>} [more]
   * @returns {Promise<T | undefined>}
   */
  async ask(kind, more = {}) {
    const { on, answers } = /** @type {State} */ (this.state);
    const assume = this.shared.kept.assume ? { assume: 'nothing' } : {};
    const text = await this.shared.request(kind, JSON.stringify({ on, answers, ...assume, ...more }));
    if (text === undefined) {
      // Another panel asked the same kind: this one asks again when it is looked at.
      this.#stale = true;
      return undefined;
    }
    const answer = JSON.parse(text);
    if (answer.refused) throw new Error(answer.refused.map((/** @type {Fault} */ fault) => sayFault(this.phrases.words(), fault)).join(' '));
    return answer.ok;
  }

  /** How open questions are counted, and the switch for it. @param {State} state @param {boolean} [withSwitch] */
  assumption({ estimate }, withSwitch = true) {
    const { phrases, shared } = this;
    const open = estimate.next.filter((key) => estimate.questions[key].worth > 0);
    const vague = open.find((key) => shared.neutral(key) === undefined);
    if (!open.length) return el('div', { class: 'assumption', hidden: true });
    const toggle = el('input', {
      type: 'checkbox', id: `assume-${this.name}`, checked: shared.kept.assume,
      onchange: () => {
        shared.kept.assume = toggle.checked;
        shared.changed();
      },
    });
    toggle.checked = shared.kept.assume;
    const key = vague ?? open[0];
    const answer = el('button', { type: 'button', id: `open-${this.name}`, class: 'plain inline no-print', onclick: () => shared.goTo(key) }, phrases.say('answer_open'),
      el('span', { class: 'visually-hidden' }, ` ${shared.label(key)}`));
    const text = phrases.say('assume', { count: open.length });
    return el(
      'div', { class: 'assumption' },
      withSwitch ? el('label', { class: 'toggle' }, toggle, el('span', {}, text)) : el('p', {}, text), answer,
      vague && el('p', { class: 'more' }, phrases.say('stays_open', { question: shared.label(vague) })),
    );
  }

  /** A note where a veto makes the points idle. @param {State} state */
  veto({ estimate }) {
    return el('p', { class: 'veto-note', hidden: !estimate.vetoed }, this.phrases.say('vetoed'));
  }

  /** The choice of how many years to look ahead. @param {number} most */
  horizon(most) {
    const { phrases, shared } = this;
    const select = el('select', {
      id: `horizon-${this.name}`,
      onchange: () => {
        shared.kept.years = Number(select.value);
        shared.changed();
      },
    });
    for (let years = 1; years <= most; years += 1) {
      const option = el('option', { value: years }, phrases.say('horizon_years', { years }));
      option.selected = years === shared.kept.years;
      select.append(option);
    }
    return el('label', { class: 'field' }, el('span', {}, phrases.say('horizon')), select);
  }

  /** Prints this panel alone. @param {string} name */
  printing(name) {
    const start = () => {
      document.documentElement.dataset.print = name;
      addEventListener('afterprint', () => delete document.documentElement.dataset.print, { once: true });
      print();
    };
    return el('button', { type: 'button', class: 'plain no-print', onclick: start }, this.phrases.say('print'));
  }

  /**
   * A field for a day: typed in any of the forms that the questions take, or picked in the platform's calendar.
   *
   * @param {object} options
   * @param {string} options.id
   * @param {string} options.label
   * @param {string} options.value  ISO, or empty
   * @param {() => {earliest: string, latest: string}} options.allowed
   * @param {(day: string) => void} options.onDay  a good day, or empty
   * @returns {{element: HTMLElement, show: (day: string) => void}}  `show` follows a day that was set elsewhere; while the day
   *   is the same it touches nothing, so that whatever is being typed stays
   */
  dayField({ id, label, value, allowed, onDay }) {
    const { phrases } = this;
    const fault = el('p', { class: 'fault', id: `${id}-fault` });
    let taken = value;
    const take = () => {
      const reading = readDay(text.value, allowed());
      const wrong = reading.state === 'fault' ? reading.fault : undefined;
      fault.textContent = wrong ? phrases.say(wrong.code === 'not_a_date' ? 'fault_form' : 'fault_day', { ...wrong.allowed, value: wrong.value }) : '';
      text.toggleAttribute('aria-invalid', Boolean(wrong));
      if (wrong) text.setAttribute('aria-invalid', 'true');
      if (reading.state === 'given') text.value = String(reading.value);
      const day = reading.state === 'given' ? String(reading.value) : '';
      if (wrong || day === taken) return; // Enter is followed by a change of the same day
      taken = day;
      onDay(day);
    };
    const show = (/** @type {string} */ day) => {
      if (day === taken) return;
      text.value = taken = day;
      fault.textContent = '';
      text.removeAttribute('aria-invalid');
    };
    const text = el('input', {
      type: 'text', id, size: 12, maxlength: 24, value, placeholder: phrases.say('day_hint'), autocomplete: 'off', 'aria-describedby': fault.id, onchange: take,
      onkeydown: (/** @type {KeyboardEvent} */ event) => event.key === 'Enter' && take(),
    });
    const native = el('input', {
      type: 'date', class: 'native', tabindex: -1, 'aria-hidden': 'true',
      onchange: () => {
        text.value = native.value;
        take();
      },
    });
    const pick = () => {
      const reading = readDay(text.value, { earliest: '0000-01-01', latest: '9999-12-31' });
      native.value = reading.state === 'given' ? String(reading.value) : '';
      try {
        native.showPicker();
      } catch {
        native.focus(); // too old for showPicker: the field itself takes the day
      }
    };
    const element = el(
      'div', { class: 'day-field' }, el('label', { for: id }, label),
      el('span', { class: 'date' }, text, el('button', { type: 'button', class: 'picker plain', 'aria-label': phrases.say('pick_day'), onclick: pick }, calendarSign()), native), fault,
    );
    return { element, show };
  }
}

/** The sign on the button that opens the calendar. */
function calendarSign() {
  const sign = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  sign.setAttribute('viewBox', '0 0 24 24');
  sign.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', 'M7 2v3m10-3v3M4 9h16M5 5h14a1 1 0 0 1 1 1v13a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1z');
  sign.append(path);
  return sign;
}
