// @ts-check
// Who speaks: named once for all turns of a voice; a guess is confirmed by one key.

import { say } from "../page.js";
import { button, element } from "./elements.js";

/** @typedef {import("./turns.js").Turn} Turn */
/** @typedef {import("./turns.js").Turns} Turns */
/** @typedef {import("./sending.js").Sending} Sending */

const LABEL = /^(?:S|speaker)[\s_-]*0*\d+$/i;

/** Whether nobody has said yet who this is. @param {Turn} turn */
export const unnamed = (turn) => turn.guessed || LABEL.test(turn.speaker) || turn.speaker === "Speaker";

export class Speakers {
  /** @param {Turns} turns @param {Sending} sending @param {(turn: Turn) => void} go */
  constructor(turns, sending, go) {
    this.turns = turns;
    this.sending = sending;
    this.go = go;
  }

  /** Turns of the same voice. @param {Turn} turn */
  ofVoice(turn) {
    return this.turns.order.filter((one) => one.speaker === turn.speaker && one.guessed === turn.guessed);
  }

  /** @param {Turn} turn @param {string} speaker @param {boolean} whole */
  async name(turn, speaker, whole) {
    const count = whole ? this.ofVoice(turn).length : 1;
    try {
      await this.sending.do({ kind: "name", turn: turn.id, speaker, whole_voice: whole }, turn);
      say(`${speaker.trim()}: ${count === 1 ? "1 turn" : `${count} turns`}`);
    } catch (error) {
      say(/** @type {Error} */ (error).message);
    }
  }

  /** Say that a guess is right, for all turns of the voice. @param {Turn} turn */
  confirm(turn) {
    if (!turn.guessed) return say(unnamed(turn) ? `Nobody has a name for ${turn.speaker} yet: name the speaker.` : `${turn.speaker} is confirmed.`);
    return this.name(turn, turn.speaker, true);
  }

  /** Go to the next turn whose speaker nobody confirmed. @param {Turn | null} from */
  nextUnnamed(from) {
    const start = from ? this.turns.indexOf(from) + 1 : 0;
    const { order } = this.turns;
    const found = [...order.slice(start), ...order.slice(0, start)].find(unnamed);
    if (found) this.go(found);
    else say("Every speaker is confirmed.");
    return found;
  }

  /** How many voices have no confirmed name. */
  get left() {
    return new Set(this.turns.order.filter(unnamed).map((turn) => turn.speaker)).size;
  }

  /** Ask who speaks. @param {Turn} turn */
  ask(turn) {
    const count = this.ofVoice(turn).length;
    const field = /** @type {HTMLInputElement} */ (element("input", { id: "speaker-name", list: "people", autocomplete: "off", value: LABEL.test(turn.speaker) ? "" : turn.speaker }));
    const all = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox", id: "speaker-all", checked: true }));
    const dialog = /** @type {HTMLDialogElement} */ (element("dialog", { "aria-labelledby": "speaker-title" }));
    const form = element("form", { method: "dialog", submit: () => {
      if (field.value.trim()) this.name(turn, field.value, all.checked);
    } },
      element("h2", { id: "speaker-title" }, `Who is ${turn.speaker}${turn.guessed ? "?" : ""}`),
      element("p.field", {}, element("label", { for: "speaker-name" }, "Name"), field),
      element("p.choice", {}, all, element("label", { for: "speaker-all" }, count === 1 ? "This is the voice's only turn" : `All ${count} turns of this voice`)),
      element("p.actions", {}, element("button", {}, "This is who speaks"), button("Cancel", () => dialog.close())));
    dialog.append(form);
    dialog.addEventListener("close", () => dialog.remove()); // the browser gives the focus back
    document.body.append(dialog);
    dialog.showModal();
    field.select();
  }
}
