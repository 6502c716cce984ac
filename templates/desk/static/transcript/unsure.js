// @ts-check
// Places worth a second hearing: words the machine was unsure of, and words that sound
// like the glossary's. Reached by key; colour only on request, and never colour alone.

import { keyOf } from "../keys.js";
import { say } from "../page.js";
import { button, element } from "./elements.js";
import { light } from "./light.js";

/** @typedef {import("./turns.js").Turn} Turn */
/** @typedef {import("./turns.js").Turns} Turns */
/** @typedef {{start: number, end: number, until?: number, offered?: string, why?: string}} Doubt  times, ms, and until when to hear; what may have been said, or what speaks against the words */
/** @typedef {{word: number, last: number, start?: number, until?: number, offered: string | null, why: string}} Place */

/** What the machine noted, in words. @type {Record<string, string>} */
const WHY = {
  unsure: "the machine hardly believes it",
  unheard: "somebody speaks where no word is",
  repeats: "a phrase came again and again",
  "cut off": "the machine broke off",
};

/** How much is heard before a place, ms. */
const BEFORE = 1500;

export class Unsure {
  /**
   * @param {Turns} turns @param {import("./writing.js").Writing} writing
   * @param {{go: (turn: Turn, word: number) => void, hear: (from: number, to: number) => void, place: () => {turn: Turn, word: number} | null}} page
   */
  constructor(turns, writing, page) {
    this.turns = turns;
    this.writing = writing;
    this.page = page;
    /** @type {Doubt[]} */
    this.doubts = [];
    this.show = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox", id: "unsure-show", change: () => this.paint() }));
    this.hint = element("p", { role: "status" });
    this.box = element("section", {},
      element("label.choice", { for: "unsure-show" }, this.show, "Underline words the machine was unsure of"),
      this.hint,
      element("p.actions", {},
        button("Next place", () => this.next(), { "data-key": "unsure" }),
        button("Write what is offered", () => this.takeOffer(), { "data-key": "take-offer" })));
    /** @type {({turn: Turn, said: string} & Place) | null} */
    this.place = null;
    turns.listeners.push(() => this.show.checked && this.paint());
  }

  /** @param {Doubt[]} offers @param {Doubt[]} doubts */
  take(offers, doubts) {
    this.doubts = [...doubts, ...offers];
    this.count();
  }

  count() {
    const words = this.turns.order.reduce((sum, turn) => sum + (turn.report?.unsure.length ?? 0), 0);
    const offers = this.doubts.filter((one) => one.offered).length;
    const glossary = offers === 1 ? " 1 sounds like a word of the show." : offers ? ` ${offers} sound like words of the show.` : "";
    const stretches = this.doubts.length - offers;
    const told = [
      words ? `${words} ${words === 1 ? "word" : "words"}` : "",
      stretches ? `${stretches} ${stretches === 1 ? "stretch" : "stretches"}` : "",
    ].filter(Boolean).join(" and ");
    this.hint.textContent = `${told || "Nothing"} to hear again.${glossary}`;
  }

  paint() {
    const shown = this.show.checked;
    const near = !shown ? [] : this.turns.order.filter(({ element: p }) => {
      const { top, bottom } = p.getBoundingClientRect();
      return bottom > -innerHeight && top < 2 * innerHeight;
    });
    light("unsure", near.flatMap((turn) => (turn.report?.unsure ?? []).map((n) => turn.range(n))));
  }

  /** All places of a turn, in order. @param {Turn} turn @returns {Place[]} */
  #places(turn) {
    /** @type {Map<number, Place>} */
    const found = new Map();
    for (const word of turn.report?.unsure ?? []) found.set(word, { word, last: word, offered: null, why: /\d/.test(turn.range(word)?.toString() ?? "") ? "is the number right?" : "the machine was unsure" });
    const { starts, ends } = turn.times;
    if (!starts.length) return [...found.values()];
    for (const { start, end, until, offered, why } of this.doubts) {
      if (end <= starts[0] || start >= ends[ends.length - 1]) continue;
      const word = starts.findIndex((at, n) => (at + ends[n]) / 2 >= start);
      const last = starts.findLastIndex((at, n) => (at + ends[n]) / 2 < end);
      if (word < 0 || last < word) continue;
      const said = turn.range(word, last)?.toString() ?? "";
      if (offered && plain(said).includes(plain(offered))) continue; // written already
      found.set(word, { word, last, start, until, offered: offered ?? null, why: WHY[why ?? ""] ?? why ?? "" });
    }
    return [...found.values()].sort((a, b) => a.word - b.word);
  }

  /** Go to the next place after the one where one is. */
  next() {
    const here = this.page.place();
    const start = here ? this.turns.indexOf(here.turn) : 0;
    const word = here?.word ?? -1;
    for (let n = 0; n < this.turns.order.length; n++) {
      const turn = this.turns.order[(start + n) % this.turns.order.length];
      const place = this.#places(turn).find((one) => n > 0 || one.word > word);
      if (!place) continue;
      const said = turn.range(place.word, place.last)?.toString() ?? "";
      this.place = { turn, said, ...place };
      this.page.go(turn, place.word);
      const { starts, ends } = turn.times;
      if (starts.length) this.page.hear(starts[place.word] - BEFORE, Math.max(ends[Math.min(place.last, ends.length - 1)], place.until ?? 0) + 400);
      say(place.offered ? `“${said}”: was it “${place.offered}”? ${keyOf("take-offer")} writes it.` : `“${said}”: ${place.why}.`);
      return;
    }
    say("No place is left to hear again.");
  }

  /** Write what the glossary offers for the place where one is. */
  takeOffer() {
    const { place } = this;
    const here = this.page.place();
    if (!place?.offered || !here || place.turn !== here.turn || here.word < place.word || here.word > place.last) return false;
    const { turn, said } = place;
    // somebody may have written before these words meanwhile, or among them
    const now = this.#places(turn).find((one) => one.offered === place.offered && one.start === place.start);
    const long = place.last - place.word;
    let word = now?.word ?? 0;
    while (now && word + long < now.last && turn.range(word, word + long)?.toString() !== said) word++;
    const range = now && turn.range(word, word + long);
    if (range?.toString() !== said) return void say(`“${said}” does not stand there any more.`);
    const { startOffset: from, endOffset: to } = range;
    const [, head = "", tail = ""] = /^([^\p{L}\p{N}]*).*?([^\p{L}\p{N}]*)$/su.exec(turn.text.slice(from, to)) ?? [];
    this.writing.begin(turn, from);
    getSelection()?.setBaseAndExtent(turn.node, from, turn.node, to);
    this.writing.insert(head + place.offered + tail);
    return true;
  }
}

/** @param {string} text */
const plain = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
