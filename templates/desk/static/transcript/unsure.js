// @ts-check
// Places worth a second hearing: words the machine was unsure of, and words that sound
// like the glossary's. Reached by key; colour only on request, and never colour alone.

import { say } from "../page.js";
import { element } from "./elements.js";
import { light } from "./light.js";
import { wordAt } from "./words.js";

/** @typedef {import("./turns.js").Turn} Turn */
/** @typedef {import("./turns.js").Turns} Turns */
/** @typedef {{start: number, end: number, offered: string}} Offer  times, ms */

/** How much is heard before a place, ms. */
const BEFORE = 1500;

export class Unsure {
  /** @param {Turns} turns @param {{go: (turn: Turn, word: number) => void, hear: (from: number, to: number) => void}} page */
  constructor(turns, page) {
    this.turns = turns;
    this.page = page;
    /** @type {Offer[]} */
    this.offers = [];
    this.show = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox", id: "unsure-show", change: () => this.paint() }));
    this.hint = element("p", { role: "status" });
    this.box = element("section", {},
      element("label.choice", { for: "unsure-show" }, this.show, "Underline words the machine was unsure of"),
      this.hint);
    /** @type {{turn: Turn, word: number, last: number, offered: string | null} | null} */
    this.place = null;
    turns.listeners.push(() => this.show.checked && this.paint());
  }

  /** @param {Offer[]} offers */
  offer(offers) {
    this.offers = offers;
    this.count();
  }

  count() {
    const words = this.turns.order.reduce((sum, turn) => sum + (turn.report?.unsure.length ?? 0), 0);
    const offers = this.offers.length ? ` ${this.offers.length} words sound like the glossary's.` : "";
    this.hint.textContent = `${words} words to hear again.${offers}`;
  }

  paint() {
    const shown = this.show.checked;
    const near = !shown ? [] : this.turns.order.filter(({ element: p }) => {
      const { top, bottom } = p.getBoundingClientRect();
      return bottom > -innerHeight && top < 2 * innerHeight;
    });
    light("unsure", near.flatMap((turn) => (turn.report?.unsure ?? []).map((n) => turn.range(n))));
  }

  /** All places of a turn, in order. @param {Turn} turn */
  #places(turn) {
    /** @type {Map<number, {word: number, last: number, offered: string | null}>} */
    const found = new Map();
    for (const word of turn.report?.unsure ?? []) found.set(word, { word, last: word, offered: null });
    const { starts, ends } = turn.times;
    if (starts.length && this.offers.length) {
      for (const { start, end, offered } of this.offers) {
        if (end <= starts[0] || start >= ends[ends.length - 1]) continue;
        const word = starts.findIndex((at) => at >= start - 1);
        const last = starts.findLastIndex((at) => at < end);
        if (word < 0 || last < word) continue;
        const said = turn.text.slice(turn.bounds[word][0], turn.bounds[Math.min(last, turn.bounds.length - 1)][1]);
        if (plain(said) !== plain(offered)) found.set(word, { word, last, offered });
      }
    }
    return [...found.values()].sort((a, b) => a.word - b.word);
  }

  /** Go to the next place after this one. @param {Turn | null} from @param {number} word */
  next(from, word) {
    const start = from ? this.turns.indexOf(from) : 0;
    for (let n = 0; n < this.turns.order.length; n++) {
      const turn = this.turns.order[(start + n) % this.turns.order.length];
      const place = this.#places(turn).find((one) => n > 0 || one.word > word);
      if (!place) continue;
      this.place = { turn, ...place };
      this.page.go(turn, place.word);
      const { starts, ends } = turn.times;
      if (starts.length) this.page.hear(starts[place.word] - BEFORE, ends[Math.min(place.last, ends.length - 1)] + 400);
      const said = turn.range(place.word, place.last)?.toString() ?? "";
      say(place.offered ? `“${said}”: was it “${place.offered}”?` : `“${said}”: the machine was unsure.`);
      return;
    }
    say("No place is left to hear again.");
  }

  /** What is offered for the place where one is. @param {Turn} turn @param {number} offset */
  offered(turn, offset) {
    const { place } = this;
    if (!place?.offered || place.turn !== turn) return null;
    const word = wordAt(turn.bounds, offset);
    if (word < place.word || word > place.last) return null;
    const from = turn.bounds[place.word][0];
    const to = turn.bounds[Math.min(place.last, turn.bounds.length - 1)][1];
    const said = turn.text.slice(from, to);
    const [, head = "", tail = ""] = /^([^\p{L}\p{N}]*).*?([^\p{L}\p{N}]*)$/su.exec(said) ?? [];
    return { from, to, text: head + place.offered + tail };
  }
}

/** @param {string} text */
const plain = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
