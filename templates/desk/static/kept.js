// @ts-check
// What a page's fields held and the desk may not have yet, kept in this browser. Each tab
// keeps its own: one that has saved takes nothing of what another has not.

import { exchange, forget, hold, keep, recall, unheld } from "./store.js";

const TAB = "pullquote.tab";

export class Kept {
  /** @param {string} where the page's address */
  constructor(where) {
    this.store = `pullquote.unsaved:${where}:`;
    this.own = this.store + (crypto.randomUUID?.() ?? Math.random());
    hold(this.own);
    /** The key of what this tab showed before. */
    this.before = exchange(TAB, this.own);
  }

  /** @param {string} fields @param {string | null} [button] what a form's button sent: what is typed after it is unsent */
  keep(fields, button = recall(this.own)?.button ?? null) {
    keep(this.own, { fields, button });
  }

  forget(key = this.own) {
    forget(key);
  }

  /**
   * What pages that are gone could not send, this tab's own page first.
   * @returns {Promise<{key: string, fields: string, button: string | null}[]>}
   */
  async left() {
    const gone = await unheld(this.store, this.before);
    const found = gone.map((key) => ({ key, ...recall(key) })).filter((one) => one.fields);
    return found.sort((one, other) => Number(other.key === this.before) - Number(one.key === this.before));
  }
}
