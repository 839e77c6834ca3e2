// @ts-check
/**
 * Counting back from a deadline: hand in by, be insured from, in time or not, what is missing, what comes before.
 *
 * @typedef {import('./ahead').State} State
 * @typedef {import('./ahead').Countdown} Countdown
 * @typedef {import('./ahead').Step} Step
 * @typedef {import('./panel.mjs').Panel} Panel
 * @typedef {import('./panel.mjs').Shared} Shared
 */
import { el } from './dom.mjs';
import { range } from './words.mjs';
import { Work } from './work.mjs';

/** @type {Record<string, string>} */
const SIGNS = { yes: '✓', no: '✗', unknown: '?', ask: '·', late: '!' };

export class Deadline {
  /** @type {State | undefined} */
  #state;

  /** @param {Shared} shared @param {Panel} panel  on which it stands, and through which it asks */
  constructor(shared, panel) {
    this.shared = shared;
    this.panel = panel;
    this.phrases = shared.phrases;
    const { phrases } = this;
    const { kept, page: { ahead } } = shared;
    this.work = new Work(phrases, () => shared.interrupt('deadline'));
    this.note = el('div', { class: 'occasion-note' });
    this.result = el('div', { class: 'countdown' });
    const choose = (/** @type {string} */ id) => {
      kept.occasion = id;
      this.#tell();
    };
    const names = [{ id: '', name: phrases.say('own_day') }, ...ahead.occasions.map(({ id }) => ({ id, name: phrases.say(`occasion_${id}`) }))];
    const occasions = el('div', { class: 'occasions', role: 'radiogroup', 'aria-label': phrases.say('deadline_for') }, ...names.map(({ id, name }) => {
      const radio = el('input', { type: 'radio', name: 'occasion', value: id, onchange: () => choose(id) });
      radio.checked = id === kept.occasion;
      return el('label', { class: 'row' }, radio, el('span', { class: 'row-text' }, name));
    }));
    const field = panel.dayField({
      id: 'deadline-day', label: phrases.say('deadline_day'), value: kept.deadline,
      allowed: () => ({ earliest: this.#state?.on ?? '', latest: `${Number((this.#state?.on ?? '2000').slice(0, 4)) + 30}-12-31` }),
      onDay: (day) => {
        kept.deadline = day;
        this.#ask();
      },
    });
    this.field = field;
    this.element = el('section', { class: 'deadline', 'aria-labelledby': 'deadline-title' },
      el('h3', { id: 'deadline-title' }, phrases.say('deadline_title')), occasions, this.note, field.element, this.work.element, this.result);
  }

  /** @param {State} state */
  refresh(state) {
    this.#state = state;
    this.field.show(this.shared.kept.deadline);
    this.#tell();
    this.#ask();
  }

  /** What is known of the occasion's dates. */
  #tell() {
    const { kept, page: { ahead } } = this.shared;
    const occasion = ahead.occasions.find(({ id }) => id === kept.occasion);
    this.note.replaceChildren(...(occasion ? [
      el('p', {}, el('strong', {}, this.phrases.say('check_notice'))), el('p', { class: 'more' }, occasion.text, ' ', this.phrases.cites(occasion.cite)),
    ] : []));
  }

  #ask() {
    const { deadline } = this.shared.kept;
    const state = this.#state;
    if (!state || !deadline || deadline < state.on) {
      this.result.replaceChildren();
      return;
    }
    void this.work.run(() => this.panel.ask('deadline', { deadline }), (/** @type {Countdown} */ found) => this.panel.redraw(() => this.#show(state, found)));
  }

  /** @param {State} state @param {Countdown} found */
  #show({ on }, found) {
    const { phrases, shared } = this;
    const { eligibility, lead_time: lead } = phrases.words();
    const { asks } = shared.page;
    const { fit, apply_by: applyBy, low, high } = found;
    const verdict = phrases.say(`fit_${fit}`, { apply_by: applyBy, low, range: range(low, high) });
    const wanted = found.checks.filter(({ holds }) => holds === (fit === 'unknown' ? 'unknown' : 'no'));
    const line = (/** @type {Countdown['checks'][0]} */ { id, holds }) => {
      const key = holds === 'unknown' && asks.checks[id];
      return el('li', { 'data-holds': holds }, el('span', { class: 'sign', 'aria-hidden': 'true' }, SIGNS[holds]), el('span', {},
        el('span', { class: 'visually-hidden' }, `${shared.page.say[`holds_${holds}`]}${phrases.zh ? '：' : ': '}`),
        holds === 'no' ? eligibility[id].failed : eligibility[id].text,
        key && el('button', { type: 'button', class: 'plain inline no-print', onclick: () => shared.goTo(key) }, phrases.say('answer'),
          el('span', { class: 'visually-hidden' }, ` ${shared.label(key)}`))));
    };
    const term = (/** @type {string} */ name, /** @type {string} */ value, /** @type {Node | string} */ more = '') =>
      el('div', {}, el('dt', {}, phrases.say(name)), el('dd', {}, el('span', { class: 'figure' }, value), more ? ' ' : '', more));
    const then = found.short_of ? phrases.say('short_of', { points: found.short_of }) : phrases.say('enough_then');
    this.result.replaceChildren(
      el('p', { class: `fit fit-${fit}` }, el('span', { class: 'sign', 'aria-hidden': 'true' }, SIGNS[fit]), ' ', verdict),
      ...(fit === 'yes' || fit === 'late' || !wanted.length ? [] : [el('ul', { class: 'wanted' }, ...wanted.map(line))]),
      el('dl', { class: 'dates' },
        term('apply_by', applyBy, applyBy > on ? phrases.say('away', { span: phrases.ahead(on, applyBy) }) : ''),
        found.insured_from && term('insured_from', found.insured_from),
        term('score_then', range(low, high), then)),
      el('p', { class: 'more' }, lead.text, ' ', phrases.cites(lead.cite)),
      el('details', { class: 'fold', id: 'conditions-then' }, el('summary', { id: 'conditions-then-fold' }, phrases.say('conditions_then')), el('ul', { class: 'wanted' }, ...found.checks.map(line))),
      el('details', { class: 'fold', id: 'steps-before' }, el('summary', { id: 'steps-before-fold' }, phrases.say('before_title')), el('ol', { class: 'steps-before' }, ...shared.page.ahead.steps.map((step) => this.#step(step)))),
      el('button', { type: 'button', class: 'plain no-print', onclick: () => shared.open('remind') }, phrases.say('to_reminders')),
    );
    this.result.dataset.fit = fit;
  }

  /** @param {Step} step */
  #step({ id, name, who, lasts }) {
    const { phrases, shared } = this;
    const actors = who.map((one) => phrases.say(`who_${one}`)).reduce((a, b) => phrases.say('who_joined', { a, b }));
    const waits = lasts ? `${phrases.zh ? '，' : ', '}${phrases.say(`wait_${lasts.kind}`, lasts)}` : '';
    return el('li', {}, el('a', { href: `${shared.page.ahead.process.replace(/#.*/, '')}#${id}` }, name), ' ', el('span', { class: 'more' }, `${actors}${waits}`));
  }
}
