// @ts-check
// Versions: who changed what when, as a readable difference, and any of them restored.

import { say, send, untouched } from "../page.js";
import { button, difference, element } from "./elements.js";

/** @typedef {{revision: number, by: string, name: string, start: string, end: string, what: string}} Version */

export class Versions {
  /** @param {string} base @param {import("./sending.js").Sending} sending */
  constructor(base, sending) {
    this.base = base;
    this.sending = sending;
    this.list = element("ol.plain.versions");
    this.detail = element("div.version", { tabindex: "-1" });
    this.box = element("section", {}, this.list, this.detail);
    /** Which was asked for last: it is shown, however late another comes. */
    this.asked = 0;
  }

  async load(all = false) {
    this.asked++;
    await this.sending.now();
    const { versions, more } = await send(`${this.base}/versions${all ? "?all=1" : ""}`);
    this.detail.replaceChildren();
    this.list.replaceChildren(...versions.map((/** @type {Version} */ one) => this.#row(one)));
    if (more) this.list.append(element("li", {}, button(`${more} older versions`, () => this.load(true))));
  }

  /** @param {Version} one */
  #row(one) {
    const when = new Date(one.end).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
    return element("li", {}, button(`${when} · ${one.name}`, () => this.open(one)), element("span.soft", {}, ` ${one.what}`));
  }

  /** @param {Version} one @param {boolean} [againstNow] */
  async open(one, againstNow = one.revision === 0) {
    const number = ++this.asked;
    const still = untouched();
    try {
      const { turns, more } = await send(`${this.base}/versions/${one.revision}${againstNow ? "?against=now" : ""}`);
      if (number !== this.asked) return;
      const whole = button(one.revision ? "Bring this version back" : "Bring the beginning back", () => this.#restore(one.revision, null));
      const other = button(againstNow ? "What this version changed" : "Compare with now", () => this.open(one, !againstNow));
      const title = againstNow ? "What has changed since" : "What was changed";
      this.detail.replaceChildren(
        element("h3", {}, title),
        element("p.actions", {}, one.revision ? other : "", whole),
        ...(turns.length ? [] : [element("p", {}, "No difference.")]),
        ...turns.map((/** @type {any} */ turn) => this.#turn(one, turn)),
        more ? element("p", {}, `And ${more} more turns.`) : "",
      );
      if (still()) this.detail.focus();
    } catch (error) {
      say(/** @type {Error} */ (error).message);
    }
  }

  /** @param {Version} one @param {{id: string, head: string, note: string, there: boolean, pieces: ["same" | "out" | "in", string][]}} turn */
  #turn(one, turn) {
    return element("div.version-turn", {},
      element("h4", { dir: "auto" }, turn.head, turn.note ? element("span.soft", {}, ` ${turn.note}`) : ""),
      difference(turn.pieces),
      turn.there ? button("Bring this turn back", () => this.#restore(one.revision, [turn.id]), { "aria-label": `Bring back: ${turn.head}` }) : "");
  }

  /** @param {number} revision @param {string[] | null} turns */
  async #restore(revision, turns) {
    try {
      const { done } = await this.sending.do({ kind: "restore", revision, turns }, []);
      await this.load();
      say(done ? "Brought back. Undo takes it back." : "It is so already.");
    } catch (error) {
      say(/** @type {Error} */ (error).message);
    }
  }
}
