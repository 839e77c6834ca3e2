// @ts-check
/**
 * The panels beside the reasons: when, how, what to bring, reminders. They take their place under the result as tabs, and share
 * the answers, the settings and the worker.
 *
 * @typedef {import('./ahead').AheadPage} AheadPage
 * @typedef {import('./ahead').AheadWords} AheadWords
 * @typedef {import('./ahead').Kept} Kept
 * @typedef {import('./types').Answers} Answers
 * @typedef {import('./types').Estimate} Estimate
 * @typedef {import('./types').Words} Words
 * @typedef {import('./client.mjs').Client} Client
 * @typedef {import('./form.mjs').Form} Form
 * @typedef {import('./result.mjs').Result} Result
 */
import { Bring } from './bring.mjs';
import { el } from './dom.mjs';
import { How } from './how.mjs';
import { Phrases } from './phrases.mjs';
import { Reminders } from './reminders.mjs';
import { Tabs } from './tabs.mjs';
import { When } from './when.mjs';

export class Ahead {
  /** @type {Kept} */
  #kept = { years: 10, assume: true, deadline: '', occasion: '', impossible: [], months: {}, cost: {}, at_hand: [] };

  /**
   * @param {object} parts
   * @param {import('./types').PageData} parts.page
   * @param {Client} parts.client
   * @param {Form} parts.form
   * @param {Result} parts.result
   */
  constructor({ page, client, form, result }) {
    const data = /** @type {AheadPage} */ (page);
    const phrases = new Phrases(data, () => /** @type {AheadWords} */ (result.words));
    /** @type {import('./panel.mjs').Shared} */
    const shared = {
      page: data,
      phrases,
      kept: this.#kept,
      request: (kind, payload) => client.latest(kind, payload),
      interrupt: (...kinds) => client.interrupt(...kinds),
      goTo: (key) => {
        if (result.sheet.open) result.sheet.close();
        form.goTo(key);
      },
      label: (key) => form.label(key),
      neutral: (key) => form.questions.get(key)?.neutral,
      open: (panel) => this.tabs.choose(panel, true),
      changed: () => this.panels.forEach((panel) => panel.invalidate()),
    };
    const name = (/** @type {string} */ id) => phrases.say(`tab_${id}`);
    this.tabs = new Tabs(name('label'));
    const [when, how, bring, remind] = [new When(shared), new How(shared), new Bring(shared), new Reminders(shared)];
    this.panels = [when, how, bring, remind];
    const why = el('div', { class: 'why-panel' });
    this.element = el('div', { class: 'panels', hidden: true }, this.tabs.list,
      this.tabs.add('why', name('why'), why), this.tabs.add('when', name('when'), when.element), this.tabs.add('how', name('how'), how.element),
      this.tabs.add('bring', name('bring'), bring.element), this.tabs.add('remind', name('remind'), remind.element));
    result.body.replaceWith(this.element);
    why.append(result.body);
  }

  /** New answers and what came of them; without any answer there is nothing to look ahead from. @param {Answers} answers @param {Estimate} estimate */
  update(answers, estimate) {
    const given = Object.keys(answers).length > 0;
    this.element.hidden = !given;
    if (given) for (const panel of this.panels) panel.update({ on: estimate.on, answers, estimate });
  }

  /** The panel that is in front once there is something to look ahead from; an unknown name changes nothing. @param {string} id */
  show(id) {
    if (this.tabs.has(id)) this.tabs.choose(id);
  }

  /** What the reader set, for whoever keeps it. @returns {Kept} */
  get kept() {
    return structuredClone(this.#kept);
  }

  /** @param {Partial<Kept>} kept */
  set kept(kept) {
    Object.assign(this.#kept, structuredClone(kept));
    for (const panel of this.panels) panel.invalidate();
  }
}
