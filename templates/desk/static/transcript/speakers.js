// @ts-check
// Who speaks: named once for all turns of a voice; a guess is confirmed by one key.

import { Refused, say, untouched } from "../page.js";
import { button, element } from "./elements.js";

/** @typedef {import("./turns.js").Turn} Turn */
/** @typedef {import("./turns.js").Turns} Turns */
/** @typedef {import("./sending.js").Sending} Sending */
/** @typedef {{speaker: string, guessed: boolean, others: string[], corrects: boolean}} Shown  `others` are turns that are not this voice's; it may be another's by a name of one's own that is on its way */

const LABEL = /^(?:S|speaker)[\s_-]*0*\d+$/i;

/** Whether nobody has said yet who this is. @param {Turn} turn */
export const unnamed = (turn) => turn.guessed || LABEL.test(turn.speaker) || turn.speaker === "Speaker";

export class Speakers {
  /** @param {Turns} turns @param {Sending} sending @param {(turn: Turn) => void} go */
  constructor(turns, sending, go) {
    this.turns = turns;
    this.sending = sending;
    this.go = go;
    /** How many names are on their way. */
    this.under = 0;
  }

  /** Turns of the same voice. @param {Turn} turn */
  ofVoice(turn) {
    return this.turns.order.filter((one) => one.speaker === turn.speaker && one.guessed === turn.guessed);
  }

  /** A voice as the page shows it: a name is given to this, and to no turn that comes to it meanwhile. @param {Turn} turn */
  #shown(turn) {
    const { speaker, guessed } = turn;
    const own = new Set(this.ofVoice(turn));
    return { speaker, guessed, others: this.turns.order.filter((one) => !own.has(one)).map(({ id }) => id), corrects: this.under > 0 };
  }

  /**
   * Say who speaks; false where it was not done.
   * @param {Turn} turn @param {string} speaker @param {boolean} whole
   * @param {boolean} [printed] the name is nobody's of the show, and may be printed
   * @param {Shown} [shown]
   * @returns {Promise<boolean>}
   */
  async name(turn, speaker, whole, printed = false, shown = this.#shown(turn)) {
    const { others, corrects } = shown;
    if (!corrects && (turn.speaker !== shown.speaker || turn.guessed !== shown.guessed)) {
      say(`Nothing was named: ${shown.speaker} is ${turn.speaker}${turn.guessed ? "?" : ""} by now. If that is wrong, say it once more.`);
      return false;
    }
    const still = untouched();
    this.under++;
    try {
      const operation = { kind: "name", turn: turn.id, speaker, whole_voice: whole, printed, others };
      const { turns, done } = await this.sending.do(operation, [turn], corrects ? undefined : turn.revision);
      const said = speaker.replace(/\s+/g, " ").replace(/^ |[ ?]+$/g, "");
      const count = turns.filter((/** @type {{speaker: string}} */ one) => one.speaker === said).length;
      say(done && count ? `${said}: ${count === 1 ? "1 turn" : `${count} turns`}` : `It is ${turn.speaker} by now.`);
      return true;
    } catch (error) {
      if (error instanceof Refused && error.data?.stranger) {
        if (still()) return this.#stranger(turn, whole, error.data, shown);
        say(`Nothing was named: ${error.data.stranger} is nobody of this show. Say once more who speaks, to choose.`); // a question now would take the keys of whoever writes on
        return false;
      }
      say(/** @type {Error} */ (error).message);
      return false;
    } finally {
      this.under--;
    }
  }

  /**
   * A name that nobody of the show has, such as that of who asked: say what confirming it does.
   * @param {Turn} turn @param {boolean} whole @param {{stranger: string, instead: string, printable: boolean}} told
   * @param {Shown} shown
   * @returns {Promise<boolean>}
   */
  #stranger(turn, whole, { stranger, instead, printable }, shown) {
    const why = printable
      ? "A confirmed name is printed with all that the voice says: on the site, in the transcript's files and in the search. Print it only if they agreed."
      : "A confirmed name is printed with all that the voice says, and this show prints no names but those in show.toml (require_private). Not confirmed, it is printed nowhere.";
    const dialog = /** @type {HTMLDialogElement} */ (element("dialog", { "aria-labelledby": "stranger-title", "aria-describedby": "stranger-why" }));
    return new Promise((done) => {
      /** @type {() => boolean | Promise<boolean>} */
      let chosen = () => false;
      /** @param {string} text @param {typeof chosen} act @param {Record<string, string>} [attributes] */
      const choice = (text, act, attributes) => button(text, () => {
        chosen = act;
        dialog.close();
      }, attributes);
      dialog.append(
        element("h2", { id: "stranger-title" }, element("bdi", {}, stranger), " is nobody of this show"),
        element("p", { id: "stranger-why" }, why),
        element("p", {}, "Is it a host or a guest of the show? Choose their name as show.toml has it, or add them to [[people]] there first."),
        element("p.actions", {},
          choice(`Call the voice “${instead}”`, () => this.name(turn, instead, whole, false, shown), { autofocus: "" }),
          choice("Choose another name …", () => {
            this.ask(turn, stranger);
            return false;
          }),
          printable && choice("Print the name: they agreed", () => this.name(turn, stranger, whole, true, shown)),
          choice("Leave it as it is", () => false)));
      dialog.addEventListener("close", () => {
        dialog.remove(); // the browser gives the focus back
        done(chosen());
      });
      document.body.append(dialog);
      dialog.showModal();
    });
  }

  /** Say that a guess is right, for all turns of the voice. @param {Turn} turn */
  confirm(turn) {
    if (!turn.guessed) return void say(unnamed(turn) ? `Nobody has a name for ${turn.speaker} yet: name the speaker.` : `${turn.speaker} is confirmed.`);
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

  /** Ask who speaks. @param {Turn} turn @param {string} [name] what stands in the field */
  ask(turn, name = LABEL.test(turn.speaker) ? "" : turn.speaker) {
    const count = this.ofVoice(turn).length;
    const shown = this.#shown(turn);
    const field = /** @type {HTMLInputElement} */ (element("input", { id: "speaker-name", list: "people", autocomplete: "off", value: name }));
    const all = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox", id: "speaker-all", checked: true }));
    const dialog = /** @type {HTMLDialogElement} */ (element("dialog", { "aria-labelledby": "speaker-title" }));
    const form = element("form", { method: "dialog", submit: () => {
      if (field.value.trim()) this.name(turn, field.value, all.checked, false, shown);
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
