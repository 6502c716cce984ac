// @ts-check
// What a page's fields held and the desk may not have yet, kept in this browser. Each tab
// keeps its own: one that has saved takes nothing of what another has not.

const TAB = "pullquote.tab";

export class Kept {
  /** @param {string} where the page's address */
  constructor(where) {
    this.store = `pullquote.unsaved:${where}:`;
    this.own = this.store + (crypto.randomUUID?.() ?? Math.random());
    /** The key of what this tab showed before. @type {string | null} */
    this.before = null;
    navigator.locks?.request(this.own, () => new Promise(() => {})); // as long as the page is there
    quietly(() => {
      this.before = sessionStorage.getItem(TAB);
      sessionStorage.setItem(TAB, this.own);
    });
  }

  /** @param {string} fields @param {string | null} [button] what a form's button sent: what is typed after it is unsent */
  keep(fields, button = this.#read(this.own)?.button ?? null) {
    quietly(() => localStorage.setItem(this.own, JSON.stringify({ fields, button })));
  }

  forget(key = this.own) {
    quietly(() => localStorage.removeItem(key));
  }

  /**
   * What pages that are gone could not send, this tab's own page first.
   * @returns {Promise<{key: string, fields: string, button: string | null}[]>}
   */
  async left() {
    const held = new Set((await navigator.locks?.query())?.held?.map((lock) => lock.name));
    const keys = quietly(() => Object.keys(localStorage)) ?? [];
    const gone = keys.filter((key) => key === this.before || !held.has(key)).filter((key) => key.startsWith(this.store));
    const found = gone.flatMap((key) => ({ key, ...this.#read(key) })).filter((one) => one.fields);
    return found.sort((one, other) => Number(other.key === this.before) - Number(one.key === this.before));
  }

  /** @param {string} key @returns {any} */
  #read(key) {
    return quietly(() => JSON.parse(localStorage.getItem(key) ?? "null"));
  }
}

/** A browser that keeps nothing, or something odd, stops nobody. @template T @param {() => T} what @returns {T | undefined} */
function quietly(what) {
  try {
    return what();
  } catch {
    return undefined;
  }
}
