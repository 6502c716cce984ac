// @ts-check
// Reading with the keyboard: a place in the transcript, moved by turn, sentence and word.
// While nobody writes, the place is a lit word in a turn that has the focus.

import { light, mark } from "./light.js";
import { lastAtOrBefore, wordAt } from "./words.js";

/** @typedef {import("./turns.js").Turn} Turn */
/** @typedef {import("./turns.js").Turns} Turns */

export class Walking {
  /** @param {Turns} turns */
  constructor(turns) {
    this.turns = turns;
    /** @type {Turn | null} */
    this.turn = turns.order[0] ?? null;
    this.word = 0;
    /** How often a word was to be brought into view. */
    this.reveals = 0;
    /** Told where the place is now. @type {((turn: Turn, word: number) => void)[]} */
    this.listeners = [];
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
    if (this.turn) this.turn.element.tabIndex = 0;
    turns.box.addEventListener("focusin", (event) => {
      const turn = turns.of(event.target);
      if (turn && turn !== this.turn && turn.element === event.target) this.go(turn, 0, { scroll: false });
    });
    turns.listeners.push(({ removed }) => {
      if (this.turn && removed.includes(this.turn)) this.#lost(this.turn);
    });
  }

  /** @param {Turn} gone */
  #lost(gone) {
    const near = this.turns.order.findLast((turn) => turn.start <= gone.start) ?? this.turns.order[0];
    if (near) this.go(near, 0, { focus: document.activeElement === gone.element || document.activeElement === document.body });
  }

  /**
   * Go to a place. @param {Turn} turn @param {number} word
   * @param {{focus?: boolean, scroll?: boolean}} [how]
   */
  go(turn, word, { focus = true, scroll = true } = {}) {
    if (this.turn && this.turn !== turn) this.turn.element.tabIndex = -1;
    this.turn = turn;
    this.word = Math.max(0, Math.min(word, turn.bounds.length - 1));
    turn.element.tabIndex = 0;
    mark("here", turn.element);
    light("here", [turn.range(this.word)], 1);
    if (focus && document.activeElement !== turn.element) turn.element.focus({ preventScroll: true });
    if (scroll) this.reveal(turn, this.word);
    for (const listener of this.listeners) listener(turn, this.word);
  }

  /** Bring a word into view, if it is not. @param {Turn} turn @param {number} word */
  reveal(turn, word) {
    this.#reveal(turn, word, ++this.reveals, 3);
  }

  /** @param {Turn} turn @param {number} word @param {number} which given up once another word is wanted @param {number} frames in which it is tried again */
  #reveal(turn, word, which, frames) {
    if (which !== this.reveals) return;
    const { top, bottom } = turn.element.getBoundingClientRect();
    const far = bottom < 0 || top > innerHeight;
    if (far) turn.element.scrollIntoView({ block: "center", behavior: "instant" });
    const place = turn.range(word)?.getBoundingClientRect();
    // a turn that was far away is laid out in the next frame, and moves what stands below it
    if (frames && (far || frames < 3)) requestAnimationFrame(() => this.#reveal(turn, word, which, frames - 1));
    if (!place?.height) return;
    // the bar lies over the text above, on a narrow screen the panel below
    const covered = (document.querySelector("#player")?.getBoundingClientRect().bottom ?? 0) + 8;
    const panel = document.querySelector("#panels");
    const low = panel && getComputedStyle(panel).position === "fixed" ? panel.getBoundingClientRect().top : innerHeight - 40;
    if (place.top >= covered && place.bottom <= low - 20) return;
    const to = scrollY + place.top - Math.max(covered, covered + (low - covered) * 0.3);
    const instant = far || frames < 3 || this.calm.matches || Math.abs(to - scrollY) > innerHeight;
    scrollTo({ top: to, behavior: instant ? "instant" : "smooth" });
  }

  /** When the word at the place is said, ms. */
  get ms() {
    return this.turn?.times.starts[this.word] ?? this.turn?.begins ?? 0;
  }

  /** @param {number} by */
  turnBy(by) {
    const next = this.turn && this.turns.next(this.turn, by);
    if (next) this.go(next, 0);
  }

  /** @param {number} by 1 or -1 */
  wordBy(by) {
    const { turn } = this;
    if (!turn) return;
    const word = this.word + by;
    if (word >= 0 && word < turn.bounds.length) return this.go(turn, word);
    const next = this.turns.next(turn, by);
    if (next) this.go(next, by > 0 ? 0 : next.bounds.length - 1);
  }

  /** @param {number} by 1 or -1 */
  sentenceBy(by) {
    const { turn } = this;
    if (!turn) return;
    const starts = turn.sentences;
    const at = lastAtOrBefore(starts, this.word);
    if (by < 0 && this.word > starts[at]) return this.go(turn, starts[at]);
    const start = starts[at + by];
    if (start !== undefined) return this.go(turn, start);
    const next = this.turns.next(turn, by);
    if (next) this.go(next, by > 0 ? 0 : (next.sentences.at(-1) ?? 0));
  }

  /** Take the place from a caret. @param {Turn} turn @param {number} offset */
  at(turn, offset) {
    this.go(turn, wordAt(turn.bounds, offset), { focus: false, scroll: false });
  }
}
