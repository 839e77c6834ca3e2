// @ts-check
/**
 * Something that may take long, at one place of the page: it says so, can be stopped, and says what went wrong.
 *
 * @typedef {import('./phrases.mjs').Phrases} Phrases
 */
import { el } from './dom.mjs';
import { fill } from './words.mjs';

/** Milliseconds after which the place says that something is going on. */
const PATIENCE = 250;

export class Work {
  #turn = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {Phrases} phrases @param {() => void} end  ends what is under way, so that it takes no more of the processor */
  constructor(phrases, end) {
    this.phrases = phrases;
    this.end = end;
    this.element = el('div', { class: 'work', role: 'status' });
  }

  /**
   * @template T
   * @param {() => Promise<T | undefined>} job  `undefined`: something newer came
   * @param {(result: T) => void} done
   */
  async run(job, done) {
    const turn = ++this.#turn;
    const again = () => void this.run(job, done);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#working(turn, again), PATIENCE);
    try {
      const result = await job();
      if (turn !== this.#turn) return;
      this.#rest();
      if (result !== undefined) done(result);
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#rest();
      this.#say(this.#why(error), again);
    }
  }

  /** Gives up what is under way. @param {() => void} again */
  #stop(again) {
    this.#turn += 1;
    this.end();
    this.#rest();
    this.#say(this.phrases.say('stopped'), again);
  }

  #rest() {
    clearTimeout(this.#timer);
    this.element.replaceChildren();
  }

  /** @param {number} turn @param {() => void} again */
  #working(turn, again) {
    if (turn !== this.#turn) return;
    const { phrases } = this;
    this.element.replaceChildren(
      el('span', {}, phrases.say('working')), el('progress', { 'aria-label': phrases.say('working') }),
      el('button', { type: 'button', class: 'plain', onclick: () => this.#stop(again) }, phrases.say('stop')),
    );
  }

  /** @param {string} text @param {() => void} again */
  #say(text, again) {
    this.element.replaceChildren(el('span', {}, text), el('button', { type: 'button', class: 'plain', onclick: again }, this.phrases.say('again')));
  }

  /** @param {any} error */
  #why(error) {
    const { say } = this.phrases.page;
    const known = say[`failed_${error?.code}`];
    return this.phrases.say('failed', { detail: known ? fill(known, { file: String(error.file ?? '').split('/').at(-1) ?? '', detail: error.detail }) : String(error) });
  }
}
