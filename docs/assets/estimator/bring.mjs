// @ts-check
/**
 * What to bring: the papers that the claimed points need, ticked off, and the points that hang on those not at hand.
 *
 * @typedef {import('./ahead').State} State
 * @typedef {import('./ahead').Papers} Papers
 * @typedef {import('./panel.mjs').Shared} Shared
 */
import { el } from './dom.mjs';
import { Panel } from './panel.mjs';
import { join } from './words.mjs';
import { Work } from './work.mjs';

export class Bring extends Panel {
  /** What the list shows now: it is made anew only where other papers are asked for. */
  #listed = '';

  /** @param {Shared} shared */
  constructor(shared) {
    super(shared, 'bring');
    const { phrases } = this;
    this.work = new Work(phrases, () => shared.interrupt('materials'));
    this.veto_ = el('div');
    this.progress = el('progress', { max: 1, value: 0, 'aria-label': phrases.say('bring_progress') });
    this.count = el('span', {});
    this.risk = el('p', { class: 'risk', role: 'status' });
    this.assumed = el('div');
    this.list = el('div', { class: 'papers' });
    this.intro = el('div', { class: 'more' });
    this.element.append(
      this.veto_, el('h3', {}, phrases.say('bring_title')), el('p', { class: 'count' }, this.count, this.progress), this.risk, this.assumed, this.work.element, this.intro, this.list,
      el('p', { class: 'more no-print' }, phrases.say('kept_here')),
      el('div', { class: 'settings no-print' }, this.printing('bring'), el('button', { type: 'button', class: 'plain', onclick: () => {
        shared.kept.at_hand = [];
        this.#listed = '';
        this.invalidate();
      } }, phrases.say('untick'))),
    );
  }

  /** @param {State} state */
  refresh(state) {
    void this.work.run(() => this.ask('materials', { at_hand: this.shared.kept.at_hand }), (/** @type {Papers} */ papers) => this.redraw(() => this.#show(state, papers)));
  }

  /** @param {State} state @param {Papers} papers */
  #show(state, papers) {
    const { phrases, shared: { kept } } = this;
    const wanted = [...new Set([...papers.basic, ...papers.for.flatMap(({ needed, materials }) => (needed ? materials : []))])];
    const done = wanted.filter((id) => kept.at_hand.includes(id)).length;
    this.veto_.replaceChildren(this.veto(state));
    this.count.textContent = phrases.say('bring_count', { done, all: wanted.length });
    this.progress.max = wanted.length;
    this.progress.value = done;
    const { at_risk: points, safe, standard } = papers;
    const below = safe < standard && safe + points >= standard;
    this.risk.textContent = points ? phrases.say(below ? 'at_risk_below' : 'at_risk', { points, safe, standard })
      : phrases.say(papers.for.some(({ materials }) => materials.length) ? 'at_risk_none' : 'at_risk_bare');
    this.risk.dataset.points = String(points);
    this.assumed.replaceChildren(this.assumption(state, false));
    const key = JSON.stringify([papers.basic, papers.for.map(({ id, points: worth, needed, materials }) => [id, worth, needed, materials])]);
    if (key !== this.#listed) {
      this.#listed = key;
      this.#fill(papers);
    }
    for (const { id, missing } of papers.for) {
      const place = this.list.querySelector(`[data-for="${id}"] .ready`);
      if (!place) continue;
      place.textContent = phrases.say(missing.length ? 'missing' : 'ready');
      place.setAttribute('data-ready', String(!missing.length));
    }
  }

  /** @param {Papers} papers */
  #fill(papers) {
    const { phrases } = this;
    const { indicators } = phrases.words();
    const shown = new Set();
    const group = (/** @type {Papers['for'][0]} */ { id, points, materials }) => el('section', { 'data-for': id, 'aria-labelledby': `papers-${id}` },
      el('h5', { id: `papers-${id}` }, phrases.say('for_points', { name: indicators[id].name, points }), ' ', el('small', { class: 'ready' })), this.#items(materials, shown), this.#sources(materials));
    const needed = papers.for.filter((one) => one.needed);
    const others = papers.for.filter((one) => !one.needed && one.materials.length);
    const bare = needed.filter((one) => !one.materials.length).map(({ id, points }) => phrases.say('for_points', { name: indicators[id].name, points }));
    this.intro.replaceChildren(...this.shared.page.ahead.papers.map(({ text, cite }) => el('p', {}, text, ' ', el('span', { class: 'no-print' }, phrases.cites(cite)))));
    this.list.replaceChildren(
      el('h4', {}, phrases.say('basic')), this.#items(papers.basic, shown), this.#sources(papers.basic),
      ...(needed.length ? [el('h4', {}, phrases.say('needed', { standard: papers.standard }))] : []),
      ...(bare.length ? [el('p', {}, `${join(bare, this.shared.page.lang)}${phrases.zh ? '：' : ': '}${phrases.say('no_paper')}${phrases.zh ? '。' : '.'}`)] : []),
      ...needed.filter((one) => one.materials.length).map(group),
      ...(others.length ? [el('h4', {}, phrases.say('not_needed')), el('p', { class: 'more' }, phrases.say('not_needed_help', { standard: papers.standard })), ...others.map(group)] : []),
    );
  }

  /** @param {string[]} ids @param {Set<string>} shown  names that stand above already */
  #items(ids, shown) {
    const { phrases, shared: { kept } } = this;
    const { materials } = phrases.words();
    return el('ul', {}, ...ids.map((id) => {
      const { name, provider, form, where, only, details } = materials[id];
      const box = el('input', { type: 'checkbox', 'data-paper': id, onchange: () => this.#tick(id, box.checked) });
      box.checked = kept.at_hand.includes(id);
      const again = shown.has(name);
      shown.add(name);
      const notes = [phrases.say(`provider_${provider}`), phrases.say(`form_${form}`), only && phrases.say('only_if', { only }), again && phrases.say('same_paper')];
      return el('li', {}, el('label', { class: 'row' }, box, el('span', { class: 'row-text' }, name,
        el('small', {}, notes.filter(Boolean).join(phrases.say('separator'))))),
      el('div', { class: 'paper-more' }, where && el('p', {}, phrases.say('get_at', { where })), ...details.map((detail) => el('p', {}, detail))));
    }));
  }

  /** Where the papers of a group are asked for, each place once. @param {string[]} ids */
  #sources(ids) {
    const { materials } = this.phrases.words();
    const cites = new Map(ids.flatMap((id) => materials[id].cite).map((cite) => [`${cite.source} ${cite.clause}`, cite]));
    return el('p', { class: 'more no-print' }, this.phrases.cites([...cites.values()]));
  }

  /** One paper may serve twice: what has the same name is the same paper. @param {string} id @param {boolean} there */
  #tick(id, there) {
    const { phrases, shared: { kept } } = this;
    const { materials } = phrases.words();
    const same = new Set(Object.keys(materials).filter((one) => materials[one].name === materials[id].name));
    kept.at_hand = [...kept.at_hand.filter((one) => !same.has(one)), ...(there ? same : [])];
    for (const box of this.list.querySelectorAll('input[data-paper]')) {
      if (box instanceof HTMLInputElement && same.has(box.dataset.paper ?? '')) box.checked = there;
    }
    this.invalidate();
  }
}
