// @ts-check
/**
 * The results on the page: progress, groups, one page of the table at a time, downloads. Everything is text, never markup, so
 * that no cell of a roster can put anything else into the page.
 *
 * @typedef {import('./types').Result} Result
 * @typedef {import('./types').Opened} Opened
 * @typedef {import('./types').RosterData} RosterData
 * @typedef {import('./types').Column} Column
 * @typedef {import('./types').Group} Group
 * @typedef {import('./types').View} View
 */
import { el } from '../estimator/dom.mjs';
import { fill, join, show } from '../estimator/words.mjs';
import { Counts, GROUPS, arrange } from './table.mjs';
import { COLUMNS, MARKS } from './words.mjs';

/** Rows on one page: more would not be read, and would slow a phone down. */
const ROWS = 50;
/** Labels in a cell before the rest folds. */
const LABELS = 3;
/** Characters of an id that are shown. */
const LONGEST = 80;
/** Milliseconds between two drawings of the table while results come in. */
const PAUSE = 1000;

export class Outcome {
  /** @type {Result[]} */
  #results = [];
  /** What the page shows now, in its order. @type {Result[]} */
  #shown = [];
  #page = 0;
  #drawn = 0;
  /** Quarters that were announced. */
  #said = 0;
  #counts = new Counts();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #typing;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #later;
  /** @type {import('./words.mjs').Sayer | undefined} */
  sayer;
  /** @type {View} */
  view = { group: 'all', find: '', column: 'line', descending: false };

  /**
   * @param {HTMLElement} root
   * @param {RosterData} data
   * @param {{another: () => void, stop: () => void, goOn: () => void, download: (kind: 'people' | 'data') => void,
   *   drawn: (results: Result[]) => void}} act
   */
  constructor(root, data, act) {
    const { say } = data;
    this.root = root;
    this.data = data;
    this.say = say;
    this.act = act;
    this.title = el('h2', { tabindex: -1, id: 'outcome-title' }, say.results);
    this.source = el('p', { class: 'source' });
    this.remarks = el('ul', { class: 'remarks help' });
    this.bar = el('progress', { max: 1, value: 0, 'aria-label': say.progress });
    this.progress = el('p', { class: 'progress-text' });
    this.stop = el('button', { type: 'button', class: 'plain', onclick: () => act.stop() }, say.stop);
    this.more = el('button', { type: 'button', class: 'plain', hidden: true, onclick: () => act.goOn() }, say.go_on);
    this.working = el('div', { class: 'working' }, this.bar, el('div', { class: 'working-row' }, this.progress, this.stop, this.more));
    this.failure = el('div', { class: 'failure', role: 'alert' });
    this.summary = el('p', { class: 'summary' });
    this.live = el('p', { class: 'visually-hidden', role: 'status' });
    this.groups = el('fieldset', { class: 'groups' }, el('legend', { class: 'visually-hidden' }, say.group), ...GROUPS.map((group) => this.#choice(group)));
    this.find = el('input', { type: 'search', id: 'find', autocomplete: 'off', spellcheck: 'false', size: 14, oninput: () => this.#typed() });
    this.body = el('tbody', { onclick: (/** @type {MouseEvent} */ event) => this.#press(event) });
    this.heads = new Map(COLUMNS.map((column) => [column, this.#head(column)]));
    this.table = el(
      'table', { class: 'data roster-table' }, el('caption', { class: 'visually-hidden' }, say.table),
      el('thead', {}, el('tr', {}, ...this.heads.values())), this.body,
    );
    this.scroll = el('div', { class: 'scroll', role: 'group', tabindex: 0, 'aria-label': say.table }, this.table);
    this.range = el('p', { class: 'shown' });
    this.previous = el('button', { type: 'button', class: 'plain', onclick: () => this.#turn(-1) }, say.previous);
    this.next = el('button', { type: 'button', class: 'plain', onclick: () => this.#turn(1) }, say.next);
    this.pager = el('nav', { class: 'pager', 'aria-label': say.pages }, this.previous, this.range, this.next);
    this.download = el('button', { type: 'button', class: 'md-button md-button--primary', onclick: () => act.download('people') });
    this.downloadData = el('button', { type: 'button', class: 'plain', onclick: () => act.download('data') }, say.download_data);
    this.rules = el('p', { class: 'help rules' });
    root.append(
      this.title,
      el('div', { class: 'source-row' }, this.source, el('button', { type: 'button', class: 'plain', onclick: () => act.another() }, say.another)),
      this.remarks, this.working, this.failure, this.summary,
      el('div', { class: 'controls' }, this.groups, el('div', { class: 'find' }, el('label', { for: 'find' }, say.find), this.find)),
      this.scroll, this.pager,
      el('div', { class: 'downloads' }, this.download, this.downloadData), el('p', { class: 'help' }, say.download_help),
      el('p', { class: 'help' }, say.final), this.rules, this.live,
    );
  }

  /** @param {Group} group */
  #choice(group) {
    const input = el('input', { type: 'radio', name: 'group', value: group, checked: group === 'all', onchange: () => this.#choose({ group }) });
    return el('label', {}, input, el('span', {}, this.say[`group_${group}`], ' ', el('span', { class: 'count', 'data-group': group }, '0')));
  }

  /** @param {Column} column */
  #head(column) {
    const button = el('button', { type: 'button', class: 'sort', onclick: () => this.#sort(column) }, el('span', { class: 'sort-name' }), el('span', { class: 'sort-mark', 'aria-hidden': 'true' }));
    return el('th', { scope: 'col', 'data-column': column }, button);
  }

  /** A table is open: its name, what was left out of it, and an empty result. @param {string} name @param {Opened} opened @param {(Node | string)[]} remarks */
  begin(name, opened, remarks) {
    this.root.hidden = false;
    this.source.textContent = fill(this.say.opened, { name, count: opened.count, columns: opened.columns.length });
    this.remarks.replaceChildren(...remarks.map((text) => el('li', {}, text)));
    this.bar.max = Math.max(1, opened.count);
    const { sayer } = this;
    for (const [column, head] of this.heads) {
      /** @type {HTMLElement} */ (head.querySelector('.sort-name')).textContent = sayer?.heading(column, this.data.standard) ?? '';
    }
    this.reset();
    this.title.focus();
  }

  /** Forgets the results; the view stays. */
  reset() {
    this.#results = [];
    this.#counts = new Counts();
    this.#page = 0;
    this.failure.replaceChildren();
    this.summary.textContent = '';
    this.draw();
  }

  /** @param {{loaded: number, total: number} | undefined} progress  of loading the calculation */
  loading(progress) {
    this.working.hidden = false;
    this.stop.hidden = true;
    this.more.hidden = true;
    const megabytes = (/** @type {number} */ bytes) => (bytes / 1e6).toFixed(1);
    if (progress?.total) this.bar.value = (progress.loaded / progress.total) * this.bar.max;
    this.progress.textContent = progress?.total
      ? fill(this.say.loading_of, { loaded: megabytes(progress.loaded), total: megabytes(progress.total) }) : this.say.loading;
  }

  /** @param {number} done @param {number} count */
  advance(done, count) {
    // Who cannot see the bar hears of every quarter.
    const quarter = count ? Math.floor((done / count) * 4) : 0;
    if (quarter > this.#said && quarter < 4) this.announce(fill(this.say.working, { done, count }));
    this.#said = quarter;
    this.working.hidden = false;
    this.stop.hidden = false;
    this.more.hidden = true;
    this.bar.value = done;
    this.progress.textContent = fill(this.say.working, { done, count });
  }

  /** More results, in whatever order they come. @param {readonly Result[]} added @param {() => Result[]} all  in the order of the table */
  add(added, all) {
    this.#counts.add(added);
    this.#count();
    // The table is drawn now and then, and never under the hands of who reads or works in it.
    const busy = this.scroll.contains(document.activeElement) || this.pager.contains(document.activeElement);
    if (this.#drawn && (busy || performance.now() - this.#drawn < PAUSE)) return;
    this.#results = all();
    this.draw();
  }

  /**
   * No more results come.
   *
   * @param {Result[]} results
   * @param {number} count  of rows in the table
   */
  finish(results, count) {
    this.#results = results;
    const complete = results.length === count;
    const { of } = this.#counts;
    this.working.hidden = complete;
    this.stop.hidden = true;
    this.more.hidden = complete;
    this.progress.textContent = fill(this.say.stopped, { done: results.length, count });
    const faults = of.faults ? fill(this.say.done_faults, { count: of.faults }) : '';
    this.summary.textContent = complete ? [fill(this.say.done, { count, now: of.now, will: of.will }), faults].filter(Boolean).join(' ') : '';
    if (complete && count === 0) this.summary.textContent = this.say.empty;
    this.draw();
    this.announce(this.summary.textContent || this.progress.textContent);
    // The button that was pressed is gone: go on from where it stood.
    if (document.activeElement === document.body || document.activeElement === this.stop) (complete ? this.title : this.more).focus();
  }

  /** @param {string} text @param {(() => void) | undefined} retry */
  fail(text, retry) {
    this.root.hidden = false;
    this.working.hidden = true;
    this.failure.replaceChildren(el('p', {}, text));
    if (retry) this.failure.append(el('button', { type: 'button', class: 'md-button', onclick: retry }, this.say.retry));
  }

  /** Says something to who cannot see it. @param {string} text */
  announce(text) {
    this.live.textContent = text;
  }

  /** The rows that the view lets through, in its order. */
  get arranged() {
    return this.#shown;
  }

  /** @param {Partial<View>} change */
  #choose(change) {
    Object.assign(this.view, change);
    this.#page = 0;
    this.draw();
    this.announce(this.#shown.length ? fill(this.say.found, { count: this.#shown.length }) : this.say.shown_none);
  }

  #typed() {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#choose({ find: this.find.value }), 250);
  }

  /** @param {Column} column */
  #sort(column) {
    const descending = this.view.column === column && !this.view.descending;
    Object.assign(this.view, { column, descending });
    this.#page = 0;
    this.draw();
    const name = this.sayer?.heading(column, this.data.standard) ?? '';
    this.announce(fill(descending ? this.say.sorted_down : this.say.sorted_up, { column: name }));
  }

  /** @param {number} pages */
  #turn(pages) {
    this.#page += pages;
    this.#drawRows();
    this.announce(this.range.textContent ?? '');
    this.scroll.scrollTop = 0;
    this.scroll.scrollIntoView({ block: 'nearest' });
    const button = pages < 0 ? this.previous : this.next;
    if (button.disabled) (pages < 0 ? this.next : this.previous).focus();
  }

  #count() {
    for (const place of this.groups.querySelectorAll('.count')) {
      const group = /** @type {Group} */ (place.getAttribute('data-group'));
      place.textContent = show(this.#counts.of[group]);
    }
  }

  /** Draws everything anew from the results and the view. */
  draw() {
    clearTimeout(this.#later);
    this.#drawn = performance.now();
    this.#count();
    this.#shown = arrange(this.#results, this.view);
    for (const [column, head] of this.heads) {
      const sorted = this.view.column === column;
      if (sorted) head.setAttribute('aria-sort', this.view.descending ? 'descending' : 'ascending');
      else head.removeAttribute('aria-sort');
      /** @type {HTMLElement} */ (head.querySelector('.sort-mark')).textContent = sorted ? (this.view.descending ? '▼' : '▲') : '↕';
    }
    this.#drawRows();
  }

  #drawRows() {
    const { sayer } = this;
    const pages = Math.max(1, Math.ceil(this.#shown.length / ROWS));
    this.#page = Math.min(Math.max(0, this.#page), pages - 1);
    const from = this.#page * ROWS;
    const rows = this.#shown.slice(from, from + ROWS);
    this.body.replaceChildren(...(sayer ? rows.map((result) => this.#row(result, sayer)) : []));
    this.range.textContent = rows.length
      ? fill(this.say.shown, { from: from + 1, to: from + rows.length, count: this.#shown.length }) : this.say.shown_none;
    this.previous.hidden = this.next.hidden = pages === 1;
    this.previous.disabled = this.#page === 0;
    this.next.disabled = this.#page === pages - 1;
    this.download.textContent = fill(this.say.download, { count: this.#shown.length });
    this.download.disabled = this.downloadData.disabled = rows.length === 0;
    if (rows.length) this.act.drawn(rows);
  }

  /** @param {Result} result @param {import('./words.mjs').Sayer} sayer */
  #row(result, sayer) {
    const head = [el('th', { class: 'c-id', scope: 'row' }, this.#name(result)), el('td', { class: 'c-line' }, show(result.line))];
    if (result.faults.length) {
      // The one thing to say of the row takes the place of everything that there is not.
      const faults = el('ul', { class: 'faults' }, ...result.faults.map((fault) => el('li', {}, el('bdi', {}, sayer.fault(fault)))));
      return el('tr', {}, ...head, el('td', { class: 'c-faults', colspan: COLUMNS.length - head.length }, faults));
    }
    return el(
      'tr', {}, ...head,
      el('td', { class: 'c-points' }, sayer.points(result)),
      el('td', { class: 'c-now' }, ...this.#verdict(result.vetoed ? 'no' : result.reaches_standard, sayer.now(result))),
      el('td', { class: result.reaches_on ? 'c-reaches' : 'c-reaches soft' }, sayer.reaches(result)),
      el('td', { class: 'c-below' }, result.falls_below_on),
      el('td', { class: 'c-eligible' }, ...this.#verdict(result.eligible, sayer.eligible(result))),
      el('td', { class: 'c-open' }, ...this.#labels(result.open.map((key) => sayer.label(key)))),
    );
  }

  /** What a person is called here: never anything but the id, or the row where there is none. @param {Result} result */
  #name(result) {
    const name = result.id.length > LONGEST ? `${result.id.slice(0, LONGEST)}…` : result.id;
    // The id may hold marks that turn the direction of writing: they end with it.
    return el('bdi', { class: 'id', 'data-line': result.line }, name || fill(this.say.no_id, { line: result.line }));
  }

  /** @param {string} verdict @param {string | boolean} word @returns {(Node | string)[]} */
  #verdict(verdict, word) {
    if (!verdict) return [];
    return [el('span', { class: `verdict-mark ${verdict}`, 'aria-hidden': 'true' }, MARKS[verdict]), ` ${word}`];
  }

  /** @param {string[]} labels @returns {(Node | string)[]} */
  #labels(labels) {
    const { lang } = this.data;
    if (labels.length <= LABELS) return [join(labels, lang)];
    const first = `${join(labels.slice(0, LABELS), lang)}${lang === 'zh' ? '' : ' '}${fill(this.say.more, { count: labels.length })}`;
    return [el('details', { class: 'labels' }, el('summary', {}, first), join(labels.slice(LABELS), lang))];
  }

  /** A click anywhere in a row is one on its link, unless it selects text or means something else. @param {MouseEvent} event */
  #press(event) {
    const target = /** @type {Element} */ (event.target);
    if (event.defaultPrevented || target.closest('a, button, summary') || String(getSelection())) return;
    const link = target.closest('tr')?.querySelector('th a');
    if (link instanceof HTMLAnchorElement) link.click();
  }

  /**
   * Makes the ids on the page links to the estimator with each person's answers.
   *
   * @param {Map<number, string>} addresses  by line
   */
  link(addresses) {
    for (const place of this.body.querySelectorAll('bdi.id')) {
      const address = addresses.get(Number(place.getAttribute('data-line')));
      if (!address || place.closest('a')) continue;
      const link = el('a', { href: address, target: '_blank', rel: 'noopener noreferrer', 'aria-label': fill(this.say.open_row, { id: place.textContent ?? '' }) });
      place.closest('tr')?.classList.add('linked');
      place.replaceWith(link);
      link.append(place);
    }
  }
}
