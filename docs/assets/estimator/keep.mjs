// @ts-check
/**
 * Keeping answers: under a name in this browser, as a file, and everything cleared again. Nothing is kept unless asked for, and
 * nothing that is read back is taken before Python has accepted all of it.
 *
 * @typedef {import('./types').Answers} Answers
 * @typedef {import('./types').Fault} Fault
 * @typedef {import('./types').PageData} PageData
 * @typedef {import('./types').Stretch} Stretch
 * @typedef {import('./types').Words} Words
 * @typedef {import('./store.mjs').Profile} Profile
 * @typedef {import('./ahead').Kept} Kept
 * @typedef {{answers: Answers, on?: string, madeUp: Stretch[], kept?: Kept}} State  what the page holds
 * @typedef {object} Acts  what the page does for whoever keeps and shares
 * @property {() => State & {ready: boolean}} state  `ready`: nothing in the form is wrong or half typed
 * @property {(state: State) => string[]} put  in place of what is there; gives the names of what the page cannot hold
 * @property {(kind: string, payload: string) => Promise<string>} request
 * @property {() => Promise<Words>} words
 * @property {(key: string) => string} label
 * @property {() => string} today
 * @property {() => string} rules  the name of the rules in force
 */
import { Box } from './box.mjs';
import { compare } from './compare.mjs';
import { el, find } from './dom.mjs';
import { LONGEST_NAME, Store, StoreError, tidyName } from './store.mjs';
import { fill, join, sayFault } from './words.mjs';

/** A file of answers is a few kilobytes; the longest history that the form takes needs less than this. */
const LARGEST_FILE = 200_000;

export class Keep {
  /** What the last act can be taken back with. @type {(() => void) | undefined} */
  #undo;

  /** @param {PageData} data @param {Acts} act @param {HTMLElement} notice  where the page says what was opened */
  constructor(data, act, notice) {
    this.data = data;
    this.say = data.parts.keep;
    this.act = act;
    this.notice = notice;
    this.store = new Store(() => localStorage);
    const { say } = this;
    this.box = new Box({ id: 'keep', title: say.save, close: say.close });
    this.name = el('input', { type: 'text', name: 'profile-name', maxlength: LONGEST_NAME, size: 16, autocomplete: 'off', list: 'profile-names', placeholder: say.name_hint, 'aria-describedby': 'keep-fault' });
    this.fault = el('p', { class: 'fault', id: 'keep-fault', role: 'alert' });
    this.status = el('p', { class: 'keep-status', role: 'status' });
    this.undo = el('button', { type: 'button', class: 'plain inline', hidden: true, onclick: () => this.#takeBack() }, say.undo);
    this.list = el('div', { class: 'profiles' });
    this.file = el('input', {
      type: 'file', accept: '.json,application/json', hidden: true, 'aria-label': say.upload, onchange: () => this.#load().catch((error) => this.#wrong(this.#failure(error))),
    });
    this.wiping = el('div', { class: 'wiping', role: 'group', hidden: true });
    const button = (/** @type {string} */ name, /** @type {() => void} */ act_, kind = 'plain') => el('button', { type: 'button', class: kind, onclick: act_ }, say[name]);
    this.compare = button('compare', () => void this.#compare());
    this.wipe = button('wipe', () => this.#askWipe());
    this.main = el('div', { class: 'keep-main' },
      el('form', { class: 'keep-form', onsubmit: (/** @type {Event} */ event) => this.#save(event) },
        el('label', { class: 'field' }, el('span', {}, say.name), this.name), el('datalist', { id: 'profile-names' }, el('option', { value: say.name_me }), el('option', { value: say.name_spouse })),
        el('button', { class: 'md-button md-button--primary' }, say.do_save)),
      this.fault, el('p', { class: 'did' }, this.status, ' ', this.undo), el('p', { class: 'help' }, say.private),
      el('h3', {}, say.list), this.list, el('div', { class: 'buttons' }, this.compare),
      el('h3', {}, say.files), el('div', { class: 'buttons' }, button('download', () => this.#download()), button('upload', () => this.file.click()), this.file), el('p', { class: 'help' }, say.files_help),
      el('div', { class: 'buttons wipe' }, this.wipe), this.wiping,
    );
    this.compared = el('div', { class: 'compared', hidden: true });
    this.box.body.append(this.main, this.compared);
    this.button = el('button', { type: 'button', class: 'plain', onclick: () => this.open() }, say.save);
    const link = find(document, '#open-saved', HTMLButtonElement);
    link.addEventListener('click', () => this.open());
    link.disabled = false;
    // Another tab may save or clear meanwhile.
    addEventListener('storage', () => this.box.isOpen && this.#draw());
  }

  open() {
    this.#told('');
    this.fault.replaceChildren();
    this.#showCompared(false);
    this.wiping.hidden = true;
    this.#draw();
    this.box.open();
  }

  // --- in this browser ------------------------------------------------------------------------------------------------

  #draw() {
    const { say } = this;
    /** @type {Profile[]} */
    let profiles = [];
    try {
      profiles = this.store.list();
      this.list.replaceChildren(...(profiles.length ? [el('ul', {}, ...profiles.map((profile) => this.#line(profile)))] : [el('p', { class: 'more' }, say.list_none)]));
    } catch (error) {
      this.#unread(/** @type {StoreError} */ (error));
    }
    this.compare.hidden = profiles.length === 0;
  }

  /** @param {Profile} profile */
  #line(profile) {
    const { say } = this;
    const { name, saved_on: date } = profile;
    const button = (/** @type {string} */ text, /** @type {() => void} */ act) => el('button', { type: 'button', class: 'plain', 'aria-label': fill(say[`${text}_label`], { name }), onclick: act }, say[text]);
    return el('li', {}, el('span', {}, el('b', {}, name), ' ', el('small', {}, fill(say.saved_on, { date }))),
      el('span', { class: 'buttons' }, button('open', () => void this.#open(profile)), button('delete', () => this.#delete(profile))));
  }

  /** What lies in the browser cannot be read: say why, and offer it as it is. @param {StoreError} error */
  #unread(error) {
    const { say } = this;
    const lines = [el('p', { class: 'fault' }, this.#reason(error))];
    if (error.code !== 'denied') {
      lines.push(el('p', {}, el('button', { type: 'button', class: 'plain', onclick: () => this.#hand('saved.txt', this.store.raw() ?? '') }, say.store_rescue)));
    }
    this.list.replaceChildren(...lines);
  }

  /** @param {StoreError} error */
  #reason({ code, detail }) {
    return fill(this.say[`store_${code}`], { detail });
  }

  /** What the page holds, if it can be kept. @returns {State | undefined} */
  #holding() {
    const { ready, ...state } = this.act.state();
    if (ready && Object.keys(state.answers).length) return state;
    this.#wrong(ready ? this.say.nothing : this.say.faulty);
    return undefined;
  }

  /** @param {Event} event */
  #save(event) {
    event.preventDefault();
    const { say } = this;
    const state = this.#holding();
    if (!state) return;
    const name = tidyName(this.name.value);
    if (!name) {
      this.#wrong(say.name_wanted);
      this.name.setAttribute('aria-invalid', 'true');
      this.name.focus();
      return;
    }
    this.#try(() => {
      const before = this.store.save({
        name, saved_on: this.act.today(), rules: this.act.rules(), answers: state.answers, ...(state.on ? { on: state.on } : {}),
        ...(state.madeUp.length ? { made_up: state.madeUp } : {}), ...(state.kept ? { kept: state.kept } : {}),
      });
      this.#told(fill(before ? say.replaced : say.saved, { name }), () => (before ? this.store.save(before) : this.store.remove(name)));
      this.name.value = '';
    });
  }

  /** @param {Profile} profile */
  #delete(profile) {
    this.#try(() => {
      this.store.remove(profile.name);
      this.#told(fill(this.say.deleted, { name: profile.name }), () => this.store.save(profile));
      this.title();
    });
  }

  /** The focus goes to the title where what had it is gone. */
  title() {
    this.box.title.focus();
  }

  /** @param {Profile} profile */
  async #open({ name, answers, on, made_up: madeUp = [], kept }) {
    const reasons = await this.check({ answers, on, madeUp }).catch((error) => [this.#failure(error)]);
    if (!reasons.length) reasons.push(...this.take({ answers, on, madeUp, kept }, fill(this.say.opened, { name })));
    if (reasons.length) this.#wrong(fill(this.say.refused_saved, { name, reason: '' }), reasons);
  }

  // --- taking over ----------------------------------------------------------------------------------------------------

  /**
   * What Python has against a state, each fault as a sentence with the name of its question.
   *
   * @param {State} state
   * @returns {Promise<string[]>}
   */
  async check({ answers, on }) {
    const [text, words] = await Promise.all([this.act.request('score', JSON.stringify({ on: on ?? this.act.today(), answers })), this.act.words()]);
    return this.#sentences(JSON.parse(text).refused ?? [], words);
  }

  /** @param {Fault[]} faults @param {Words} words */
  #sentences(faults, words) {
    const colon = words.lang === 'zh' ? '：' : ': ';
    return faults.map((fault) => {
      // What names no question of ours is named as it stands.
      if (fault.code === 'unknown_key' || fault.code === 'key_twice') return fill(words.faults[fault.code], { key: fault.key, value: fault.value, near: '' });
      return `${fault.key ? `${this.act.label(fault.key)}${colon}` : ''}${sayFault(words, fault)}`;
    });
  }

  /**
   * Puts a state into the page and says so there, or leaves the page as it is.
   *
   * @param {State} state
   * @param {string} text
   * @returns {string[]}  why not
   */
  take(state, text) {
    const { ready, ...before } = this.act.state();
    const refused = this.act.put(state);
    if (refused.length) {
      this.act.put(before);
      return [fill(this.say.cannot_hold, { names: join(refused, this.data.lang) })];
    }
    if (this.box.isOpen) this.box.close();
    this.tell(text, Object.keys(before.answers).length ? () => this.act.put(before) : undefined);
    return [];
  }

  /** A line above the questions. @param {string} text @param {(() => void)} [undo] @param {string[]} [reasons] */
  tell(text, undo, reasons = []) {
    const button = undo && el('button', { type: 'button', class: 'plain inline', onclick: () => {
      undo();
      this.tell(this.say.undone);
    } }, this.say.undo);
    this.notice.classList.toggle('fault', reasons.length > 0);
    this.notice.replaceChildren(text, ...(button ? [' ', button] : []), ...(reasons.length ? [el('ul', {}, ...reasons.map((reason) => el('li', {}, reason)))] : []));
  }

  // --- files ----------------------------------------------------------------------------------------------------------

  #download() {
    const state = this.#holding();
    if (state) this.#hand(`points-${this.act.today()}.json`, `${JSON.stringify(state.answers, null, 2)}\n`);
  }

  /** @param {string} name @param {string} text */
  #hand(name, text) {
    const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    el('a', { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }

  async #load() {
    const file = this.file.files?.[0];
    this.file.value = '';
    if (!file) return;
    this.fault.replaceChildren();
    const { say } = this;
    const refuse = (/** @type {string[]} */ reasons) => this.#wrong(fill(say.refused_file, { reason: '' }), reasons);
    if (file.size > LARGEST_FILE) {
      refuse([fill(say.file_large, { size: Math.ceil(file.size / 1000), most: LARGEST_FILE / 1000 })]);
      return;
    }
    let text;
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
    } catch {
      refuse([say.file_unread]);
      return;
    }
    /** @type {unknown} */
    let answers;
    try {
      answers = JSON.parse(text);
    } catch {
      refuse([await this.#whereBroken(text)]);
      return;
    }
    // The text itself goes to Python, which notices what reading it here would hide: a key that stands twice, say.
    const [answer, words] = await Promise.all([this.act.request('score', `{"answers":${text},"on":${JSON.stringify(this.act.today())}}`), this.act.words()]);
    const reasons = this.#sentences(JSON.parse(answer).refused ?? [], words);
    const given = /** @type {Answers} */ (answers);
    if (!reasons.length) reasons.push(...(Object.values(given).some((value) => value !== null) ? this.take({ answers: given, madeUp: [] }, say.opened_file) : [say.file_empty]));
    if (reasons.length) refuse(reasons);
  }

  /** Where a text stops being JSON, as Python sees it. @param {string} text */
  async #whereBroken(text) {
    const [answer, words] = await Promise.all([this.act.request('score', `{"answers":\n${text}\n}`), this.act.words()]);
    /** @type {Fault[]} */
    const faults = JSON.parse(answer).refused ?? [];
    const found = faults.find(({ code }) => code === 'not_json');
    const lines = text.split('\n').length;
    const { line = 2, column = 1 } = /** @type {{line?: number, column?: number}} */ (found?.allowed ?? {});
    return found ? fill(this.say.line, { line: Math.max(1, Math.min(lines, line - 1)), column }) : this.#sentences(faults, words).join(' ') || this.say.file_unread;
  }

  // --- beside each other ----------------------------------------------------------------------------------------------

  async #compare() {
    const { say } = this;
    const profiles = this.#try(() => this.store.list()) ?? [];
    const { ready, ...state } = this.act.state();
    const on = state.on ?? this.act.today();
    const columns = profiles.map(({ name, answers }) => ({ name, answers }));
    if (ready && Object.keys(state.answers).length && !columns.some(({ answers }) => same(answers, state.answers))) columns.push({ name: say.compare_now, answers: state.answers });
    this.compared.replaceChildren(el('p', { role: 'status' }, say.compare_waiting));
    this.#showCompared(true);
    let content;
    try {
      content = await compare({ columns, on, say, words: await this.act.words(), asks: this.data.asks.checks, request: this.act.request, sentences: (faults, words) => this.#sentences(faults, words) });
    } catch (error) {
      content = [el('p', { class: 'fault' }, this.#failure(error))];
    }
    this.compared.replaceChildren(...content, el('div', { class: 'buttons' }, el('button', { type: 'button', class: 'plain', onclick: () => {
      this.#showCompared(false);
      this.compare.focus();
    } }, say.compare_back)));
  }

  /** @param {boolean} on */
  #showCompared(on) {
    this.main.hidden = on;
    this.compared.hidden = !on;
    this.box.element.classList.toggle('wide', on);
    this.box.title.textContent = on ? this.say.compare_title : this.say.save;
    if (on) this.title();
  }

  // --- clearing -------------------------------------------------------------------------------------------------------

  #askWipe() {
    const { say } = this;
    let text = say.wipe_sure_unread;
    try {
      text = fill(say.wipe_sure, { count: this.store.list().length });
    } catch {
      // What cannot be read cannot be counted, but it can be cleared.
    }
    const no = el('button', { type: 'button', class: 'plain', onclick: () => this.#endWipe() }, say.wipe_no);
    this.wiping.replaceChildren(el('p', { id: 'wipe-sure' }, text), el('div', { class: 'buttons' },
      el('button', { type: 'button', class: 'plain danger', 'aria-describedby': 'wipe-sure', onclick: () => this.#wipe() }, say.wipe_yes), no));
    this.wiping.hidden = false;
    no.focus();
  }

  #endWipe() {
    this.wiping.hidden = true;
    this.wipe.focus();
  }

  #wipe() {
    this.#endWipe();
    this.#try(() => {
      this.store.wipe();
      this.#told(this.say.wiped);
    });
    this.act.put({ answers: {}, madeUp: [] });
    this.tell('');
  }

  // --- saying what happened -------------------------------------------------------------------------------------------

  /** Does something with the store, and says what is wrong if it cannot be done. @template T @param {() => T} act @returns {T | undefined} */
  #try(act) {
    this.fault.replaceChildren();
    this.name.removeAttribute('aria-invalid');
    try {
      return act();
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      this.#wrong(this.#reason(error));
      return undefined;
    } finally {
      this.#draw();
    }
  }

  /** The calculation could not be asked. @param {unknown} error */
  #failure(error) {
    return fill(this.say.compare_failed, { reason: `${this.data.say.failed} (${error instanceof Error ? error.message : String(error)})` });
  }

  /** @param {string} text @param {string[]} [reasons] */
  #wrong(text, reasons = []) {
    this.#told('');
    this.fault.replaceChildren(text, ...(reasons.length ? [el('ul', {}, ...reasons.map((reason) => el('li', {}, reason)))] : []));
  }

  /** @param {string} text @param {() => void} [undo] */
  #told(text, undo) {
    this.status.textContent = text;
    this.#undo = undo;
    this.undo.hidden = !undo;
  }

  #takeBack() {
    const undo = this.#undo;
    if (!undo) return;
    this.#try(undo);
    this.#told(this.say.undone);
    this.title();
  }
}

/** Whether two sets of answers say the same. @param {Answers} a @param {Answers} b */
function same(a, b) {
  const text = (/** @type {Answers} */ answers) => JSON.stringify(Object.entries(answers).sort());
  return text(a) === text(b);
}
