// @ts-check
// One cut in the making: a question and its answer as words of the transcript, with four
// edges that move by word or sentence. An edge stays at what is said there while the words
// around it are corrected: its word is found again by its time.

import { lastAtOrBefore } from "./words.js";

/** @typedef {import("./turns.js").Turn} Turn */
/** @typedef {import("./turns.js").Turns} Turns */
/** @typedef {{turn: Turn, word: number}} Spot  a word; of a stretch's end the last one in it */
/** @typedef {Spot & {text: string, ms: number | undefined}} Mark  a spot, the turn's text it was counted in, and when it is said, ms */

export const EDGES = /** @type {const} */ (["asked-start", "asked-end", "answered-start", "answered-end"]);
/** @typedef {typeof EDGES[number]} Edge */

export const EDGE_NAMES = {
  "asked-start": "Question starts",
  "asked-end": "Question ends",
  "answered-start": "Answer starts",
  "answered-end": "Answer ends",
};

export class Cut {
  /**
   * @param {Turns} turns
   * @param {{number?: number, asked: [number, number], answered: [number, number] | null}} given times, ms
   */
  constructor(turns, { number, asked, answered }) {
    this.turns = turns;
    this.number = number ?? null;
    /** Suggestions whose answers were joined to this one. @type {number[]} */
    this.joined = [];
    /** @type {Map<Edge, Mark>} */
    this.marks = new Map();
    /** @type {Edge} */
    this.edge = "answered-end";
    this.#set("asked", asked);
    if (answered) this.#set("answered", answered);
    this.moved = false;
    this.given = { asked, answered };
    /** The question's words when it was shown first. */
    this.heard = this.ranges("asked").join(" ");
  }

  /** @param {"asked" | "answered"} what @param {[number, number]} ms */
  #set(what, [start, end]) {
    const first = this.turns.at(start + 1);
    const last = this.turns.at(end - 1);
    if (first) this.mark(`${what}-start`, first);
    if (last) this.mark(`${what}-end`, last);
  }

  /** @param {Edge} edge @param {Spot} spot */
  mark(edge, { turn, word }) {
    const { starts, ends } = turn.times;
    const ms = edge.endsWith("end") ? ends[word] : starts[word];
    this.marks.set(edge, { turn, word, text: turn.text, ms });
  }

  /** The word an edge is at, also after the text was corrected, split or joined. @param {Edge} edge @returns {Spot | null} */
  spot(edge) {
    const mark = this.marks.get(edge);
    if (!mark) return null;
    const { turn, text, ms } = mark;
    if ((turn.text === text && this.turns.byId.get(turn.id) === turn) || ms === undefined) return mark;
    const found = this.turns.at(edge.endsWith("end") ? ms - 1 : ms + 1);
    if (found) this.marks.set(edge, { ...found, text: found.turn.text, ms });
    return found;
  }

  /** @param {"asked" | "answered"} what @returns {[number, number] | null} times, ms */
  ms(what) {
    if (!this.moved) return this.given[what];
    const first = this.spot(`${what}-start`);
    const last = this.spot(`${what}-end`);
    if (!first || !last) return null;
    const start = first.turn.times.starts[first.word] ?? first.turn.begins;
    const end = last.turn.times.ends[last.word] ?? start;
    return [Math.round(start), Math.round(Math.max(end, start + 1))];
  }

  /** Turns of a stretch, with the first and last word of it in each. @param {"asked" | "answered"} what @returns {[Turn, number, number][]} */
  parts(what) {
    const first = this.spot(`${what}-start`);
    const last = this.spot(`${what}-end`);
    if (!first || !last) return [];
    const { order } = this.turns;
    const turns = order.slice(order.indexOf(first.turn), order.indexOf(last.turn) + 1);
    return turns.filter((turn) => turn.bounds.length).map((turn) => [turn, turn === first.turn ? first.word : 0, turn === last.turn ? last.word : turn.bounds.length - 1]);
  }

  /** Its words, a range a turn. @param {"asked" | "answered"} what */
  ranges(what) {
    return this.parts(what).map(([turn, first, last]) => turn.range(first, last));
  }

  /** Whether it may have other words now. @param {Turn[]} turns those that changed, came or went */
  touches(turns) {
    const marks = [...this.marks.values()];
    const times = marks.map(({ ms }) => ms ?? 0);
    const [first, last] = [Math.min(...times), Math.max(...times)];
    return turns.some((turn) => marks.some((mark) => mark.turn === turn) || (turn.start >= first && turn.start <= last));
  }

  /** Whether the question's words were corrected meanwhile. */
  get reworded() {
    return this.ranges("asked").join(" ") !== this.heard;
  }

  /** Put an edge on a word. @param {Edge} edge @param {Spot} spot */
  put(edge, spot) {
    if (!this.moved) this.given = { ...this.given };
    this.moved = true;
    this.mark(edge, spot);
    this.edge = edge;
    this.#straighten(edge);
  }

  /** Move the chosen edge. @param {number} by 1 or -1 @param {"word" | "sentence"} unit @returns {Spot | null} */
  move(by, unit) {
    const spot = this.spot(this.edge);
    if (!spot) return null;
    const atEnd = this.edge.endsWith("end");
    const next = unit === "word" ? this.#wordBy(spot, by) : this.#sentenceBy(spot, by, atEnd);
    if (!next) return null;
    this.put(this.edge, next);
    return next;
  }

  /** Choose the edge before or after. @param {number} by */
  choose(by) {
    const place = EDGES.indexOf(this.edge) + by;
    this.edge = EDGES[Math.min(EDGES.length - 1, Math.max(0, place))];
  }

  /** Keep the edges in their order: an edge pushes those it meets. @param {Edge} edge */
  #straighten(edge) {
    const place = EDGES.indexOf(edge);
    const spot = /** @type {Spot} */ (this.spot(edge));
    for (const later of EDGES.slice(place + 1)) {
      const other = this.spot(later);
      if (other && this.#before(other, spot)) this.mark(later, spot);
    }
    for (const earlier of EDGES.slice(0, place)) {
      const other = this.spot(earlier);
      if (other && this.#before(spot, other)) this.mark(earlier, spot);
    }
  }

  /** @param {Spot} a @param {Spot} b */
  #before(a, b) {
    if (a.turn === b.turn) return a.word < b.word;
    return this.turns.indexOf(a.turn) < this.turns.indexOf(b.turn);
  }

  /** @param {Spot} spot @param {number} by @returns {Spot | null} */
  #wordBy(spot, by) {
    const word = spot.word + by;
    if (word >= 0 && word < spot.turn.bounds.length) return { turn: spot.turn, word };
    const turn = this.#spokenBy(spot.turn, by);
    return turn && { turn, word: by > 0 ? 0 : turn.bounds.length - 1 };
  }

  /** The next turn in which something is said. @param {Turn} turn @param {number} by @returns {Turn | null} */
  #spokenBy(turn, by) {
    let next = this.turns.next(turn, by);
    while (next && !next.bounds.length) next = this.turns.next(next, by);
    return next;
  }

  /** @param {Spot} spot @param {number} by @param {boolean} atEnd @returns {Spot | null} */
  #sentenceBy({ turn, word }, by, atEnd) {
    const starts = turn.sentences;
    const count = turn.bounds.length;
    // where sentences start; or the words that end them
    const marks = atEnd ? [...starts.slice(1).map((n) => n - 1), count - 1] : starts;
    const at = lastAtOrBefore(marks, word);
    const on = marks[at] === word;
    const next = by > 0 ? marks[at + 1] : marks[on ? at - 1 : at];
    if (next !== undefined) return { turn, word: next };
    const other = this.#spokenBy(turn, by);
    if (!other) return null;
    const there = other.sentences;
    if (by > 0) return { turn: other, word: atEnd ? (there[1] ?? other.bounds.length) - 1 : 0 };
    return { turn: other, word: atEnd ? other.bounds.length - 1 : (there.at(-1) ?? 0) };
  }
}

/**
 * A cut from nothing: the sentence at a place, or what is selected, is the question; who
 * speaks next answers, until the one who asked speaks again.
 * @param {Turns} turns @param {Spot} first @param {Spot | null} last the question's last word, if it is selected
 */
export function newCut(turns, first, last) {
  const { turn } = first;
  const start = last ? first.word : turn.sentences[Math.max(0, lastAtOrBefore(turn.sentences, first.word))];
  const end = last ?? { turn, word: turn.bounds.length - 1 };
  const cut = new Cut(turns, { asked: [0, 0], answered: null });
  cut.marks.clear();
  cut.moved = true;
  cut.mark("asked-start", { turn, word: start });
  cut.mark("asked-end", end);
  const from = turns.indexOf(end.turn) + 1;
  const asker = end.turn.speaker;
  const answers = [];
  for (const one of turns.order.slice(from)) {
    if (one.speaker === asker) break;
    if (one.bounds.length) answers.push(one);
  }
  if (answers.length) {
    const final = /** @type {Turn} */ (answers.at(-1));
    cut.mark("answered-start", { turn: answers[0], word: 0 });
    cut.mark("answered-end", { turn: final, word: final.bounds.length - 1 });
  }
  return cut;
}
