// @ts-check
/**
 * The score over time as a stepped line. `layout` is geometry alone; `Chart` draws it, with classes and attributes only (the
 * page's policy forbids inline style), and makes each change reachable by keyboard.
 *
 * @typedef {import('./ahead').Projection} Projection
 * @typedef {{left: number, right: number, top: number, bottom: number}} Margins
 * @typedef {{x: number, y: number, top: number, mark: '' | 'reach' | 'fall'}} Dot  `top`: where the most that is possible lies
 * @typedef {{
 *   low: string, high: string, band: string, standard: string, now: number, dots: Dot[],
 *   years: {x: number, label: string}[], points: {y: number, label: string}[], standards: {x: number, y: number, points: number}[],
 * }} Layout
 */
import { show } from './words.mjs';

const SVG = 'http://www.w3.org/2000/svg';
const DAY = 86_400_000;
/** @type {Margins} */
const MARGINS = { left: 48, right: 10, top: 20, bottom: 24 };
const HEIGHT = 210;

/** @param {string} day  ISO */
const number = (day) => Date.parse(`${day}T00:00:00Z`) / DAY;

/**
 * @param {Projection} projection
 * @param {{width: number, height?: number, margins?: Margins}} size
 * @returns {Layout}
 */
export function layout({ timeline, end, standards, reaches_on: reaches, falls_below_on: falls }, { width, height = HEIGHT, margins = MARGINS }) {
  const on = timeline[0].date;
  const [first, last] = [number(on), number(end)];
  const [least, most, step] = extent(timeline, standards);
  const [right, foot] = [width - margins.right, height - margins.bottom];
  const x = (/** @type {string} */ day) => round(margins.left + ((number(day) - first) / (last - first)) * (right - margins.left));
  // What lies far off is drawn at the edge.
  const y = (/** @type {number} */ points) => round(foot - ((Math.max(least, Math.min(points, most)) - least) / (most - least)) * (foot - margins.top));
  const low = timeline.map((change) => ({ x: x(change.date), y: y(change.low) }));
  const high = timeline.map((change) => ({ x: x(change.date), y: y(change.high) }));
  const wide = timeline.some((change) => change.low !== change.high);
  return {
    low: stepped(low, right),
    high: wide ? stepped(high, right) : '',
    band: wide ? `${stepped(high, right)}${back(low, right)}Z` : '',
    standard: stepped(standards.map(({ from, points }) => ({ x: x(from), y: y(points) })), right),
    now: x(on),
    dots: timeline.map(({ date }, index) => ({
      ...low[index], top: high[index].y, mark: date === falls ? 'fall' : date === reaches ? 'reach' : '',
    })),
    years: years(on, end, Math.floor((right - margins.left) / 44)).map((year) => ({ x: x(`${year}-01-01`), label: year })),
    points: multiples(least, most, step).map((points) => ({ y: y(points), label: show(points) })),
    standards: standards.map(({ from, points }) => ({ x: x(from), y: y(points), points })),
  };
}

/**
 * The scale of points: from, to, and between two lines.
 *
 * @param {Projection['timeline']} timeline
 * @param {Projection['standards']} standards
 * @returns {[number, number, number]}
 */
function extent(timeline, standards) {
  const marks = standards.map(({ points }) => points);
  const [lowest, highest] = [Math.min(...marks), Math.max(...marks)];
  // A range that knows next to nothing would press all else into a line.
  const bounded = (/** @type {{low: number, high: number}} */ { low, high }) => (low === high ? low : Math.max(low, -lowest / 2));
  const certain = [...timeline.map(bounded), ...marks];
  const least = Math.min(...certain);
  const most = Math.max(...certain, Math.min(Math.max(...timeline.map(({ high }) => high)), Math.max(...certain, highest) * 1.5));
  const step = [5, 10, 20, 25, 50, 100, 200, 500, 1000].find((size) => (most - least) / size <= 5) ?? 5000;
  const from = Math.floor((least - step / 4) / step) * step;
  const to = Math.ceil((most + step / 4) / step) * step;
  return [from, to, step];
}

/** @param {number} from @param {number} to @param {number} step */
function multiples(from, to, step) {
  const out = [];
  for (let points = from; points <= to; points += step) out.push(points);
  return out;
}

/**
 * The years that begin within the span, as many as there is room for.
 *
 * @param {string} on
 * @param {string} end
 * @param {number} room
 */
function years(on, end, room) {
  const [first, last] = [Number(on.slice(0, 4)) + 1, Number(end.slice(0, 4))];
  const every = [1, 2, 5, 10, 20].find((size) => (last - first + 1) / size <= room) ?? 50;
  const out = [];
  for (let year = first; year <= last; year += 1) if (every === 1 || year % every === 0) out.push(String(year));
  return out;
}

/** A line that keeps its height until the next point, up to `right`. @param {{x: number, y: number}[]} points @param {number} right */
function stepped(points, right) {
  return `M${points[0].x} ${points[0].y}${points.slice(1).map(({ x, y }) => `H${x}V${y}`).join('')}H${right}`;
}

/** The same line from its end to its beginning, to close an area. @param {{x: number, y: number}[]} points @param {number} right */
function back(points, right) {
  let path = `L${right} ${points[points.length - 1].y}`;
  for (let index = points.length - 1; index > 0; index -= 1) path += `H${points[index].x}V${points[index - 1].y}`;
  return `${path}H${points[0].x}`;
}

/**
 * Whether the line keeps away from a word of that height between two places.
 *
 * @param {readonly Dot[]} dots @param {number} from @param {number} to @param {number} y
 */
function isFree(dots, from, to, y) {
  return dots.every((dot, index) => dot.x > to || (dots[index + 1]?.x ?? Infinity) < from || Math.abs(dot.y - y) > 14);
}

/** @param {number} value */
const round = (value) => Math.round(value * 10) / 10;

/** @param {string} tag @param {Record<string, string | number>} attributes @param {...(Node | string)} children */
function svg(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** The shapes of a dot: its mark is told by form as well as by colour. @param {Dot} dot @param {number} size */
function shape({ x, y, mark }, size) {
  if (mark === 'reach') return svg('path', { class: 'shape', d: `M${x} ${y - size - 2}l${size + 2} ${size + 2}l${-size - 2} ${size + 2}l${-size - 2} ${-size - 2}Z` });
  if (mark === 'fall') return svg('rect', { class: 'shape', x: x - size, y: y - size, width: 2 * size, height: 2 * size });
  return svg('circle', { class: 'shape', cx: x, cy: y, r: size });
}

export class Chart {
  /** @type {Projection | undefined} */
  #projection;
  /** @type {string[]} */
  #sentences = [];
  /** @type {Dot[]} */
  #dots = [];
  /** @type {SVGElement[]} */
  #options = [];
  #at = 0;
  #width = 0;
  static #count = 0;

  /**
   * @param {object} words
   * @param {string} words.now  the label of the line at the beginning
   * @param {(points: number) => string} words.standard  the label of the standard
   * @param {(index: number, sentence: string) => void} onSelect  a change was chosen
   */
  constructor(words, onSelect) {
    this.words = words;
    this.onSelect = onSelect;
    this.hatch = `ahead-hatch-${++Chart.#count}`;
    this.element = /** @type {SVGSVGElement} */ (svg('svg', { class: 'chart', role: 'none', width: '100%', height: HEIGHT }));
    this.element.addEventListener('keydown', (event) => this.#key(event));
    this.element.addEventListener('click', (event) => this.#nearest(event));
    new ResizeObserver(([{ contentRect }]) => {
      const width = Math.round(contentRect.width);
      if (width && width !== this.#width) {
        this.#width = width;
        this.#draw();
      }
    }).observe(this.element);
  }

  /**
   * @param {Projection} projection
   * @param {string[]} sentences  one for each change
   * @param {string} title
   */
  set(projection, sentences, title) {
    this.#projection = projection;
    this.#sentences = sentences;
    this.title = title;
    this.#at = 0;
    this.#draw();
  }

  #draw() {
    if (!this.#projection || !this.#width) return;
    const width = this.#width;
    const held = this.element.contains(document.activeElement);
    const plan = layout(this.#projection, { width });
    const right = width - MARGINS.right;
    const foot = HEIGHT - MARGINS.bottom;
    const size = plan.dots.length > 60 ? 2.2 : plan.dots.length > 30 ? 3 : 4.5;
    this.#dots = plan.dots;
    this.#options = plan.dots.map((dot, index) => svg(
      'g', { class: `change ${dot.mark}`, role: 'option', tabindex: -1, 'aria-selected': 'false', 'aria-label': this.#sentences[index] },
      svg('circle', { class: 'ring', cx: dot.x, cy: dot.y, r: size + 5 }), shape(dot, size),
    ));
    for (const [index, option] of this.#options.entries()) option.addEventListener('focus', () => this.select(index));
    const text = (/** @type {number} */ x, /** @type {number} */ y, /** @type {string} */ label, /** @type {string} */ kind) =>
      svg('text', { class: kind, x, y }, label);
    this.element.setAttribute('viewBox', `0 0 ${width} ${HEIGHT}`);
    this.element.replaceChildren(
      svg('g', { 'aria-hidden': 'true' },
        svg('defs', {}, svg('pattern', { id: this.hatch, width: 7, height: 7, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
          svg('rect', { class: 'hatch-ground', width: 7, height: 7 }), svg('line', { class: 'hatch-line', y1: 0, y2: 7 }))),
        ...plan.points.flatMap(({ y, label }) => [svg('line', { class: 'grid', x1: MARGINS.left - 8, x2: right, y1: y, y2: y }), text(MARGINS.left - 14, y + 4, label, 'tick side')]),
        ...plan.years.flatMap(({ x, label }) => [svg('line', { class: 'grid', x1: x, x2: x, y1: foot, y2: foot + 4 }), text(x, foot + 17, label, 'tick')]),
        ...(plan.band ? [svg('path', { class: 'band', d: plan.band, fill: `url(#${this.hatch})` }), svg('path', { class: 'high', d: plan.high })] : []),
        svg('line', { class: 'now', x1: plan.now, x2: plan.now, y1: MARGINS.top, y2: foot }),
        text(plan.now, MARGINS.top - 6, this.words.now, 'now-label'),
        svg('path', { class: 'standard-line', d: plan.standard }),
        ...plan.standards.map(({ x, y, points }, index) => {
          const end = index + 1 < plan.standards.length ? plan.standards[index + 1].x - 4 : right;
          const [at, side] = isFree(plan.dots, end - 70, end, y - 11) ? [end, 'end'] : [x + 6, 'begin'];
          return text(at, y - 5, this.words.standard(points), `standard-label ${side}`);
        }),
        svg('path', { class: 'low', d: plan.low })),
      svg('g', { class: 'changes', role: 'listbox', 'aria-orientation': 'horizontal', 'aria-label': this.title ?? '' }, ...this.#options),
    );
    this.select(Math.min(this.#at, this.#options.length - 1));
    if (held) this.#options[this.#at].focus({ preventScroll: true });
  }

  /** @param {number} index */
  select(index) {
    this.#at = index;
    for (const [place, option] of this.#options.entries()) {
      option.setAttribute('aria-selected', String(place === index));
      option.setAttribute('tabindex', place === index ? '0' : '-1');
    }
    this.onSelect(index, this.#sentences[index]);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const last = this.#options.length - 1;
    const to = { ArrowRight: this.#at + 1, ArrowDown: this.#at + 1, ArrowLeft: this.#at - 1, ArrowUp: this.#at - 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.#options[Math.max(0, Math.min(last, to))].focus({ preventScroll: true });
  }

  /** A finger need not hit a dot. @param {MouseEvent} event */
  #nearest(event) {
    const x = event.clientX - this.element.getBoundingClientRect().left;
    let best = 0;
    for (const [index, dot] of this.#dots.entries()) if (Math.abs(dot.x - x) < Math.abs(this.#dots[best].x - x)) best = index;
    this.#options[best].focus({ preventScroll: true });
  }
}
