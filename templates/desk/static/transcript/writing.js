// @ts-check
// Correcting in place. A turn can be written in while the caret is in it, and no others:
// so that text can be selected over several turns, and a screen reader reads them as text.

import { say } from "../page.js";
import { light } from "./light.js";
import { lastAtOrBefore } from "./words.js";

/** @typedef {import("./turns.js").Turn} Turn */
/** @typedef {import("./turns.js").Turns} Turns */
/** @typedef {import("./sending.js").Sending} Sending */
/** @typedef {import("./walking.js").Walking} Walking */

/** Characters put in at once: an evening has some 250,000. */
const MOST = 500_000;

const PLAIN = (() => {
  const probe = document.createElement("p");
  try {
    probe.contentEditable = "plaintext-only";
  } catch {
    return "true";
  }
  return probe.contentEditable === "plaintext-only" ? "plaintext-only" : "true";
})();

export class Writing {
  /** @param {Turns} turns @param {Walking} walking @param {Sending} sending @param {{typing: () => void, wrote: (turn: Turn | null) => void}} told */
  constructor(turns, walking, sending, told) {
    this.turns = turns;
    this.walking = walking;
    this.sending = sending;
    this.told = told;
    /** @type {Turn | null} */
    this.turn = null;
    turns.box.addEventListener("beforeinput", (event) => this.#before(event));
    turns.box.addEventListener("input", (event) => this.#input(/** @type {InputEvent} */ (event)));
    turns.box.addEventListener("compositionstart", () => this.#compose(true));
    turns.box.addEventListener("compositionend", () => this.#compose(false));
    turns.box.addEventListener("paste", (event) => this.#paste(event));
    turns.box.addEventListener("drop", (event) => this.turn && event.preventDefault());
    turns.box.addEventListener("focusout", (event) => {
      if (this.turn && event.target === this.turn.element) this.end();
    });
    turns.box.addEventListener("keydown", (event) => this.#key(event));
    /** A key is held down: it goes on in no other turn, and makes no more of them. */
    this.held = false;
  }

  /** Write in a turn, the caret at a place of its text. @param {Turn} turn @param {number} place */
  begin(turn, place) {
    if (this.turn && this.turn !== turn) this.end();
    const { element } = turn;
    if (this.turn !== turn) {
      this.turn = turn;
      element.contentEditable = PLAIN;
      element.spellcheck = true;
      element.setAttribute("role", "textbox");
      element.setAttribute("aria-multiline", "true");
      element.setAttribute("aria-label", turn.head);
      light("here", []);
      this.told.wrote(turn);
    }
    this.walking.at(turn, place);
    light("here", []);
    if (document.activeElement !== element) element.focus({ preventScroll: true });
    const at = Math.max(0, Math.min(place, turn.text.length));
    getSelection()?.collapse(turn.node, at);
    this.walking.reveal(turn, this.walking.word);
  }

  /** Stop writing: the turn is read again. */
  end() {
    const { turn } = this;
    if (!turn) return;
    this.#compose(false);
    this.turn = null;
    const { element } = turn;
    const place = this.#place(turn);
    for (const name of ["contenteditable", "spellcheck", "role", "aria-multiline", "aria-label"]) element.removeAttribute(name);
    turn.node; // what the browser left in it is one text again
    this.walking.at(turn, place ?? turn.bounds[this.walking.word]?.[0] ?? 0);
    this.sending.now();
    this.told.wrote(null);
  }

  /** The caret's place in a turn. @param {Turn} turn @returns {number | null} */
  #place(turn) {
    const selection = getSelection();
    if (!selection?.focusNode || !turn.element.contains(selection.focusNode)) return null;
    return selection.focusNode === turn.element.firstChild ? selection.focusOffset : 0;
  }

  /** Turn and place of the caret, null while nobody writes. */
  get caret() {
    const { turn } = this;
    return turn && { turn, place: this.#place(turn) ?? 0 };
  }

  /** @param {InputEvent} event */
  #before(event) {
    const { turn } = this;
    if (!turn) return;
    const selection = getSelection();
    const empty = selection?.isCollapsed;
    const place = this.#place(turn) ?? 0;
    switch (event.inputType) {
      case "insertParagraph":
      case "insertLineBreak":
        event.preventDefault();
        if (this.held) return;
        if (!empty) selection?.deleteFromDocument();
        this.#note(turn);
        this.split(turn, this.#place(turn) ?? 0);
        return;
      case "deleteContentBackward":
      case "deleteWordBackward":
        if (empty && place === 0) {
          event.preventDefault();
          if (!this.held) this.join(turn);
        }
        return;
      case "deleteContentForward":
      case "deleteWordForward":
        if (empty && place === turn.text.length) {
          event.preventDefault();
          const next = this.turns.next(turn);
          if (next && !this.held) this.join(next);
        }
        return;
      case "historyUndo":
      case "historyRedo": // ours is endless; the browser's knows nothing of others
      case "insertFromDrop":
      case "insertFromPaste": // see #paste
        event.preventDefault();
        return;
      default:
        if (event.inputType.startsWith("format")) event.preventDefault();
    }
  }

  /** @param {InputEvent} event */
  #input(event) {
    const turn = this.turn;
    if (!turn || event.isComposing) return;
    this.#note(turn);
  }

  /** A word that is put together (accents, phones, Chinese) is taken over whole. @param {boolean} begins */
  #compose(begins) {
    const { turn } = this;
    if (!turn) return;
    turn.composing = begins;
    if (begins) return;
    this.#note(turn);
    turn.catchUp();
  }

  /** What the browser made of a key, taken over. @param {Turn} turn */
  #note(turn) {
    const first = turn.element.firstChild;
    let text = first?.nodeType === Node.TEXT_NODE && !first.nextSibling ? /** @type {Text} */ (first).data : null;
    if (text === null) text = this.#mended(turn);
    // signs that a page shows as a space
    if (/[\n\r\t\u00a0]/.test(text)) {
      text = text.replace(/[\n\r\t\u00a0]/g, " ");
      const place = this.#place(turn) ?? 0;
      turn.node.data = text;
      getSelection()?.collapse(turn.node, Math.min(place, text.length));
    }
    if (text === turn.text) return;
    turn.changed(text);
    this.turns.forgetTimes();
    this.sending.typed(turn);
    this.told.typing();
  }

  /** Make one text of what else a browser may leave in a turn. @param {Turn} turn */
  #mended(turn) {
    const { element } = turn;
    const range = document.createRange();
    const selection = getSelection();
    let place = 0;
    if (selection?.focusNode && element.contains(selection.focusNode)) {
      range.selectNodeContents(element);
      range.setEnd(selection.focusNode, selection.focusOffset);
      place = range.toString().length;
    }
    const text = element.textContent ?? "";
    element.textContent = text;
    if (!element.firstChild) element.append("");
    selection?.collapse(/** @type {Text} */ (element.firstChild), Math.min(place, text.length));
    return text;
  }

  /** Take plain text only, whatever is offered. @param {ClipboardEvent} event */
  #paste(event) {
    const { turn } = this;
    if (!turn) return;
    event.preventDefault();
    const data = event.clipboardData;
    let text = data?.getData("text/plain") ?? "";
    if (!text && data?.types.includes("text/html")) {
      // an inert document: nothing in it runs or loads
      const parsed = new DOMParser().parseFromString(data.getData("text/html"), "text/html");
      for (const one of parsed.querySelectorAll("script, style, template, title")) one.remove();
      text = parsed.body.textContent ?? "";
    }
    this.insert(text);
  }

  /** Put text where the caret is, over what is selected. @param {string} given */
  insert(given) {
    const { turn } = this;
    const selection = getSelection();
    if (!turn || !selection?.rangeCount) return;
    const text = given.slice(0, MOST).replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, " ");
    if (given.length > MOST) say(`Only the first ${MOST} characters were put in.`);
    if (!text) return;
    const { node } = turn;
    const inside = selection.anchorNode === node && selection.focusNode === node;
    const ends = inside ? [selection.anchorOffset, selection.focusOffset] : [node.length, node.length];
    const [from, to] = ends.sort((a, b) => a - b);
    node.replaceData(from, to - from, text);
    selection.collapse(node, from + text.length);
    this.sending.newUnit(turn.id);
    this.#note(turn);
    this.sending.newUnit();
  }

  /** Make two turns of one; shown at once. @param {Turn} turn @param {number} place */
  split(turn, place) {
    if (this.sending.away()) return;
    const id = `n${crypto.getRandomValues(new Uint32Array(2)).join("")}`;
    const second = this.#split(turn, { kind: "split", turn: turn.id, at: [...turn.text.slice(0, place)].length, new: id, on: null });
    if (this.turn) this.begin(second, 0);
    else this.walking.go(second, 0);
  }

  /** @param {Turn} turn @param {any} operation @param {string} [key] @returns {Turn} the second turn */
  #split(turn, operation, key) {
    const id = operation.new;
    const place = [...turn.text].slice(0, operation.at).join("").length;
    const head = turn.text.slice(0, place).trimEnd();
    const tail = turn.text.slice(place).trimStart();
    const word = Math.max(0, lastAtOrBefore(turn.bounds.map(([start]) => start), place));
    const start = turn.times.starts[word] ?? turn.start;
    const report = { id, start, speaker: turn.speaker, guessed: turn.guessed, text: tail, words: [], sentences: [0], unsure: [] };
    const order = this.turns.order.flatMap((one) => (one === turn ? [turn.id, id] : [one.id]));
    this.sending.showing(operation, [turn], () => {
      this.turns.apply({ revision: this.turns.orderRevision, turns: [report], order });
      const second = /** @type {Turn} */ (this.turns.byId.get(id));
      second.reported = 0;
      turn.show(head);
      return [turn, second];
    }, key);
    return /** @type {Turn} */ (this.turns.byId.get(id));
  }

  /** Put a turn at the end of the one before; shown at once. @param {Turn} turn */
  join(turn) {
    const before = this.turns.next(turn, -1);
    if (!before || this.sending.away()) return;
    const writing = this.turn;
    const head = before.text.trimEnd();
    const place = head.length + (head && turn.text.trimStart() ? 1 : 0);
    if (this.turn === turn) this.end();
    this.#join(turn, before, { kind: "join", turn: turn.id });
    if (writing) this.begin(before, place);
    else this.walking.at(before, place);
    if (turn.speaker !== before.speaker) say(`All of it stands under ${before.speaker} now. Undo takes it back.`);
  }

  /** @param {Turn} turn @param {Turn} before @param {any} operation @param {string} [key] @param {number} [revision] */
  #join(turn, before, operation, key, revision) {
    this.sending.showing(operation, [turn, before], () => {
      const text = [before.text.trimEnd(), turn.text.trimStart()].filter(Boolean).join(" ");
      const order = this.turns.order.filter((one) => one !== turn).map((one) => one.id);
      this.turns.apply({ revision: this.turns.orderRevision, turns: [], order });
      before.show(text);
      return [before];
    }, key, revision);
  }

  /**
   * Do what a page that is gone had shown, if the desk has not done it: its turn is as it was.
   * @param {import("./sending.js").Kept} kept
   */
  again({ operation, key, text, revision }) {
    const turn = this.turns.byId.get(operation.turn);
    const before = turn && this.turns.next(turn, -1);
    if (!turn || this.turns.byId.has(operation.new)) return;
    if (turn.text !== text && !turn.dirty) {
      turn.on = text;
      turn.revision = Math.min(revision, turn.revision);
      turn.show(text);
    }
    if (operation.kind === "split") this.#split(turn, operation, key);
    else if (before) this.#join(turn, before, operation, key, revision);
  }

  /** Keys that only mean something while one writes. @param {KeyboardEvent} event */
  #key(event) {
    const { turn } = this;
    this.held = event.repeat;
    if (!turn || event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const place = this.#place(turn) ?? 0;
    const collapsed = getSelection()?.isCollapsed;
    const back = (event.key === "ArrowLeft" && place === 0) || (event.key === "ArrowUp" && this.#onEdge(turn, -1));
    const on = (event.key === "ArrowRight" && place === turn.text.length) || (event.key === "ArrowDown" && this.#onEdge(turn, 1));
    const next = collapsed && (back || on) ? this.turns.next(turn, back ? -1 : 1) : null;
    if (!next) return;
    event.preventDefault();
    const x = this.#caretBox()?.left ?? 0;
    this.begin(next, back ? next.text.length : 0);
    if (event.key === "ArrowUp" || event.key === "ArrowDown") this.#toColumn(next, x, back);
  }

  #caretBox() {
    const selection = getSelection();
    if (!selection?.rangeCount) return null;
    const range = selection.getRangeAt(0);
    const boxes = range.getClientRects();
    return boxes[0] ?? null;
  }

  /** Whether the caret is on a turn's first (-1) or last line. @param {Turn} turn @param {number} side */
  #onEdge(turn, side) {
    const caret = this.#caretBox();
    const range = document.createRange();
    range.selectNodeContents(turn.element);
    const lines = range.getClientRects();
    const line = side < 0 ? lines[0] : lines[lines.length - 1];
    if (!caret || !line) return !turn.text;
    return Math.abs((caret.top + caret.bottom) / 2 - (line.top + line.bottom) / 2) < line.height / 2;
  }

  /** Keep the caret's column when it goes to another turn. @param {Turn} turn @param {number} x @param {boolean} last */
  #toColumn(turn, x, last) {
    const range = document.createRange();
    range.selectNodeContents(turn.element);
    const lines = range.getClientRects();
    const line = last ? lines[lines.length - 1] : lines[0];
    if (!line) return;
    const place = placeAt(x, (line.top + line.bottom) / 2);
    if (place && turn.element.contains(place.node)) getSelection()?.collapse(turn.node, place.offset);
  }
}

/** The place in a text under a point of the window. @param {number} x @param {number} y @returns {{node: Node, offset: number} | null} */
export function placeAt(x, y) {
  if ("caretPositionFromPoint" in document) {
    const found = document.caretPositionFromPoint(x, y);
    return found && { node: found.offsetNode, offset: found.offset };
  }
  const range = /** @type {any} */ (document).caretRangeFromPoint?.(x, y);
  return range && { node: range.startContainer, offset: range.startOffset };
}
