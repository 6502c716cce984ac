// @ts-check
// Two people changed the same words: both are shown, and somebody chooses.

import { say } from "../page.js";
import { button, difference, element } from "./elements.js";

/** @typedef {import("./turns.js").Turns} Turns */
/** @typedef {import("./sending.js").Sending} Sending */

export class Clashes {
  /** @param {Turns} turns @param {Sending} sending @param {(by: string) => string} nameOf */
  constructor(turns, sending, nameOf) {
    this.turns = turns;
    this.sending = sending;
    this.nameOf = nameOf;
    /** @type {Map<string, HTMLElement>} */
    this.boxes = new Map();
  }

  /** @param {{id: string, turn: string, speaker: string | null, by: string, pieces: ["same" | "out" | "in", string][]}[]} clashes */
  show(clashes) {
    const open = new Set(clashes.map((one) => one.id));
    for (const [id, box] of this.boxes) {
      if (open.has(id)) continue;
      const inside = box.contains(document.activeElement);
      const turn = box.previousElementSibling;
      box.remove();
      this.boxes.delete(id);
      if (inside && turn instanceof HTMLElement) turn.focus();
    }
    for (const clash of clashes) {
      const turn = this.turns.byId.get(clash.turn);
      const fresh = !this.boxes.has(clash.id);
      const box = this.#box(clash);
      if (turn) turn.element.after(box);
      else this.turns.box.prepend(box);
      if (fresh) say("Two people changed the same words. Both are shown below the turn; choose one.");
    }
  }

  /** @param {Parameters<Clashes["show"]>[0][number]} clash */
  #box(clash) {
    const who = this.nameOf(clash.by);
    const known = this.boxes.get(clash.id);
    const box = known ?? element("div.clash", { role: "group", "aria-label": "The same words changed twice" });
    this.boxes.set(clash.id, box);
    const focused = [...box.querySelectorAll("button")].indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    box.replaceChildren(
      element("p", {}, clash.speaker ? `The same was changed twice. ${who} named the speaker ${clash.speaker}.` : `The same words were changed twice. Struck out is what stands there now, underlined what ${who} wrote:`),
      clash.speaker ? "" : difference(clash.pieces),
      element("p.actions", {}, button("Keep what is there", () => this.#choose(clash.id, false)), button(who === "You" ? "Take mine" : "Take the other", () => this.#choose(clash.id, true))));
    if (focused >= 0) box.querySelectorAll("button")[focused]?.focus();
    return box;
  }

  /** @param {string} id @param {boolean} theirs */
  async #choose(id, theirs) {
    try {
      await this.sending.ask("/clashes", () => ({ id, theirs }));
      say(theirs ? "The other text stands there now." : "What was there stays.");
    } catch (error) {
      say(/** @type {Error} */ (error).message);
    }
  }
}
