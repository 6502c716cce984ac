// @ts-check
// The turns: what stands on the page, what the server knows of it, and when it is said.
//
// A turn is one <p> with one text node, so that 40,000 words are some 670 elements. Its
// name and time are drawn by CSS; buttons for both are put before it while it is near.

import { clock, decodeTimes, guessedTimes, lastAtOrBefore, movedPlace, wordBounds } from "./words.js";

/**
 * @typedef {object} Report  a turn as the server tells it
 * @property {string} id
 * @property {number} start
 * @property {string} speaker
 * @property {boolean} guessed
 * @property {string} text
 * @property {number[]} words
 * @property {number[]} sentences
 * @property {number[]} unsure
 */

export class Turn {
  /** @param {HTMLParagraphElement} element */
  constructor(element) {
    this.element = element;
    this.id = element.id;
    this.start = Number(element.dataset.start);
    this.speaker = element.dataset.speaker ?? "";
    this.guessed = element.dataset.guessed !== undefined;
    /** What the page shows now. */
    this.text = element.textContent ?? "";
    /** What the server has at `revision`. */
    this.synced = this.text;
    this.revision = 0;
    /** The first revision that has it, where it was split off here. */
    this.made = 0;
    /** The text that unsent words were typed on, where no revision has it. @type {string | null} */
    this.on = null;
    /** What was sent last, and the key it was sent with. @type {{text: string, key: string} | null} */
    this.sent = null;
    /** How much of what was done here the server has not answered yet: others' words come in after that. */
    this.unanswered = 0;
    /** A word is being put together in it: others' words come in after that. */
    this.composing = false;
    /** The newest that the server told. @type {Report | null} */
    this.report = null;
    this.reported = 0;
    /** @type {[number, number][] | null} */
    this.knownBounds = null;
    /** @type {{starts: Float64Array, ends: Float64Array} | null} */
    this.knownTimes = null;
  }

  get dirty() {
    return this.text !== (this.on ?? this.synced);
  }

  /** The element's only text node, made if there is none. */
  get node() {
    const { element } = this;
    if (element.childNodes.length !== 1 || element.firstChild?.nodeType !== Node.TEXT_NODE) element.textContent = this.text;
    if (!element.firstChild) element.append("");
    return /** @type {Text} */ (element.firstChild);
  }

  get bounds() {
    this.knownBounds ??= wordBounds(this.text);
    return this.knownBounds;
  }

  /** When each word is said, ms. Empty before the times have come. */
  get times() {
    if (this.knownTimes) return this.knownTimes;
    const { report } = this;
    if (!report) return { starts: new Float64Array(), ends: new Float64Array() };
    let times = decodeTimes(report.words);
    if (report.text !== this.text) {
      const words = (/** @type {string} */ text) => text.split(/\s+/).filter(Boolean);
      times = guessedTimes(times, words(report.text), words(this.text));
    }
    this.knownTimes = times;
    return times;
  }

  /** When the turn's first word is said. */
  get begins() {
    return this.report?.words[0] ?? this.start;
  }

  /** Numbers of the words at which sentences start, as far as the server knows. */
  get sentences() {
    return this.report?.sentences.filter((n) => n < this.bounds.length) ?? [0];
  }

  /** Set what the page shows, keeping the caret. @param {string} text */
  show(text) {
    if (text === this.text) return;
    const { node } = this;
    const selection = getSelection();
    const inside = selection?.focusNode === node ? [selection.anchorOffset, selection.focusOffset] : null;
    const before = this.text;
    node.data = text;
    this.changed(text);
    if (inside && selection) {
      const [anchor, focus] = inside.map((place) => Math.min(movedPlace(before, text, place), text.length));
      selection.setBaseAndExtent(node, anchor, node, focus);
    }
  }

  /** Show what the server has, unless something typed here is not there yet. */
  catchUp() {
    if (!this.report || this.dirty || this.unanswered || this.composing || this.on !== null) return;
    this.synced = this.report.text;
    this.revision = this.reported;
    this.show(this.synced);
  }

  /** Note what the page shows. @param {string} text */
  changed(text) {
    this.text = text;
    this.knownBounds = null;
    this.knownTimes = null;
  }

  /** A range over words `first` to `last`. @param {number} first @param {number} [last] */
  range(first, last = first) {
    const { bounds, node } = this;
    if (!bounds.length) return null;
    const range = document.createRange();
    range.setStart(node, bounds[Math.min(first, bounds.length - 1)][0]);
    range.setEnd(node, Math.min(bounds[Math.min(last, bounds.length - 1)][1], node.length));
    return range;
  }

  /** Take name and time from a report; say whether the name is another. @param {Report} report */
  label(report) {
    const renamed = this.speaker !== report.speaker || this.guessed !== report.guessed;
    if (!renamed && this.start === report.start) return false;
    this.start = report.start;
    this.speaker = report.speaker;
    this.guessed = report.guessed;
    const { dataset } = this.element;
    dataset.start = String(report.start);
    dataset.speaker = report.speaker;
    dataset.head = this.head;
    if (report.guessed) dataset.guessed = "";
    else delete dataset.guessed;
    return renamed;
  }

  get head() {
    return `${this.speaker}${this.guessed ? "?" : ""} · ${clock(this.start)}`;
  }
}

export class Turns {
  /** @param {HTMLElement} box @param {number} revision */
  constructor(box, revision) {
    this.box = box;
    /** @type {Map<string, Turn>} */
    this.byId = new Map();
    /** @type {Turn[]} */
    this.order = [];
    this.orderRevision = revision;
    /** What was split and joined here, and is shown, though the server has not answered yet. @type {{kind: string, turn: string, new?: string}[]} */
    this.ahead = [];
    for (const element of box.querySelectorAll("p.turn")) {
      const turn = new Turn(/** @type {HTMLParagraphElement} */ (element));
      turn.revision = revision;
      this.byId.set(turn.id, turn);
      this.order.push(turn);
    }
    /** @type {Float64Array | null} */
    this.beginnings = null;
    /** Told of turns that changed, came, went, or have another name. @type {((change: {changed: Turn[], added: Turn[], removed: Turn[], renamed: Turn[]}) => void)[]} */
    this.listeners = [];
  }

  /** @param {EventTarget | Node | null | undefined} node @returns {Turn | null} */
  of(node) {
    const element = node instanceof Element ? node : node instanceof Node ? node.parentElement : null;
    return this.byId.get(element?.closest("p.turn")?.id ?? "") ?? null;
  }

  /** @param {Turn} turn */
  indexOf(turn) {
    return this.order.indexOf(turn);
  }

  /** @param {Turn} turn @param {number} by */
  next(turn, by = 1) {
    return this.order[this.order.indexOf(turn) + by] ?? null;
  }

  /** Turn and word that are said at a moment. @param {number} ms @returns {{turn: Turn, word: number} | null} */
  at(ms) {
    if (!this.beginnings) {
      let latest = 0;
      this.beginnings = Float64Array.from(this.order, (turn) => (latest = Math.max(latest, turn.begins)));
    }
    let place = lastAtOrBefore(this.beginnings, ms);
    while (place > 0 && !this.order[place].bounds.length) place--; // nothing is said in it
    const turn = this.order[Math.max(0, place)];
    if (!turn) return null;
    return { turn, word: Math.max(0, lastAtOrBefore(turn.times.starts, ms)) };
  }

  /** A turn's times may have changed. */
  forgetTimes() {
    this.beginnings = null;
  }

  /**
   * Bring in what the server tells. What is being typed here is left alone: it is sent
   * with the revision it was typed on, and comes back merged.
   * @param {{revision: number, turns: Report[], order?: string[]}} told
   */
  apply(told) {
    /** @type {Turn[]} */
    const changed = [];
    /** @type {Turn[]} */
    const added = [];
    /** @type {Turn[]} */
    const renamed = [];
    for (const report of told.turns) {
      let turn = this.byId.get(report.id);
      if (!turn && this.ahead.some((one) => one.kind === "join" && one.turn === report.id)) continue;
      if (!turn) {
        const element = document.createElement("p");
        element.className = "turn";
        element.dir = "auto";
        element.tabIndex = -1;
        element.id = report.id;
        turn = new Turn(element);
        this.byId.set(turn.id, turn);
        added.push(turn);
      } else if (told.revision < turn.reported) {
        turn.catchUp(); // the answer to what was typed here, which kept back what others did after it
        changed.push(turn);
        continue;
      }
      if (turn.label(report)) renamed.push(turn);
      turn.report = report;
      turn.reported = told.revision;
      turn.knownTimes = null;
      turn.catchUp();
      changed.push(turn);
    }
    const removed = told.order && told.revision >= this.orderRevision ? this.#arrange(told.order, told.revision) : [];
    this.forgetTimes();
    for (const listener of this.listeners) listener({ changed, added, removed, renamed });
  }

  /** The server's order with what is shown ahead of it. @param {string[]} told */
  #withAhead(told) {
    const order = [...told];
    for (const { kind, turn, new: second } of this.ahead) {
      const at = order.indexOf(kind === "join" ? turn : (second ?? ""));
      if (kind === "join" && at >= 0) order.splice(at, 1);
      else if (kind === "split" && second && at < 0) {
        const shown = this.order.findIndex((one) => one.id === second);
        const before = this.order.slice(0, shown).findLast((one) => order.includes(one.id));
        order.splice(before ? order.indexOf(before.id) + 1 : 0, 0, second);
      }
    }
    return order;
  }

  /** @param {string[]} told @param {number} revision */
  #arrange(told, revision) {
    this.orderRevision = revision;
    const order = this.#withAhead(told);
    const wanted = new Set(order);
    const removed = this.order.filter((turn) => !wanted.has(turn.id));
    for (const turn of removed) {
      turn.element.remove();
      this.byId.delete(turn.id);
    }
    this.order = order.map((id) => /** @type {Turn} */ (this.byId.get(id))).filter(Boolean);
    /** @type {Element | null} */
    let before = null;
    for (const turn of this.order) {
      /** @type {Element | null} */
      const place = before ? nextTurn(before) : this.box.querySelector("p.turn");
      if (place !== turn.element) {
        if (before) before.after(turn.element);
        else this.box.prepend(turn.element);
      }
      before = turn.element;
    }
    return removed;
  }
}

/** @param {Element} element */
function nextTurn(element) {
  let next = element.nextElementSibling;
  while (next && !next.matches("p.turn")) next = next.nextElementSibling;
  return next;
}
