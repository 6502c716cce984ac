// @ts-check
// Names and times as buttons, for the turns that are near. The others show both by CSS
// alone, in the same place, so that nothing moves when buttons come and go.

import { button, element } from "./elements.js";
import { clock } from "./words.js";

/** @typedef {import("./turns.js").Turn} Turn */
/** @typedef {import("./turns.js").Turns} Turns */

export class Heads {
  /** @param {Turns} turns @param {{name: (turn: Turn) => void, hear: (turn: Turn) => void}} act */
  constructor(turns, act) {
    this.turns = turns;
    this.act = act;
    /** @type {Map<Turn, HTMLElement>} */
    this.heads = new Map();
    /** Who edits which turn, told by the server. @type {Map<string, string[]>} */
    this.editing = new Map();
    this.watch = new IntersectionObserver((seen) => this.#seen(seen), { rootMargin: "400px 0px" });
    for (const turn of turns.order) this.watch.observe(turn.element);
    turns.listeners.push(({ changed, added, removed }) => {
      for (const turn of removed) this.#drop(turn);
      for (const turn of added) this.watch.observe(turn.element);
      for (const turn of changed) this.#draw(turn);
    });
  }

  /** @param {IntersectionObserverEntry[]} seen */
  #seen(seen) {
    for (const { target, isIntersecting } of seen) {
      const turn = this.turns.byId.get(target.id);
      if (!turn) continue;
      if (isIntersecting && !this.heads.has(turn)) {
        this.heads.set(turn, element("h2.head"));
        this.#draw(turn);
      } else if (!isIntersecting) this.#drop(turn);
    }
  }

  /** @param {Turn} turn */
  #drop(turn) {
    const head = this.heads.get(turn);
    if (!head || head.contains(document.activeElement)) return;
    head.remove();
    this.heads.delete(turn);
  }

  /** @param {Turn} turn */
  #draw(turn) {
    const head = this.heads.get(turn);
    if (!head) return;
    const focused = [...head.children].indexOf(/** @type {Element} */ (document.activeElement));
    const guess = turn.guessed ? ", a guess" : "";
    const others = this.editing.get(turn.id) ?? [];
    // reached with Tab from the turn that has the focus alone: a long page is no trap
    const tabindex = turn.element.tabIndex === 0 ? "0" : "-1";
    head.replaceChildren(
      button(turn.speaker + (turn.guessed ? "?" : ""), () => this.act.name(turn), { class: turn.guessed ? "who guessed" : "who", "aria-label": `${turn.speaker}${guess}: change who speaks`, tabindex }),
      button(clock(turn.start), () => this.act.hear(turn), { class: "when", "aria-label": `Hear from ${clock(turn.start)}`, tabindex }),
      ...(others.length ? [element("span.editing", {}, `${others.join(", ")} ${others.length > 1 ? "are" : "is"} editing this`)] : []),
    );
    if (turn.element.previousElementSibling !== head) turn.element.before(head);
    if (focused >= 0) /** @type {HTMLElement} */ (head.children[focused])?.focus();
  }

  /** Who edits what. @param {Map<string, string[]>} editing */
  show(editing) {
    const before = this.editing;
    this.editing = editing;
    for (const id of new Set([...before.keys(), ...editing.keys()])) {
      const turn = this.turns.byId.get(id);
      if (turn) {
        turn.element.classList.toggle("edited-by-others", editing.has(id));
        this.#draw(turn);
      }
    }
  }

  /** The turn that has the focus is another. @param {Turn | null} before @param {Turn} now */
  moved(before, now) {
    if (before && before !== now) this.#draw(before);
    this.#draw(now);
  }
}
