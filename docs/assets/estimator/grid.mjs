// @ts-check
/**
 * The contribution history on a grid of months: entered by month, by stretch or by pasting a table, and beside it what Python
 * finds in it. The stretches in the form's own fields stay the answer; this shows and changes them. Months made up later are
 * kept here alone: they are no part of the answer, because they do not count.
 *
 * @typedef {import('./types').PageData} PageData
 * @typedef {import('./types').Words} Words
 * @typedef {import('./types').Contributions} Contributions
 * @typedef {import('./types').Span} Span
 * @typedef {import('./types').Stretch} Stretch
 * @typedef {import('./types').Fault} Fault
 * @typedef {import('./months.mjs').Entry} Entry
 * @typedef {{key: string, span: Span | undefined, text: string, need: string, enough: boolean | undefined, short: number}} Line
 */
import { el, find } from './dom.mjs';
import { readMonth, readWhole, thousands } from './fields.mjs';
import { Months, move, parseMonth, rows, showMonth } from './months.mjs';
import { fill, sayFault } from './words.mjs';

export class Grid {
  #months = new Months();
  /** @type {Stretch[]} */
  #madeUp = [];
  /** What was there before the last change. @type {{paid: Stretch[], madeUp: Stretch[]} | undefined} */
  #before;
  #rows = 1;
  #anchor = 0;
  #focus = 0;
  /** Whether the next press chooses the end of a stretch. */
  #half = false;
  /** @type {Contributions | undefined} */
  #found;
  /** Which line is marked in the table; the person's choice, if there is one. @type {string | undefined} */
  #line;
  /** @type {Words | undefined} */
  #words;

  /**
   * @param {object} options
   * @param {HTMLElement} options.question  the element of the question of type `history`
   * @param {PageData} options.data
   * @param {() => string} options.day  the day of the estimate
   * @param {() => import('./types').Reading} options.read  the answer
   * @param {(value: Stretch[] | undefined) => void} options.write  puts it into the form
   * @param {(text: string) => Promise<string>} options.paste  Python's answer to a pasted table
   * @param {{value: () => unknown, write: (value: number) => void}} options.total  the answer that the number of paid months may be
   */
  constructor({ question, data, day, read, write, paste, total }) {
    this.data = data;
    this.say = data.parts.grid;
    this.act = { day, read, write, paste };
    this.total = total;
    this.#rows = Math.ceil(data.window_months / 12);
    // Made once: making one costs more than a whole row of months.
    const format = (/** @type {Intl.DateTimeFormatOptions} */ parts) => new Intl.DateTimeFormat(data.lang === 'zh' ? 'zh-CN' : 'en-GB', { ...parts, timeZone: 'UTC' });
    this.long = format({ year: 'numeric', month: 'long' });
    this.short = format({ month: 'short' });
    this.limits = { earliest: question.dataset.earliest ?? '', most: Number(question.dataset.maxYuan) };
    const { say } = this;
    const button = (/** @type {string} */ name, /** @type {() => void} */ act, kind = '') => el('button', { type: 'button', class: `plain ${kind}`, onclick: act }, say[name]);
    this.older = button('older', () => this.#older(), 'older');
    this.table = el('div', {
      class: 'months', role: 'grid', 'aria-multiselectable': 'true', onkeydown: (/** @type {KeyboardEvent} */ event) => this.#key(event),
      onclick: (/** @type {MouseEvent} */ event) => this.#press(event), onpaste: (/** @type {ClipboardEvent} */ event) => this.#pasted(event),
    });
    const field = (/** @type {string} */ name, /** @type {Record<string, unknown>} */ more) => el('input', { type: 'text', name: `grid-${name}`, autocomplete: 'off', ...more });
    this.from = field('from', { size: 8, maxlength: 12, onchange: () => this.#typed('from') });
    this.to = field('to', { size: 8, maxlength: 12, onchange: () => this.#typed('to') });
    this.base = field('base', { size: 9, maxlength: 14, inputmode: 'numeric', onkeydown: (/** @type {KeyboardEvent} */ event) => event.key === 'Enter' && this.#put() });
    const labelled = (/** @type {string} */ name, /** @type {HTMLInputElement} */ input) => el('label', { class: 'field' }, el('span', {}, say[name]), input);
    this.count = el('span', { class: 'count' });
    this.fault = el('p', { class: 'fault', id: 'grid-fault', role: 'alert' });
    this.status = el('p', { class: 'grid-status', role: 'status' });
    this.undo = button('undo', () => this.#undo(), 'inline');
    this.editor = el(
      'div', { class: 'chosen', role: 'group', 'aria-label': say.chosen },
      el('div', { class: 'chosen-fields' }, labelled('from', this.from), labelled('to', this.to), this.count, labelled('base', this.base)),
      el('div', { class: 'buttons' }, button('put', () => this.#put()), button('put_made_up', () => this.#putMadeUp()), button('put_none', () => this.#putNone())),
      this.fault,
    );
    this.text = el('textarea', { rows: 6, 'aria-label': say.paste_label, 'aria-describedby': 'paste-help paste-faults', spellcheck: 'false' });
    this.pasteFaults = el('div', { class: 'fault', id: 'paste-faults', role: 'alert' });
    this.pastePlace = el('div', { class: 'paste', hidden: true }, el('p', { class: 'help', id: 'paste-help' }, say.paste_help), this.text,
      el('div', { class: 'buttons' }, button('read', () => void this.#read())), this.pasteFaults);
    this.pasteButton = button('paste', () => this.#openPaste());
    this.pasteButton.setAttribute('aria-expanded', 'false');
    this.note = el('p', { class: 'window-note' });
    this.legend = el('p', { class: 'legend' }, el('span', {}, say.key_paid),
      ...['gap', 'made-up', 'counts'].map((name) => el('span', {}, el('span', { class: `key ${name}`, 'aria-hidden': 'true' }, name === 'counts' ? '' : say[name.replace('-', '_')]), say[`key_${name.replace('-', '_')}`])),
      el('span', {}, el('span', { class: 'key', 'aria-hidden': 'true' }, '?'), say.key_unknown));
    this.lines = el('div', { class: 'lines', role: 'radiogroup', 'aria-label': say.look });
    this.follows = el('div', { class: 'follows' }, el('p', { class: 'grid-title' }, say.follows), this.lines);
    this.wages = el('details', { class: 'fold' }, el('summary', {}, say.wages), el('div', { class: 'scroll', role: 'group', tabindex: '0', 'aria-label': say.wages }));
    this.element = el(
      'section', { class: 'history-grid', 'aria-label': say.title }, el('p', { class: 'grid-title' }, say.title), el('p', { class: 'help' }, say.how), this.older, this.table, this.note, this.legend,
      this.editor, el('p', { class: 'did' }, this.status, ' ', this.undo), this.follows, this.wages,
    );
    // The form hears of changes through `write` alone.
    for (const place of [this.element, this.pastePlace]) {
      for (const name of ['input', 'change', 'focusout', 'keydown']) place.addEventListener(name, (event) => event.stopPropagation());
      // Enter in a field does not press the first button of the form.
      place.addEventListener('keydown', (event) => event.key === 'Enter' && event.target instanceof HTMLInputElement && event.preventDefault());
    }
    find(question, '[data-add]', HTMLElement).after(' ', this.pasteButton);
    this.pasteButton.after(this.pastePlace, this.element);
    this.#goTo(this.#now() - 1);
    this.sync();
  }

  /** Months made up later, as stretches. */
  get madeUp() {
    return this.#months.stretches(true);
  }

  /** Takes over what the form holds now, and other months made up later where they are given. @param {Stretch[]} [madeUp] */
  sync(madeUp) {
    const reading = this.act.read();
    if (reading.state === 'fault') return;
    if (madeUp) {
      this.#madeUp = madeUp;
      this.#before = undefined;
      this.#tell('');
    }
    this.#months = new Months(reading.state === 'given' ? /** @type {Stretch[]} */ (reading.value) : [], this.#madeUp);
    this.#madeUp = this.#months.stretches(true);
    const { first } = this.#months;
    if (first !== undefined) this.#rows = Math.max(this.#rows, Math.ceil((this.#now() - first) / 12));
    this.#focus = Math.min(this.#highest, Math.max(this.#lowest, this.#focus));
    this.#anchor = Math.min(this.#highest, Math.max(this.#lowest, this.#anchor));
    this.#draw();
  }

  /** Shows what Python finds in the history. @param {Contributions | undefined} found @param {Words} words */
  show(found, words) {
    this.#found = found;
    this.#words = words;
    this.#draw();
  }

  // --- what is there --------------------------------------------------------------------------------------------------

  /** The month of the day: the first one that is not counted. */
  #now() {
    return parseMonth(this.act.day().slice(0, 7)) ?? 0;
  }

  get #lowest() {
    return this.#now() - 12 * this.#rows;
  }

  get #highest() {
    return Math.max(this.#now() - 1, this.#months.last ?? 0);
  }

  get #range() {
    return [Math.min(this.#anchor, this.#focus), Math.max(this.#anchor, this.#focus)];
  }

  #older() {
    this.#rows += 1;
    this.#goTo(this.#lowest);
    this.#draw();
    this.#focusCell();
  }

  // --- drawing --------------------------------------------------------------------------------------------------------

  #draw() {
    const { say } = this;
    const lines = this.#lines();
    const line = lines.find(({ key }) => key === this.#line) ?? lines.findLast(({ enough }) => enough) ?? lines.at(-1);
    const before = this.#now();
    const counted = new Set(line?.span ? line.span.counted : []);
    const values = new Map(this.#found?.months.map((row) => [row.month, row]));
    const all = rows(before, this.#rows, this.#months.last);
    const inWindow = (/** @type {number} */ month) => Boolean(line?.span) && month < before && month >= before - (line?.span?.window ?? 0);
    const hadFocus = this.table.contains(document.activeElement);
    this.table.setAttribute('aria-label', fill(say.label, { from: this.#month(all[0][0]), to: this.#month(all[all.length - 1].at(-1) ?? 0) }));
    this.table.replaceChildren(...all.map((row) => {
      const [from, to] = [showMonth(row[0]), showMonth(row[row.length - 1])];
      const name = row[0] >= before ? fill(say.row_now, { from }) : fill(say.row, { from, to });
      // Named, or its name would be those of all its cells.
      const element = el('div', { class: 'months-row', role: 'row', 'aria-label': name }, el('div', { class: 'row-head', role: 'rowheader' }, name), ...row.map((month) => this.#cell(month, before, values.get(showMonth(month)), counted.has(showMonth(month)), line)));
      if (row.some(inWindow)) element.dataset.window = inWindow(row[0] - 1) ? 'on' : 'first';
      if (element.dataset.window && row.includes(before - 1)) element.dataset.window += ' last';
      return element;
    }));
    if (hadFocus) this.#focusCell();
    this.older.hidden = showMonth(this.#lowest) <= this.limits.earliest;
    this.#drawChosen();
    this.note.textContent = line ? [line.text, line.need, this.#verdict(line)].filter(Boolean).join(this.data.lang === 'zh' ? '，' : ', ') : '';
    this.#drawLines(lines, line);
    this.#drawWages();
    this.undo.hidden = !this.#before;
  }

  /** @param {number} month */
  #month(month) {
    return this.long.format(Date.UTC(Math.floor(month / 12), month % 12));
  }

  /**
   * @param {number} month @param {number} before
   * @param {Contributions['months'][number] | undefined} value  what Python says of it
   * @param {boolean} counts @param {Line | undefined} line
   */
  #cell(month, before, value, counts, line) {
    const { say } = this;
    const entry = this.#months.get(month);
    const known = value && value.base === entry?.base && !entry.madeUp ? value : undefined;
    const multiple = typeof known?.hundredths === 'number' ? (known.hundredths / 100).toFixed(2) : '';
    const state = entry ? (entry.madeUp ? 'made_up' : multiple ? 'paid' : known ? 'unknown' : 'waiting') : this.#months.isGap(month, before) ? 'gap' : 'none';
    const label = fill(say[`cell_${state}`], { month: this.#month(month), base: entry?.base ?? 0, multiple });
    const text = { paid: multiple, made_up: say.made_up, gap: say.gap, unknown: '?', waiting: '…', none: '' }[state];
    const [first, last] = this.#range;
    const cell = el('div', {
      class: 'month', role: 'gridcell', 'data-month': showMonth(month), 'data-state': state, 'data-counts': counts && 'yes',
      'aria-selected': String(month >= first && month <= last), tabindex: month === this.#focus ? 0 : -1,
    }, el('span', { class: 'visually-hidden' }, counts && line ? fill(say.cell_counts, { cell: label, line: line.text }) : label),
    el('span', { class: 'name', 'aria-hidden': 'true' }, this.short.format(Date.UTC(2000, month % 12))), el('span', { class: 'value', 'aria-hidden': 'true' }, text));
    if (typeof known?.hundredths === 'number') cell.style.setProperty('--fill', `${Math.min(100, known.hundredths / 3)}%`);
    return cell;
  }

  #drawChosen() {
    const [first, last] = this.#range;
    const count = last - first + 1;
    if (document.activeElement !== this.from) this.from.value = showMonth(first);
    if (document.activeElement !== this.to) this.to.value = showMonth(last);
    this.count.textContent = count === 1 ? this.say.count_one : fill(this.say.count, { count });
    const common = this.#months.common(first, last);
    if (document.activeElement !== this.base && typeof common === 'object') this.base.value = common.base ? thousands(common.base) : '';
  }

  /** What follows from the history, each with the months that make it so. @returns {Line[]} */
  #lines() {
    const found = this.#found;
    const words = this.#words;
    if (!found || !words || !this.#months.stretches(false).length) return [];
    const { say } = this;
    const line = (/** @type {string} */ key, /** @type {Span} */ span, /** @type {string} */ text, /** @type {number | null} */ needed, /** @type {string} */ need) => {
      const enough = needed === null ? undefined : span.found >= needed;
      return { key, span, text: fill(text, { ...span, multiple: (span.tenths ?? 0) / 10 }), need: needed === null ? '' : need, enough, short: needed === null ? 0 : needed - span.found };
    };
    return [
      ...Object.entries(found.spans).map(([key, span]) => {
        const needed = span.needed ?? span.at_least;
        const name = span.indicator ? words.indicators[span.indicator].name : '';
        return line(key, span, span.tenths ? say.span_at : say.span, needed, fill(span.needed === null ? say.span_need_at : say.span_need, { needed, name }));
      }),
      ...found.windows.map((span) => line(span.tier, span, say.window, span.months, fill(say.window_need, { months: span.months, points: span.points }))),
    ];
  }

  /** Whether there are enough months. @param {Line} line */
  #verdict({ enough, short }) {
    return enough === undefined ? '' : enough ? this.say.enough : fill(this.say.short, { count: short });
  }

  /** @param {Line[]} lines @param {Line | undefined} chosen */
  #drawLines(lines, chosen) {
    const { say } = this;
    this.follows.hidden = lines.length === 0;
    if (!lines.length || !this.#found) return;
    const { paid } = this.#found;
    const held = this.lines.contains(document.activeElement) ? /** @type {HTMLInputElement} */ (document.activeElement).value : '';
    const use = this.total.value() === paid ? el('span', { class: 'more' }, say.used_paid)
      : el('button', { type: 'button', class: 'plain', onclick: () => this.total.write(paid) }, fill(say.use_paid, { count: paid }));
    this.lines.replaceChildren(
      el('p', { class: 'paid' }, el('span', {}, fill(say.paid, { count: paid })), use),
      el('p', { class: 'help' }, say.look),
      ...lines.map((line) => {
        const { key, span, text, need, enough } = line;
        const word = this.#verdict(line);
        const open = span && span.possible > span.found ? fill(say.undecided, { count: span.possible - span.found }) : '';
        const input = el('input', { type: 'radio', name: 'grid-line', value: key, onchange: () => this.#look(key) });
        input.checked = key === chosen?.key;
        return el('label', { class: 'row' }, input, el('span', { class: 'row-text' }, text, el('small', {}, [need, open].filter(Boolean).join(this.data.lang === 'zh' ? '；' : '; '))),
          el('span', { class: 'row-points', 'data-enough': enough === undefined ? '' : enough ? 'yes' : 'no' }, el('span', { 'aria-hidden': 'true' }, enough === undefined ? '' : enough ? '✓ ' : '✗ '), word));
      }),
    );
    if (held) /** @type {HTMLElement | null} */ (this.lines.querySelector(`input[value="${CSS.escape(held)}"]`))?.focus();
  }

  /** @param {string} key */
  #look(key) {
    this.#line = key;
    this.#draw();
  }

  #drawWages() {
    const years = this.#found?.wages ?? [];
    const { say } = this;
    this.wages.hidden = years.length === 0;
    const head = [say.wage_year, say.wage_average, ...Object.keys(years[0]?.least ?? {}).map((multiple) => fill(say.wage_least, { multiple }))];
    this.wages.lastElementChild?.replaceChildren(el('table', { class: 'data' },
      el('caption', { class: 'help' }, say.wage_note),
      el('thead', {}, el('tr', {}, ...head.map((text) => el('th', { scope: 'col' }, text)))),
      el('tbody', {}, ...years.map(({ from, to, average, least }) => el('tr', {}, el('th', { scope: 'row' }, fill(say.row, { from, to })),
        ...[average, ...Object.values(least)].map((yuan) => el('td', {}, thousands(yuan)))))),
    ));
  }

  // --- choosing months ------------------------------------------------------------------------------------------------

  #focusCell() {
    /** @type {HTMLElement | null} */ (this.table.querySelector(`[data-month="${showMonth(this.#focus)}"]`))?.focus();
  }

  /** One month is chosen, and nothing else. @param {number} month */
  #goTo(month) {
    this.#anchor = month;
    this.#focus = month;
    this.#half = false;
  }

  /** A press chooses a month, the next one a stretch from there. @param {number} month @param {boolean} extend */
  #choose(month, extend) {
    if (extend || this.#half) {
      this.#focus = month;
      this.#half = false;
    } else {
      this.#goTo(month);
      this.#half = true;
    }
    this.#fault('');
    this.#draw();
    this.#focusCell();
  }

  /** @param {MouseEvent} event */
  #press(event) {
    const cell = event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest('[data-month]')) : null;
    const month = parseMonth(cell?.dataset.month ?? '');
    if (month !== undefined) this.#choose(month, event.shiftKey);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.altKey || event.metaKey) return;
    const columns = getComputedStyle(this.table).getPropertyValue('--columns').trim() === '6' ? 6 : 12;
    const goal = move(event.key, event.ctrlKey, this.#focus, { first: this.#lowest, last: this.#highest, start: this.#lowest, columns });
    if (goal !== undefined) {
      if (event.shiftKey) this.#focus = goal;
      else this.#goTo(goal);
      this.#half = false;
      this.#draw();
      this.#focusCell();
    } else if (event.key === ' ') {
      this.#choose(this.#focus, false);
    } else if (event.key === 'Enter') {
      this.base.focus();
      this.base.select();
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      this.#putNone();
      this.#focusCell();
    } else if (event.key === 'Escape' && this.#anchor !== this.#focus) {
      this.#goTo(this.#focus);
      this.#draw();
      this.#focusCell();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  /** The two ends were typed; the one typed last takes the other along past itself. @param {'from' | 'to'} [last] @returns {boolean}  whether they can be read */
  #typed(last = 'to') {
    const latest = this.act.day().slice(0, 7);
    const ends = [];
    for (const input of [this.from, this.to]) {
      const reading = readMonth(input.value, { earliest: this.limits.earliest, latest });
      input.toggleAttribute('aria-invalid', false);
      if (reading.state !== 'given') {
        const fault = reading.state === 'fault' ? reading.fault : { code: 'not_a_month', key: '', value: '', allowed: {} };
        input.setAttribute('aria-invalid', 'true');
        input.setAttribute('aria-describedby', 'grid-fault');
        this.#fault(this.#sayFault(fault));
        return false;
      }
      ends.push(parseMonth(String(reading.value)) ?? 0);
    }
    this.#fault('');
    const [from, to] = ends;
    this.#anchor = last === 'to' ? Math.min(from, to) : from;
    this.#focus = last === 'to' ? to : Math.max(from, to);
    this.#half = false;
    this.#rows = Math.max(this.#rows, Math.ceil((this.#now() - this.#anchor) / 12));
    this.#draw();
    return true;
  }

  // --- changing months ------------------------------------------------------------------------------------------------

  #put() {
    if (!this.#typed()) return;
    const reading = readWhole(this.base.value, { min: 1, max: this.limits.most });
    if (reading.state !== 'given') {
      this.base.setAttribute('aria-invalid', 'true');
      this.base.setAttribute('aria-describedby', 'grid-fault');
      this.#fault(this.#sayFault({ code: 'not_a_base', key: '', value: this.base.value, allowed: { min: 1, max: this.limits.most } }));
      this.base.focus();
      return;
    }
    this.#change({ base: Number(reading.value), madeUp: false }, 'did_put');
  }

  #putMadeUp() {
    if (!this.#typed()) return;
    const reading = readWhole(this.base.value, { min: 1, max: this.limits.most });
    this.#change({ madeUp: true, ...(reading.state === 'given' ? { base: Number(reading.value) } : {}) }, 'did_made_up');
  }

  #putNone() {
    if (this.#typed()) this.#change(undefined, 'did_none');
  }

  /** @param {Entry | undefined} entry @param {string} did */
  #change(entry, did) {
    const [first, last] = this.#range;
    this.#keep();
    this.#months.set(first, last, entry);
    this.#tell(fill(this.say[did], { from: showMonth(first), to: showMonth(last), base: entry?.base ?? 0 }));
    this.#half = false;
    this.#hand();
  }

  #keep() {
    this.#before = { paid: this.#months.stretches(false), madeUp: this.#months.stretches(true) };
  }

  #undo() {
    if (!this.#before) return;
    this.#months = new Months(this.#before.paid, this.#before.madeUp);
    this.#before = undefined;
    this.#tell(this.say.did_undo);
    this.#hand();
    this.#focusCell();
  }

  /** Hands the months to the form as its answer. */
  #hand() {
    const paid = this.#months.stretches(false);
    this.#madeUp = this.#months.stretches(true);
    this.#fault('');
    this.act.write(paid.length ? paid : undefined);
    this.sync();
  }

  /** @param {string} text */
  #fault(text) {
    this.fault.textContent = text;
    if (!text) for (const input of [this.from, this.to, this.base]) input.removeAttribute('aria-invalid');
  }

  /** @param {Fault} fault */
  #sayFault(fault) {
    return this.#words ? sayFault(this.#words, fault, { not_a_month: this.data.say.fault_month }) : fault.value;
  }

  /** @param {string} text */
  #tell(text) {
    this.status.textContent = text;
  }

  // --- pasting --------------------------------------------------------------------------------------------------------

  #openPaste() {
    const open = this.pastePlace.hidden;
    this.pastePlace.hidden = !open;
    this.pasteButton.setAttribute('aria-expanded', String(open));
    if (open) this.text.focus();
  }

  /** @param {ClipboardEvent} event */
  #pasted(event) {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (!text.trim()) return;
    event.preventDefault();
    if (this.pastePlace.hidden) this.#openPaste();
    this.text.value = text;
    void this.#read();
  }

  async #read() {
    const { say } = this;
    this.pasteFaults.replaceChildren();
    const answer = JSON.parse(await this.act.paste(this.text.value));
    if (answer.refused) {
      /** @type {Fault[]} */
      const faults = answer.refused;
      const told = (/** @type {Fault} */ fault) => (fault.key && fault.code !== 'line_unread' ? fill(say.line, { line: fault.key, fault: this.#sayFault(fault) }) : this.#sayFault(fault));
      this.pasteFaults.append(fill(say.paste_faults, { count: faults.length }), el('ul', {}, ...faults.map((fault) => el('li', {}, told(fault)))));
      return;
    }
    /** @type {{stretches: Stretch[], made_up: Stretch[]}} */
    const { stretches, made_up: late } = answer.ok;
    const length = (/** @type {Stretch[]} */ list) => new Months(list).size;
    if (!stretches.length && !late.length) {
      this.pasteFaults.append(say.paste_empty);
      return;
    }
    this.#keep();
    for (const [list, madeUp] of /** @type {const} */ ([[late, true], [stretches, false]])) {
      for (const { from, to, base } of list) this.#months.set(parseMonth(from) ?? 0, parseMonth(to) ?? -1, { base, madeUp });
    }
    this.text.value = '';
    this.#openPaste();
    this.#hand();
    this.#tell(fill(late.length ? say.did_paste_made_up : say.did_paste, { count: length(stretches), late: length(late) }));
    this.pasteButton.focus();
  }
}
