// @ts-check
/**
 * The form as answers, and answers as the form. What a question may be stands in the page's own data attributes, which come
 * from the rules; here is no rule and no figure.
 *
 * @typedef {import('./types').Reading} Reading
 * @typedef {import('./types').Fault} Fault
 * @typedef {import('./types').Answers} Answers
 */
import { OPEN, readDay, readDuration, readMonth, readWhole, thousands } from './fields.mjs';

/** @template {Element} T @param {ParentNode} root @param {string} selector @param {new () => T} type @returns {T} */
export function find(root, selector, type) {
  const found = root.querySelector(selector);
  if (!(found instanceof type)) throw new Error(`${selector} is not there`);
  return found;
}

/** @param {ParentNode} root @param {string} selector @returns {HTMLInputElement[]} */
const inputs = (root, selector) => /** @type {HTMLInputElement[]} */ ([...root.querySelectorAll(selector)]);

/** One question: its element, and its answer read from the controls or written into them. */
class Question {
  /** Whether the person has left a field since it last was empty: only then is a fault shown. */
  touched = false;
  /** Whether the question is put at all; the answer of one that is not is kept but not given. */
  due = true;

  /** @param {HTMLElement} element @param {() => string} today  the day of the estimate, the latest that an answer may name */
  constructor(element, today) {
    this.element = element;
    this.key = element.dataset.key ?? '';
    this.type = element.dataset.type ?? '';
    this.today = today;
    /** @type {{answer: string, is?: boolean, in?: string[], at_least?: number, at_most?: number} | undefined} */
    this.askedWhen = element.dataset.askedWhen ? JSON.parse(element.dataset.askedWhen) : undefined;
    this.derived = element.dataset.derived;
    /** @type {unknown} */
    this.neutral = element.dataset.neutral ? JSON.parse(element.dataset.neutral) : undefined;
    this.isShort = 'short' in element.dataset;
    this.radios = inputs(element, 'input[type=radio]');
    this.texts = inputs(element, 'input[data-part]');
    this.unsure = /** @type {HTMLInputElement | null} */ (element.querySelector('[data-unsure]'));
    this.limits = { min: Number(element.dataset.min), max: Number(element.dataset.max) };
    /** @type {HTMLElement | undefined} */
    this.template = element.querySelector('.stretch') ? /** @type {HTMLElement} */ (find(element, '.stretch', HTMLElement).cloneNode(true)) : undefined;
  }

  /** @returns {Reading} */
  read() {
    const reading = this.#read();
    if (reading.state === 'fault' && !reading.fault.key) reading.fault.key = this.key;
    return reading;
  }

  /** @returns {Reading} */
  #read() {
    const chosen = this.radios.find((radio) => radio.checked)?.value ?? '';
    if (this.type === 'choice') return chosen ? { state: 'given', value: chosen } : OPEN;
    if (this.type === 'boolean') return chosen ? { state: 'given', value: chosen === 'true' } : OPEN;
    if (this.type === 'date') {
      return readDay(this.texts[0].value, { earliest: this.element.dataset.earliest ?? '', latest: this.today() });
    }
    if (this.type === 'history') return this.#readHistory();
    if (this.radios.length && chosen !== 'some') return chosen ? { state: 'given', value: this.neutral } : OPEN;
    if (this.element.dataset.control === 'duration') return readDuration(this.texts[0].value, this.texts[1].value, this.limits);
    return readWhole(this.texts[0].value, this.limits);
  }

  /** @returns {Reading} */
  #readHistory() {
    const months = { earliest: this.element.dataset.earliest ?? '', latest: this.today().slice(0, 7) };
    const base = { min: 1, max: Number(this.element.dataset.maxYuan) };
    const stretches = [];
    for (const [index, row] of this.stretches().entries()) {
      const [from, to, yuan] = inputs(row, 'input[data-part]').map((input) => input.value);
      if (!from.trim() && !to.trim() && !yuan.trim()) continue;
      const parts = { from: readMonth(from, months), to: readMonth(to, months), base: readWhole(yuan, base) };
      for (const [name, part] of Object.entries(parts)) {
        const key = `${this.key}[${index}].${name}`;
        if (part.state === 'fault') {
          part.fault.key = key;
          if (name === 'base') Object.assign(part.fault, { code: 'not_a_base', allowed: base });
          return part;
        }
        if (part.state === 'open') {
          const code = name === 'base' ? 'not_a_base' : 'not_a_month';
          return { state: 'fault', fault: { code, key, value: '', allowed: name === 'base' ? base : months } };
        }
      }
      stretches.push(Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, part.state === 'given' ? part.value : null])));
    }
    return stretches.length ? { state: 'given', value: stretches } : OPEN;
  }

  /** The rows of a history. @returns {HTMLElement[]} */
  stretches() {
    return /** @type {HTMLElement[]} */ ([...this.element.querySelectorAll('.stretch')]);
  }

  /** One more row of a history; returns it. */
  addStretch() {
    const row = /** @type {HTMLElement} */ (/** @type {HTMLElement} */ (this.template).cloneNode(true));
    const rows = this.stretches();
    row.setAttribute('aria-label', (row.getAttribute('aria-label') ?? '').replace(/\d+/, String(rows.length + 1)));
    find(this.element, '.stretches', HTMLElement).append(row);
    return row;
  }

  /**
   * Puts an answer into the controls; `undefined` leaves the question open. A text is put in as if typed.
   *
   * @param {unknown} value
   * @returns {boolean}  whether the controls can hold it
   */
  write(value) {
    this.touched = false;
    for (const radio of this.radios) radio.checked = radio.value === '';
    for (const text of this.texts) text.value = '';
    if (this.type === 'history') {
      for (const row of this.stretches().slice(1)) row.remove();
      for (const text of inputs(this.element, 'input[data-part]')) text.value = '';
    }
    const done = value === undefined || value === null || this.#write(value);
    this.settle();
    return done;
  }

  /** @param {unknown} value */
  #write(value) {
    if (this.type === 'history') return this.#writeHistory(value);
    if (this.type === 'choice' || this.type === 'boolean') return this.#choose(String(value));
    if (this.type === 'date') {
      this.texts[0].value = String(value);
      return true;
    }
    if (this.radios.length) {
      if (value === this.neutral || String(value) === String(this.neutral)) return this.#choose('none');
      this.#choose('some');
    }
    const whole = readWhole(String(value), this.limits);
    const months = whole.state === 'given' ? Number(whole.value) : undefined;
    if (this.element.dataset.control === 'duration' && months !== undefined) {
      this.texts[0].value = months >= 12 ? String(Math.floor(months / 12)) : '';
      this.texts[1].value = months % 12 || months === 0 ? String(months % 12) : '';
    } else {
      this.texts[0].value = String(value);
    }
    return true;
  }

  /** @param {string} value */
  #choose(value) {
    const radio = this.radios.find((one) => one.value === value && value !== '');
    if (radio) radio.checked = true;
    else for (const one of this.radios) one.checked = one.value === '';
    return Boolean(radio);
  }

  /** @param {unknown} given  a list of stretches, or its JSON text */
  #writeHistory(given) {
    let value = given;
    try {
      if (typeof given === 'string') value = JSON.parse(given);
    } catch {
      return false;
    }
    if (!Array.isArray(value)) return false;
    for (const [index, stretch] of value.entries()) {
      const row = index === 0 ? this.stretches()[0] : this.addStretch();
      for (const input of inputs(row, 'input[data-part]')) input.value = String(stretch?.[input.dataset.part ?? ''] ?? '');
    }
    find(this.element, 'details', HTMLDetailsElement).open = value.length > 0;
    return true;
  }

  /** Makes the controls agree with each other: an amount that is typed is chosen, a field with text is not "unsure". */
  settle() {
    const typed = this.texts.some((text) => text.value.trim());
    const some = this.radios.find((radio) => radio.value === 'some');
    if (some && typed) some.checked = true;
    if (this.unsure) this.unsure.checked = !typed;
  }

  /** Writes what was typed in its plain form: a day as 1988-05-20, a sum with its thousands apart. */
  tidy() {
    const reading = this.read();
    if (reading.state !== 'given') return;
    if (this.type === 'date') this.texts[0].value = String(reading.value);
    if (this.type === 'integer' && this.element.dataset.control === 'whole' && this.texts[0].value) {
      this.texts[0].value = thousands(Number(reading.value));
    }
  }

  /** The controls that a fault is about. @param {Fault} fault */
  controls(fault) {
    const place = /\[(\d+)\](?:\.(\w+))?$/.exec(fault.key);
    const row = place ? this.stretches()[Number(place[1])] : undefined;
    if (row) return inputs(row, place?.[2] ? `input[data-part="${place[2]}"]` : 'input');
    return this.texts.length ? this.texts : this.radios;
  }
}

export class Form {
  /** @type {Map<string, Question>} */
  questions = new Map();
  /** What Python said of the questions last. @type {import('./types').Estimate['questions']} */
  #insight = {};
  /** Questions that the person opened again although they cannot matter. @type {Set<string>} */
  #kept = new Set();
  #timer = 0;
  #pressed = false;
  #waiting = false;

  /**
   * @param {HTMLFormElement} element
   * @param {object} options
   * @param {string} options.today  ISO day
   * @param {Record<string, string>} options.say
   * @param {import('./types').Estimate['questions']} options.insight  what is known of the questions before the first result
   * @param {(template: string, values: Record<string, unknown>) => string} options.fill
   * @param {(fault: Fault) => string} options.sayFault
   * @param {() => void} options.onChange  called when the answers may have changed
   */
  constructor(element, { today, say, insight, fill, sayFault, onChange }) {
    this.element = element;
    this.say = say;
    this.#insight = insight;
    this.fill = fill;
    this.sayFault = sayFault;
    this.onChange = onChange;
    this.today = today;
    this.dayElement = find(element, '#day', HTMLElement);
    this.dayInput = find(element, '#on', HTMLInputElement);
    this.dayInput.value = today;
    for (const each of element.querySelectorAll('.question')) {
      const question = new Question(/** @type {HTMLElement} */ (each), () => this.day());
      this.questions.set(question.key, question);
    }
    this.#listen();
    this.refresh();
  }

  /** The day of the estimate, or today while the field holds none. */
  day() {
    const reading = this.readDay();
    return reading.state === 'given' ? String(reading.value) : this.today;
  }

  /** Sets the day of the estimate. @param {string} [on]  ISO day; today where it is left out */
  setDay(on = this.today) {
    this.dayInput.value = on;
    delete this.dayElement.dataset.touched;
  }

  /** @returns {Reading} */
  readDay() {
    const reading = readDay(this.dayInput.value, { earliest: this.dayElement.dataset.earliest ?? '', latest: '2099-12-31' });
    if (reading.state === 'fault') reading.fault.key = 'on';
    return reading;
  }

  /**
   * The answers as they stand.
   *
   * @returns {{answers: Answers, faults: Fault[], unfinished: boolean}}  `faults` of the fields that were left, and
   *   `unfinished` where a field that is being typed in holds no value yet
   */
  read() {
    /** @type {Answers} */
    const answers = {};
    /** @type {Fault[]} */
    const faults = [];
    let unfinished = false;
    const take = (/** @type {Reading} */ reading, /** @type {string} */ key, /** @type {boolean} */ touched) => {
      if (reading.state === 'given') answers[key] = reading.value;
      else if (reading.state === 'fault' && touched) faults.push(reading.fault);
      else if (reading.state === 'fault') unfinished = true;
    };
    for (const question of this.questions.values()) {
      if (question.due) take(question.read(), question.key, question.touched);
    }
    const day = this.readDay();
    if (day.state === 'fault') {
      if (this.dayElement.dataset.touched) faults.unshift(day.fault);
      else unfinished = true;
    }
    return { answers, faults, unfinished };
  }

  /**
   * Why answers from a link cannot be put into the form; all reasons at once. What is typed into a field is left to the field,
   * which says beside it what is wrong.
   *
   * @param {URLSearchParams} given
   * @returns {string[]}  empty where nothing stands in the way
   */
  refused(given) {
    const { say } = this;
    const faults = [];
    for (const key of new Set(given.keys())) {
      const [value, ...more] = given.getAll(key);
      const question = this.questions.get(key);
      if (!question) faults.push(this.fill(say.from_link_key, { key, value }));
      else if (more.length) faults.push(this.fill(say.from_link_twice, { key: this.label(key), value: [value, ...more].join(', ') }));
      else if (question.type === 'choice' || question.type === 'boolean') {
        const allowed = question.radios.filter((radio) => radio.value).map((radio) => radio.value);
        if (!allowed.includes(value)) faults.push(this.fill(say.from_link_value, { key: this.label(key), value, allowed: allowed.join(', ') }));
      } else if (question.type === 'history' && !isList(value)) {
        faults.push(this.fill(say.from_link_history, { key: this.label(key), value }));
      }
    }
    return faults;
  }

  /**
   * Puts answers into the form, in place of what is there.
   *
   * @param {Answers} answers
   * @returns {string[]}  keys that no question has, or whose value its controls cannot hold
   */
  write(answers) {
    const refused = Object.keys(answers).filter((key) => !this.questions.has(key));
    for (const question of this.questions.values()) {
      if (!question.write(answers[question.key])) refused.push(question.key);
      // What comes from a link is finished: a fault in it is shown.
      question.touched = answers[question.key] !== undefined;
      if (question.touched) question.tidy();
    }
    this.refresh();
    return refused;
  }

  /** The answers with their labels, for the printed record. @returns {[string, string][]} */
  record() {
    /** @type {[string, string][]} */
    const out = [];
    for (const question of this.questions.values()) {
      const reading = question.due ? question.read() : OPEN;
      if (reading.state !== 'given') continue;
      out.push([this.label(question.key), this.#shown(question, reading.value)]);
    }
    return out;
  }

  /** The first question of a type. @param {string} type */
  ofType(type) {
    const found = [...this.questions.values()].find((question) => question.type === type);
    if (!found) throw new Error(`no question of type ${type}`);
    return found;
  }

  /** The answer to a question; `undefined` while there is none. @param {string} key */
  given(key) {
    const reading = this.questions.get(key)?.read();
    return reading?.state === 'given' ? reading.value : undefined;
  }

  /** The answers among which a question lets one choose, as the form shows them. @param {string} key @returns {[unknown, string][]} */
  options(key) {
    const question = this.questions.get(key);
    return (question?.radios ?? []).filter(({ value }) => value).map((radio) =>
      [question?.type === 'boolean' ? radio.value === 'true' : radio.value, rowText(radio)]);
  }

  /** Answers one question, as if the person had. @param {string} key @param {unknown} value  `undefined`: open */
  put(key, value) {
    const question = this.questions.get(key);
    if (!question) return;
    question.write(value);
    question.touched = value !== undefined;
    if (value !== undefined) question.tidy();
    this.refresh();
    this.onChange();
  }

  /** The answer to a question as the form shows it; empty while there is none. @param {string} key */
  shown(key) {
    const question = this.questions.get(key);
    const reading = question?.due ? question.read() : OPEN;
    return question && reading.state === 'given' ? this.#shown(question, reading.value) : '';
  }

  /** @param {Question} question @param {unknown} value @returns {string} */
  #shown(question, value) {
    const radio = question.radios.find((one) => one.checked);
    if (radio && radio.value !== 'some') return rowText(radio);
    if (Array.isArray(value)) return value.map(({ from, to, base }) => `${from} – ${to}: ${thousands(base)}`).join('; ');
    const units = question.texts.map((text) => text.value && `${text.value} ${text.nextElementSibling?.textContent ?? ''}`);
    return question.type === 'date' ? String(value) : units.filter(Boolean).join(' ');
  }

  /** @param {string} key */
  label(key) {
    if (key === 'on') return find(this.dayElement, 'label', HTMLElement).textContent ?? '';
    const question = this.questions.get(key.replace(/\[.*$/, ''));
    return question ? find(question.element, '.label', HTMLElement).textContent ?? '' : key;
  }

  /** Takes what Python says of the questions: what each is worth, and which cannot matter. @param {import('./types').Estimate['questions']} insight */
  inform(insight) {
    this.#insight = insight;
    this.refresh();
  }

  /** Makes everything that follows from the answers agree with them: which questions show, their counts, their faults. */
  refresh() {
    const looked = this.#lookedAt();
    const top = looked?.getBoundingClientRect().top ?? 0;
    this.#refresh();
    // Engines that hold the page in place let go where the question itself folds to which they held: estimator.css tells them not to.
    if (looked?.getClientRects().length) scrollBy({ top: looked.getBoundingClientRect().top - top, behavior: 'instant' });
  }

  /** What must stay where it is on the screen when something above grows or folds: what has the focus, or the first question in sight. */
  #lookedAt() {
    const inSight = (/** @type {Element} */ element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return bottom > 0 && top < innerHeight;
    };
    const held = this.element.querySelector(':focus');
    if (held && inSight(held)) return held;
    return [...this.questions.values()].find(({ element }) => !element.hidden && element.getBoundingClientRect().top >= 0 && inSight(element))?.element;
  }

  #refresh() {
    const short = this.element.dataset.view === 'short';
    for (const question of this.questions.values()) {
      const { element } = question;
      question.due = this.#isPut(question);
      element.hidden = !question.due || (short && !question.isShort);
      this.#fold(question);
      const worth = this.#insight[question.key];
      const place = element.querySelector('.unsure .row-points, .unsure-box .row-points');
      if (place) place.textContent = worth?.matters && worth.worth ? this.fill(this.say.worth, { points: worth.worth }) : '';
    }
    for (const group of this.element.querySelectorAll('.group')) this.#count(/** @type {HTMLElement} */ (group));
    this.showFaults(this.read().faults);
  }

  /** Whether a question is due: false where its condition fails, or cannot hold yet and nothing is answered. @param {Question} question @returns {boolean} */
  #isPut(question) {
    const condition = question.askedWhen;
    const parent = condition && this.questions.get(condition.answer);
    if (!condition || !parent) return true;
    if (!this.#isPut(parent)) return false;
    const reading = parent.read();
    if (reading.state !== 'given') return question.read().state === 'given';
    const value = reading.value;
    if (condition.is !== undefined) return value === condition.is;
    if (condition.in) return condition.in.includes(String(value));
    return (condition.at_least === undefined || Number(value) >= condition.at_least) && (condition.at_most === undefined || Number(value) <= condition.at_most);
  }

  /** Folds a question whose answer cannot change anything, and says so. @param {Question} question */
  #fold(question) {
    const { element } = question;
    const history = question.derived ? this.questions.get(question.derived) : undefined;
    const covered = history?.read().state === 'given';
    // An answer that was given stays in sight: what it does may come back with the next one.
    const insight = this.#insight[question.key];
    const idle = insight?.asked && !insight.matters && question.read().state === 'open';
    const moot = covered || (idle && !this.#kept.has(question.key));
    let note = element.querySelector('.moot');
    if (!moot) {
      delete element.dataset.moot;
      note?.remove();
      return;
    }
    // Never under the hands of the one who answers it.
    if (element.contains(document.activeElement) && !('moot' in element.dataset)) return;
    element.dataset.moot = '';
    if (!note) {
      note = document.createElement('p');
      note.className = 'moot help';
      element.querySelector('.body')?.before(note);
    }
    const text = covered ? this.say.moot_history : this.say.moot;
    if (note.firstChild?.textContent === `${text} `) return;
    note.replaceChildren(`${text} `);
    if (!covered) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'plain inline';
      button.textContent = this.say.moot_show;
      button.addEventListener('click', () => {
        this.#kept.add(question.key);
        this.refresh();
        question.element.querySelector('input')?.focus();
      });
      note.append(button);
    }
  }

  /** @param {HTMLElement} group */
  #count(group) {
    const questions = [...this.questions.values()].filter(({ element }) => group.contains(element) && !element.hidden);
    const open = questions.filter((question) => question.type !== 'history' && !('moot' in question.element.dataset) && question.read().state === 'open');
    group.hidden = questions.length === 0;
    const text = open.length ? this.fill(this.say.open_count, { count: open.length }) : this.say.open_done;
    const place = find(group, '.group-open', HTMLElement);
    if (place.textContent !== text) place.textContent = text;
    place.dataset.done = String(open.length === 0);
    const rest = find(group, '[data-rest-none]', HTMLButtonElement);
    rest.hidden = open.filter((question) => question.neutral !== undefined).length < 2;
  }

  /** Says each fault beside its field. @param {readonly Fault[]} faults */
  showFaults(faults) {
    for (const question of this.questions.values()) {
      const mine = faults.filter((fault) => fault.key.replace(/\[.*$/, '') === question.key);
      this.#mark(find(question.element, '.fault', HTMLElement), [...inputs(question.element, 'input[data-part]')], mine, (fault) => question.controls(fault));
    }
    this.#mark(find(this.dayElement, '.fault', HTMLElement), [this.dayInput], faults.filter(({ key }) => key === 'on'), () => [this.dayInput]);
  }

  /** @param {HTMLElement} place @param {HTMLInputElement[]} fields @param {Fault[]} faults @param {(fault: Fault) => HTMLInputElement[]} controls */
  #mark(place, fields, faults, controls) {
    const text = faults.map((fault) => this.sayFault(fault)).join(' ');
    if (place.textContent !== text) place.textContent = text;
    const wrong = new Set(faults.flatMap(controls));
    for (const field of fields) {
      if (wrong.has(field)) {
        field.setAttribute('aria-invalid', 'true');
        field.setAttribute('aria-describedby', place.id);
      } else if (field.getAttribute('aria-invalid')) {
        field.removeAttribute('aria-invalid');
        if (field !== this.dayInput) field.removeAttribute('aria-describedby');
      }
    }
  }

  /** Brings a question into view and its first control into focus. @param {string} key */
  goTo(key) {
    const question = this.questions.get(key.replace(/\[.*$/, ''));
    if (key === 'on') this.dayInput.focus();
    if (!question) return;
    if (question.element.hidden && this.element.dataset.view === 'short') this.view('all');
    if ('moot' in question.element.dataset) {
      this.#kept.add(question.key);
      this.refresh();
    }
    const details = question.element.querySelector('details');
    if (details) details.open = true;
    question.element.scrollIntoView({ block: 'center', behavior: 'instant' });
    const faulty = question.element.querySelector('[aria-invalid]');
    const chosen = question.radios.find((radio) => radio.checked);
    const target = faulty ?? chosen ?? question.element.querySelector('input');
    if (target instanceof HTMLElement) target.focus({ preventScroll: true });
  }

  /** @param {'all' | 'short'} name */
  view(name) {
    this.element.dataset.view = name;
    for (const radio of inputs(this.element, 'input[name=view]')) radio.checked = radio.value === name;
    this.refresh();
  }

  #listen() {
    const { element } = this;
    element.addEventListener('submit', (event) => event.preventDefault());
    element.addEventListener('input', (event) => this.#heard(/** @type {HTMLInputElement} */ (event.target), false));
    element.addEventListener('change', (event) => this.#heard(/** @type {HTMLInputElement} */ (event.target), true));
    element.addEventListener('click', (event) => {
      const button = event.target instanceof Element ? event.target.closest('button') : null;
      if (!button) return;
      const question = this.questions.get(/** @type {HTMLElement | null} */ (button.closest('.question'))?.dataset.key ?? '');
      if (button.classList.contains('picker')) openPicker(button);
      else if ('restNone' in button.dataset) this.#restNone(/** @type {HTMLElement} */ (button.closest('.group')));
      else if (question && 'add' in button.dataset) question.addStretch().querySelector('input')?.focus();
      else if (question && 'remove' in button.dataset) this.#removeStretch(question, button);
    });
    element.addEventListener('focusout', (event) => {
      const row = event.target instanceof Element ? event.target.closest('.stretch') : null;
      const question = this.questions.get(/** @type {HTMLElement | null} */ (row?.closest('.question'))?.dataset.key ?? '');
      if (!row || !question || (event.relatedTarget instanceof Node && row.contains(event.relatedTarget))) return;
      if (question.read().state !== 'fault' || question.touched) return;
      question.touched = true;
      this.#changed();
    });
    const press = () => {
      this.#pressed = true;
    };
    const release = () => {
      this.#pressed = false;
      // After the click that the release makes.
      if (this.#waiting) setTimeout(() => this.#changed());
    };
    addEventListener('pointerdown', press, { capture: true });
    for (const name of ['pointerup', 'pointercancel', 'blur']) addEventListener(name, release, { capture: true });
    // Enter in a field ends its typing, as leaving it does.
    element.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && event.target instanceof HTMLInputElement && event.target.type === 'text') {
        event.preventDefault();
        this.#heard(event.target, true);
      }
    });
  }

  /** @param {HTMLInputElement} input @param {boolean} finished */
  #heard(input, finished) {
    if (input.name === 'view') {
      this.view(input.value === 'short' ? 'short' : 'all');
      this.onChange();
      return;
    }
    const question = this.questions.get(/** @type {HTMLElement | null} */ (input.closest('.question'))?.dataset.key ?? '');
    if (input.classList.contains('native')) {
      const text = find(/** @type {Element} */ (input.closest('.date')), 'input[type=text]', HTMLInputElement);
      text.value = input.value;
      finished = true;
    }
    if (question) {
      if ('unsure' in input.dataset) {
        if (input.checked) question.write(undefined);
        else question.texts[0]?.focus();
      } else if (input.type === 'radio' && input.value !== 'some') {
        for (const text of question.texts) text.value = '';
      } else if (input.type === 'radio') {
        question.texts[0]?.focus();
      }
      question.settle();
      // The fields of a history belong together: a row is finished when it is full, or when it is left.
      const row = input.closest('.stretch');
      if (finished && (!row || isComplete(row))) {
        question.touched = true;
        question.tidy();
      }
      if (question.read().state === 'open') question.touched = false;
    } else if (this.dayElement.contains(input) && finished) {
      const reading = this.readDay();
      this.dayInput.value = reading.state === 'fault' ? this.dayInput.value : reading.state === 'given' ? String(reading.value) : this.today;
      this.dayElement.dataset.touched = 'true';
    }
    clearTimeout(this.#timer);
    if (finished || input.type !== 'text') this.#changed();
    else this.#timer = setTimeout(() => this.#changed(), 250);
  }

  /** Acts on a change; not while a finger or a button is down, or what is pressed would move away under it. */
  #changed() {
    if (this.#pressed) {
      this.#waiting = true;
      return;
    }
    this.#waiting = false;
    this.refresh();
    this.onChange();
  }

  /** Answers the open questions of a group with what claims nothing. @param {HTMLElement} group */
  #restNone(group) {
    /** @type {Question | undefined} */
    let last;
    for (const question of this.questions.values()) {
      if (group.contains(question.element) && !question.element.hidden && question.neutral !== undefined && question.read().state === 'open') {
        question.write(question.neutral);
        last = question;
      }
    }
    this.refresh();
    this.onChange();
    last?.radios.find((radio) => radio.checked)?.focus({ preventScroll: true });
  }

  /** @param {Question} question @param {HTMLElement} button */
  #removeStretch(question, button) {
    const row = /** @type {HTMLElement} */ (button.closest('.stretch'));
    if (question.stretches().length > 1) row.remove();
    else for (const input of inputs(row, 'input')) input.value = '';
    question.stretches()[0].querySelector('input')?.focus();
    this.refresh();
    this.onChange();
  }
}

/** What stands beside a choice, without the note below it. @param {HTMLInputElement} radio */
function rowText(radio) {
  const parts = [...(radio.closest('label')?.querySelector('.row-text')?.childNodes ?? [])];
  return parts.filter(({ nodeName }) => nodeName !== 'SMALL').map(({ textContent }) => textContent).join('').trim();
}

/** Whether each field of a row has something in it. @param {Element} row */
const isComplete = (row) => inputs(row, 'input[data-part]').every((input) => input.value.trim());

/** The platform's own calendar. @param {HTMLButtonElement} button */
function openPicker(button) {
  const date = /** @type {Element} */ (button.closest('.date'));
  const native = find(date, 'input.native', HTMLInputElement);
  const typed = readDay(find(date, 'input[type=text]', HTMLInputElement).value, { earliest: '0000-01-01', latest: '9999-12-31' });
  native.value = typed.state === 'given' ? String(typed.value) : '';
  try {
    native.showPicker();
  } catch {
    native.focus(); // too old for showPicker: the field itself takes the date
  }
}

/** Whether a text is JSON of a list. @param {string} text */
function isList(text) {
  try {
    return Array.isArray(JSON.parse(text));
  } catch {
    return false;
  }
}
