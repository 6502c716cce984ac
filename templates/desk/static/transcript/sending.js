// @ts-check
// Sends what was typed and done, one after the other in its order, and never forgets any.
//
// Typed words go off a sixth of a second after the last key, while somebody types on
// at least every third of a second. Until the server has them they are kept in this browser
// too, so that a server that is gone or a page that is closed costs nothing.

import { Refused, say, send } from "../page.js";
import { forget, hold, keep, recall, unheld } from "../store.js";
import { inCharacters, onePatch } from "./words.js";

/** @typedef {import("./turns.js").Turn} Turn */
/** @typedef {import("./turns.js").Turns} Turns */
/** @typedef {{turn: Turn, text: string | null, unit: string, since: number}} Typed  `text` is set where something else was done since, `since` is when the first key came */
/** @typedef {{path: string, body: () => object, heads: [Turn, string][], done: (answer: any) => void, failed: (error: unknown) => void, kept?: Kept}} Job */
/** @typedef {{operation: any, key: string, text: string, revision: number}} Kept  an operation that is shown already, and the turn's text that it was made on */
/** @typedef {{id: string, text: string, on: string, revision: number, sent: Turn["sent"]}} KeptText */

const SOON = 150;
const LATEST = 300;
const PAUSE = 1000;
const WAITS = [500, 1000, 2000, 4000, 8000];
const AWAY = "The desk cannot be reached just now. What you typed is kept.";
const PATIENCE = 15000; // ms until a network that swallows everything counts as gone

/** The revision that turns are shown as. @param {Turn[]} turns */
const seen = (turns) => Math.max(0, ...turns.map((turn) => turn.revision));

export class Sending {
  /**
   * @param {string} base address of the transcript @param {Turns} turns
   * @param {(state: string, problem?: string) => void} tell
   * @param {(problem: string, text: string) => void} refused what cannot be done, and the words that were for it
   * @param {() => Promise<boolean>} stale whether the server's revisions are no longer those of this page
   */
  constructor(base, turns, tell, refused, stale) {
    this.stale = stale;
    this.base = base;
    this.turns = turns;
    this.tell = tell;
    this.refused = refused;
    /** @type {(Typed | Job)[]} */
    this.queue = [];
    this.tab = crypto.randomUUID?.() ?? String(Math.random());
    this.count = 0;
    this.unit = "";
    this.unitTurn = "";
    this.lastKey = 0;
    /** Send without waiting for a pause. */
    this.hurry = false;
    this.timer = 0;
    this.failures = 0;
    /** Try again at once: the server is there again. */
    this.wake = () => {};
    /** @type {Promise<void> | null} */
    this.running = null;
    this.store = `pullquote.unsent.${base}.`;
    hold(this.store + this.tab);
    addEventListener("online", () => this.wake());
    addEventListener("pagehide", () => this.#leave());
    addEventListener("beforeunload", (event) => this.#keep() || event.preventDefault());
    document.addEventListener("visibilitychange", () => document.hidden && this.now());
  }

  /** Something was typed in a turn. @param {Turn} turn */
  typed(turn) {
    const now = performance.now();
    if (now - this.lastKey > PAUSE || this.unitTurn !== turn.id) this.newUnit(turn.id);
    this.lastKey = now;
    if (!this.queue.length) this.tell("typing");
    const waits = this.queue.some((one) => "turn" in one && one.turn === turn && one.text === null);
    if (!waits) {
      this.queue.push({ turn, text: null, unit: this.unit, since: now });
      turn.unanswered++;
    }
    this.#soon();
  }

  /** Send when a pause comes, or when it is time. */
  #soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.running) this.#keep(); // what is under way may never be answered
      else this.#start();
    }, Math.max(0, this.#left()));
  }

  /** How long what was typed first may still wait, ms. */
  #left() {
    const next = this.queue[0];
    if (!next || !("turn" in next) || next.text !== null || this.hurry) return 0;
    return Math.min(this.lastKey + SOON, next.since + LATEST) - performance.now();
  }

  /** What comes next is taken back apart from what came before. @param {string} [turn] */
  newUnit(turn = "") {
    this.unit = this.#key();
    this.unitTurn = turn;
  }

  /** Send now; resolves when the server has everything. */
  now() {
    this.hurry = true;
    return this.#start();
  }

  #start() {
    clearTimeout(this.timer);
    this.running ??= this.#run().finally(() => {
      const { hurry } = this;
      this.running = null;
      this.hurry = false;
      if (!this.queue.length) return null;
      return hurry ? this.now() : this.#soon(); // it came just as this ended
    });
    return this.running;
  }

  /**
   * Ask for something after all that was typed before it. Resolves with the answer.
   * Its key makes it harmless to send it again where the answer was lost.
   * @param {string} path @param {() => object} body made when it is its turn
   * @param {Kept} [kept] what a page that comes after this one does again
   * @returns {Promise<any>}
   */
  ask(path, body, kept) {
    if (this.failures && !kept) return Promise.reject(new Error(AWAY));
    this.#settle();
    const key = kept?.key ?? this.#key();
    return new Promise((done, failed) => {
      this.queue.push({ path, body: () => ({ key, ...body() }), heads: [], done, failed, kept });
      this.now();
    });
  }

  /** Whether the desk is known to be away, which is said: nothing may be shown then that it has yet to do. */
  away() {
    if (this.failures) say(AWAY);
    return this.failures > 0;
  }

  /** What is typed from here on is another edit than what waits. */
  #settle() {
    for (const one of this.queue) if ("turn" in one) one.text ??= one.turn.text;
  }

  /**
   * Do an operation on turns as they are shown.
   * @param {any} operation @param {Turn[]} on @param {number} [revision] that they are shown as now; without it, when it is sent
   */
  do(operation, on, revision) {
    return this.#do(operation, on, undefined, revision);
  }

  /** @param {any} operation @param {Turn[]} on @param {Kept} [kept] @param {number} [revision] */
  #do(operation, on, kept, revision) {
    this.newUnit();
    const { unit } = this;
    return this.ask("/operations", () => {
      const own = on.find((turn) => turn.id === operation.turn);
      // a turn is joined as it was called then: another may have named it since
      const then = kept && operation.kind === "join" ? Math.min(kept.revision, seen(on)) : (revision ?? seen(on));
      const made = Math.max(then, ...on.map((turn) => turn.made));
      return { operation: own?.on != null && "on" in operation ? { ...operation, on: own.on } : operation, unit, revision: made };
    }, kept);
  }

  /**
   * Do an operation that is shown at once; it is kept like what is typed.
   * @param {any} operation @param {Turn[]} on those it is made on, the operation's own first
   * @param {() => Turn[]} show shows it, and returns the turns that it changes
   * @param {string} [key] of one that another page may have sent
   * @param {number} [revision] that page's
   */
  showing(operation, on, show, key = this.#key(), revision = seen(on)) {
    const asked = this.#do(operation, on, { operation, key, text: on[0].text, revision });
    const job = /** @type {Job} */ (this.queue.at(-1));
    job.heads = show().map((turn) => [turn, turn.text]);
    for (const [turn] of job.heads) turn.unanswered++;
    this.turns.ahead.push(operation);
    this.#keep();
    asked.catch((error) => this.refused(error.message, ""));
  }

  async #run() {
    while (this.queue.length) {
      if (this.#left() > 0) return this.#soon(); // somebody types on
      this.#keep();
      const next = this.queue[0];
      try {
        if ("turn" in next) await this.#sendTyped(next);
        else await this.#sendJob(next);
        this.queue.shift();
        this.failures = 0;
      } catch (error) {
        await this.#failed(error);
      }
    }
    this.#keep();
    this.tell("sent");
  }

  /** @param {Typed} typed */
  async #sendTyped(typed) {
    const { turn } = typed;
    const text = typed.text ?? turn.text;
    const before = turn.on ?? turn.synced;
    if (text === before) {
      turn.unanswered--;
      if (turn.text === text) {
        // all that came after the text the desk has merged was taken away again
        turn.on = null;
        turn.synced = text;
      }
      return turn.catchUp();
    }
    // typed on while this is under way: that is another edit
    typed.text = text;
    let answer;
    try {
      answer = await send(`${this.base}/operations`, this.#edit(turn, text, typed.unit), { signal: AbortSignal.timeout(PATIENCE) });
    } catch (error) {
      if (!(error instanceof Refused) || error.code !== 404) {
        if (this.queue.at(-1) === typed) typed.text = null;
        throw error;
      }
      if (await this.stale()) {
        this.#keep(); // the new page sends it
        location.reload();
        await new Promise(() => {});
      }
      turn.unanswered--;
      turn.on = null;
      turn.synced = turn.text;
      this.refused(error.message, text);
      return;
    }
    turn.unanswered--;
    this.#acknowledge(turn, text, answer);
    this.turns.apply(answer);
  }

  /** The server has a text that was sent. @param {Turn} turn @param {string} text @param {any} answer */
  #acknowledge(turn, text, answer) {
    const told = answer.turns.find((/** @type {{id: string}} */ one) => one.id === turn.id) ?? turn.report;
    const merged = told?.text ?? text;
    if (turn.text === text || merged === text) {
      turn.on = null;
      turn.synced = text;
      turn.revision = answer.revision;
    } else {
      turn.on = text;
    }
  }

  /** @param {Turn} turn @param {string} text @param {string} unit */
  #edit(turn, text, unit) {
    const before = turn.on ?? turn.synced;
    const { at, deleted, inserted } = onePatch(before, text);
    const operation = { kind: "edit", turn: turn.id, at: inCharacters(before, at), deleted, inserted };
    // the same text has the same key: sent twice it is done once
    if (turn.sent?.text !== text) turn.sent = { text, key: this.#key() };
    return { operation: turn.on === null ? operation : { ...operation, on: turn.on }, revision: turn.revision, unit, key: turn.sent.key };
  }

  #key() {
    return `${this.tab} ${++this.count}`;
  }

  /** @param {Job} job */
  async #sendJob(job) {
    try {
      const answer = await send(this.base + job.path, job.body(), { signal: AbortSignal.timeout(PATIENCE) });
      this.#answered(job);
      for (const [turn, text] of job.heads) {
        turn.synced = text;
        turn.on = null;
        // until then the second part of a turn, or two joined in one, were in no revision
        const { turn: first, new: second } = job.kept?.operation ?? {};
        if (turn.id !== first) turn.revision = answer.revision;
        if (turn.id === second) turn.made = answer.revision;
        this.#acknowledge(turn, text, answer);
      }
      if (answer?.turns) this.turns.apply(answer);
      for (const [turn] of job.heads) turn.catchUp(); // of one that the desk left alone, as a turn came back before it, the answer tells nothing
      job.done(answer);
    } catch (error) {
      if (!(error instanceof Refused) || error.code >= 500 || error.code === 401) throw error;
      this.#takeBack(job, error);
      job.failed(error);
    }
  }

  /** The server has done, or refused, what was shown. @param {Job} job */
  #answered({ heads, kept }) {
    for (const [turn] of heads) turn.unanswered--;
    this.turns.ahead = this.turns.ahead.filter((one) => one !== kept?.operation);
  }

  /** Show again what the server has; what was typed into what it refused is said. @param {Job} job @param {Error} error */
  #takeBack(job, error) {
    this.#answered(job);
    for (const [turn, shown] of job.heads) {
      if (turn.text !== shown) this.refused(error.message, turn.text);
      turn.show(turn.on ?? turn.synced);
      for (const one of this.queue) if ("turn" in one && one.turn === turn) one.text = null;
    }
  }

  /** Say what is wrong, and wait before trying again. @param {unknown} error */
  async #failed(error) {
    const refused = error instanceof Refused ? error : null;
    const away = error instanceof TypeError || (error instanceof DOMException && error.name === "TimeoutError");
    if (!refused && !away) throw error;
    let problem = "The desk cannot be reached.";
    if (refused?.code === 401) problem = "You are signed out: sign in again in another tab.";
    else if (refused) problem = refused.message;
    const alone = this.#keep() ? "" : " Leave this page open: your browser keeps nothing of it elsewhere.";
    this.tell("unsent", `Not saved yet. ${problem} What you typed is kept here and sent again.${alone}`);
    const wait = WAITS[Math.min(this.failures++, WAITS.length - 1)];
    await new Promise((done) => {
      this.wake = () => done(undefined);
      setTimeout(done, wait);
    });
  }

  // ---- What the server does not have yet is kept in this browser ----

  /** @returns {(Kept | KeptText)[]} */
  #unsent() {
    /** Texts of turns that are shown as an operation will make them: the server has others. @type {Map<Turn, string>} */
    const ahead = new Map();
    /** @type {(Kept | KeptText)[]} */
    const found = [];
    for (const one of this.queue) {
      if ("path" in one) {
        for (const [turn, text] of one.heads) ahead.set(turn, text);
        if (one.kept) found.push(one.kept);
      } else {
        const { turn, text } = one;
        const made = ahead.get(turn); // by an operation: that is no revision yet
        const on = made ?? turn.on ?? turn.synced;
        found.push({ id: turn.id, text: text ?? turn.text, on, revision: made === undefined ? turn.revision : Number.MAX_SAFE_INTEGER, sent: turn.sent });
      }
    }
    return found;
  }

  /** Say whether nothing would be lost with the page. */
  #keep() {
    const unsent = this.#unsent();
    if (unsent.length) return keep(this.store + this.tab, unsent);
    forget(this.store + this.tab);
    return true;
  }

  #leave() {
    /** @type {Set<Turn>} */
    const sent = new Set();
    for (const one of this.queue) {
      if (!("turn" in one)) break;
      if (sent.has(one.turn)) continue; // typed on what the desk may not have yet: the next page sends it
      sent.add(one.turn);
      const text = one.text ?? one.turn.text;
      // the page may be gone before the answer: the key makes a second sending harmless
      const body = this.#edit(one.turn, text, one.unit);
      send(`${this.base}/operations`, body, { keepalive: true }).catch(() => {});
    }
    this.#keep();
  }

  /**
   * Take over what a page that is gone could not send.
   * @param {(kept: Kept) => void} again does an operation, if nobody has
   */
  async adopt(again) {
    const lost = new Set();
    for (const name of await unheld(this.store)) {
      /** @type {(Kept | KeptText)[]} */
      const kept = recall(name) ?? [];
      /** @type {Set<Turn>} */
      const own = new Set();
      for (const one of kept) {
        if ("operation" in one) {
          again(one);
          for (const waits of this.queue) if ("path" in waits) for (const [turn] of waits.heads) own.add(turn);
          continue;
        }
        const { id, text, on, revision, sent } = one;
        const turn = this.turns.byId.get(id);
        if (!turn) {
          if (!lost.has(text)) this.refused("The turn that you wrote in is no longer there.", text);
          lost.add(text); // what was under way and what waits may be the same words
          continue;
        }
        if (turn.text === text) {
          own.add(turn); // the desk has it, and what was typed on it follows
          continue;
        }
        if (own.has(turn)) this.#settle(); // typed on while what came before was under way
        else if (turn.dirty) continue;
        else {
          turn.on = on;
          turn.revision = Math.min(revision, turn.revision);
          turn.sent = sent;
        }
        own.add(turn);
        turn.show(text);
        this.typed(turn);
      }
      this.#keep(); // as this page's own, before the other's goes
      forget(name);
    }
  }
}
