// @ts-check
// The questions: what the machine suggests, and cuts from nothing. Enter takes one; the
// arrows with Shift move its edges while one hears them.

import { say, send, untouched } from "../page.js";
import { Cut, EDGES, EDGE_NAMES, newCut } from "./cut.js";
import { button, element, keyButton } from "./elements.js";
import { light } from "./light.js";
import { unnamed } from "./speakers.js";
import { clock, wordAt } from "./words.js";

/** @typedef {import("./turns.js").Turn} Turn */
/** @typedef {import("./turns.js").Turns} Turns */
/** @typedef {{number: number, asked: [number, number], answered: [number, number] | null, text: string, speakers: string[], sure: string, why: string[], waits: boolean}} Suggestion */

/** How much of a stretch is heard at its edge, ms. */
const EDGE_HEARD = 1500;
/** What the show calls whoever asks, such as "viewer". */
function whoAsks() {
  return /** @type {HTMLElement} */ (document.querySelector("#transcript-page")).dataset.whoAsks ?? "";
}
/** Why a suggestion is refused: decisions.json knows these. */
const REASONS = [
  ["not-a-question", `It is no ${whoAsks()}'s question`],
  ["unanswered", "Nobody answers it"],
  ["asked-before", "It was asked and answered before"],
  ["private", "It is about one person's own case"],
  ["off-topic", "It is not about our topic"],
];

export class Cutting {
  /**
   * @param {string} base @param {Turns} turns
   * @param {import("./sending.js").Sending} sending
   * @param {import("./sound.js").Sound} sound
   * @param {import("./waveform.js").Waveform} waveform
   * @param {{reveal: (turn: Turn, word: number) => void, leave: () => void, name: (turn: Turn) => void, place: () => import("./cut.js").Spot | null, counted: (waiting: number) => void}} page
   */
  constructor(base, turns, sending, sound, waveform, page) {
    this.base = base;
    this.turns = turns;
    this.sending = sending;
    this.sound = sound;
    this.waveform = waveform;
    this.page = page;
    this.list = element("ol.cuts.plain");
    this.told = element("p.problem", { hidden: true, role: "alert" });
    this.box = element("section", {},
      element("p.soft", {}, "Enter takes a question with its answer. Shift with the arrows moves an edge by a word, Ctrl+Shift by a sentence; Shift+↑ and Shift+↓ choose the edge."),
      this.#markers(), this.told, this.list);
    /** @type {Suggestion[]} */
    this.suggestions = [];
    /** @type {Map<HTMLElement, {cut: Cut, suggestion: Suggestion | null}>} */
    this.items = new Map();
    /** @type {HTMLElement | null} */
    this.current = null;
    turns.listeners.push((change) => this.#retold(change));
    this.list.addEventListener("focusin", (event) => {
      const item = /** @type {HTMLElement | null} */ (/** @type {HTMLElement} */ (event.target).closest("li"));
      if (item && item !== this.current) this.#select(item);
    });
  }

  /** For hands without a keyboard. */
  #markers() {
    const mark = (/** @type {"ask" | "answer" | "end"} */ what) => () => {
      const spot = this.page.place();
      if (spot) this[what](spot.turn, spot.word);
    };
    const markers = element("p.actions", { pointerdown: (/** @type {Event} */ event) => event.preventDefault() }, // what is selected stays so
      button("Question here", mark("ask"), { "data-key": "ask" }),
      button("Answer starts", mark("answer"), { "data-key": "answer" }),
      button("Answer ends", mark("end"), { "data-key": "answer-end" }));
    return markers;
  }

  /** @param {Suggestion[]} suggestions @param {string} problem */
  suggest(suggestions, problem) {
    this.suggestions = suggestions;
    this.draw();
    this.#tell(problem);
  }

  /** Show the suggestions that wait, in the order of the recording. */
  draw() {
    const own = [...this.items].filter(([, { suggestion }]) => !suggestion).map(([item]) => item);
    this.items = new Map([...this.items].filter(([item]) => own.includes(item)));
    const waiting = this.suggestions.filter((one) => one.waits).sort((a, b) => a.asked[0] - b.asked[0]);
    const made = waiting.map((one) => this.#item(new Cut(this.turns, one), one));
    this.list.replaceChildren(...own, ...made);
    if (!own.length && !made.length) this.list.append(element("li.soft", {}, this.suggestions.length ? "No suggestion waits any more." : "Nothing is suggested yet: the shelf can start it."));
    const first = /** @type {HTMLElement | null} */ (this.list.querySelector("li[tabindex]"));
    if (first) first.tabIndex = 0;
    this.current = null;
    this.page.counted(waiting.length);
  }

  /** @param {Cut} cut @param {Suggestion | null} suggestion */
  #item(cut, suggestion) {
    const item = element("li.cut", { tabindex: "-1" });
    this.items.set(item, { cut, suggestion });
    this.#fill(item);
    return item;
  }

  /** @param {HTMLElement} item */
  #fill(item) {
    const { cut, suggestion } = /** @type {{cut: Cut, suggestion: Suggestion | null}} */ (this.items.get(item));
    const asked = cut.ms("asked");
    const answered = cut.ms("answered");
    const text = cut.moved || cut.reworded || !suggestion ? cut.ranges("asked").join(" ") : suggestion.text;
    const who = answered ? this.#speakers(cut) : "";
    const length = answered ? `${who} ${Math.round((answered[1] - answered[0]) / 1000)} s` : "Nobody answered";
    item.replaceChildren(
      element("p.cut-question", { dir: "auto" }, text),
      element("p.soft", {}, `${asked ? clock(asked[0]) : ""} · ${length}${suggestion?.sure ? ` · ${suggestion.sure}` : ""}`),
    );
    if (item === this.current) item.append(...this.#controls(cut, suggestion));
  }

  /** @param {Cut} cut */
  #speakers(cut) {
    return [...new Set(cut.parts("answered").map(([turn]) => turn.speaker + (turn.guessed ? "?" : "")))].join(", ");
  }

  /** @param {Cut} cut @param {Suggestion | null} suggestion */
  #controls(cut, suggestion) {
    const edges = EDGES.map((edge) => {
      const spot = cut.spot(edge);
      const word = spot ? spot.turn.range(spot.word)?.toString() : "–";
      return element("button.quiet.edge", { type: "button", tabindex: "-1", "aria-pressed": String(edge === cut.edge), click: () => this.#edge(edge) }, EDGE_NAMES[edge], element("b", { dir: "auto" }, ` ${word ?? ""}`));
    });
    return [
      element("div.edges", {}, ...edges),
      element("p.actions", { pointerdown: (/** @type {Event} */ event) => event.preventDefault() }, // the question keeps the focus
        button("← Word", () => this.moveEdge(-1, "word"), { tabindex: "-1", "aria-label": "Move the edge a word back" }),
        button("Word →", () => this.moveEdge(1, "word"), { tabindex: "-1", "aria-label": "Move the edge a word on" }),
        keyButton("Take", "cut-take", () => this.take(), { tabindex: "-1", class: "button" }),
        keyButton("Hear", "cut-hear", () => this.hear(), { tabindex: "-1" }),
        keyButton(suggestion ? "Refuse" : "Drop", "cut-refuse", () => this.refuse(), { tabindex: "-1" }),
        keyButton("Join the next", "cut-join", () => this.join(), { tabindex: "-1" })),
      ...(suggestion?.why ?? []).map((why) => element("p.soft", {}, why)),
    ];
  }

  /** @param {HTMLElement} item */
  #select(item) {
    const before = this.current;
    this.current = item;
    if (before?.isConnected) {
      before.tabIndex = -1;
      this.#fill(before);
    }
    item.tabIndex = 0;
    this.#fill(item);
    item.scrollIntoView({ block: item.offsetHeight > this.box.clientHeight ? "start" : "nearest" });
    this.show();
    const { cut } = /** @type {{cut: Cut}} */ (this.items.get(item));
    const first = cut.spot("asked-start");
    if (first) this.page.reveal(first.turn, first.word);
  }

  /**
   * Somebody was named, or words were corrected: show the questions that this concerns as they are.
   * @param {{changed: Turn[], removed: Turn[], renamed: Turn[]}} change
   */
  #retold({ changed, removed, renamed }) {
    const named = renamed.length > 0;
    const turns = [...changed, ...removed];
    const items = [...this.items.keys()].filter((item) => named || this.items.get(item)?.cut.touches(turns));
    if (!items.length) return;
    for (const item of items) this.#fill(item);
    this.show();
    this.#tell(named ? "" : (this.told.textContent ?? ""));
  }

  get open() {
    return this.current ? (this.items.get(this.current) ?? null) : null;
  }

  /** Light the words of the cut, in the text and in the waveform. */
  show() {
    const cut = this.open?.cut;
    light("asked", cut?.ranges("asked") ?? []);
    light("answered", cut?.ranges("answered") ?? []);
    const stretches = cut ? /** @type {[number, number, string][]} */ ([["asked", "--asked"], ["answered", "--answered"]].flatMap(([what, colour]) => {
      const ms = cut.ms(/** @type {"asked" | "answered"} */ (what));
      return ms ? [[...ms, colour]] : [];
    })) : [];
    this.waveform.show(stretches);
  }

  // ---- What keys do ----

  /** Put the focus on the current question, or the next from where one reads. */
  focus() {
    (this.current ?? this.#next())?.focus();
  }

  /** The first of which something is said there or later, else the last: in three hours nobody is thrown back to the beginning. */
  #next() {
    const here = this.page.place()?.turn.start ?? 0;
    const items = /** @type {HTMLElement[]} */ ([...this.list.querySelectorAll("li[tabindex]")]);
    const left = items.find((item) => {
      const cut = this.items.get(item)?.cut;
      return ((cut?.ms("answered") ?? cut?.ms("asked"))?.[1] ?? 0) > here;
    });
    return left ?? items.at(-1);
  }

  /** @param {number} by */
  step(by) {
    const items = [...this.list.querySelectorAll("li[tabindex]")];
    /** @type {HTMLElement | undefined} */ (items[items.indexOf(/** @type {Element} */ (this.current)) + by])?.focus();
  }

  /** @param {import("./cut.js").Edge} edge */
  #edge(edge) {
    const { open } = this;
    if (!open) return;
    open.cut.edge = edge;
    this.#changed();
    this.hearEdge();
  }

  /** @param {number} by */
  chooseEdge(by) {
    const { open } = this;
    if (!open) return;
    open.cut.choose(by);
    this.#changed();
    say(EDGE_NAMES[open.cut.edge]);
    this.hearEdge();
  }

  /** @param {number} by @param {"word" | "sentence"} unit */
  moveEdge(by, unit) {
    const { open } = this;
    const spot = open?.cut.move(by, unit);
    if (!open || !spot) return say("There is nothing further.");
    this.#changed();
    this.page.reveal(spot.turn, spot.word);
    say(`${EDGE_NAMES[open.cut.edge]}: ${spot.turn.range(spot.word)?.toString() ?? ""}`);
    this.hearEdge();
  }

  #changed() {
    if (this.current) this.#fill(this.current);
    this.show();
  }

  /** Hear the sound at the chosen edge: what comes after a start, what comes before an end. */
  hearEdge() {
    const cut = this.open?.cut;
    const ms = cut?.ms(cut.edge.startsWith("asked") ? "asked" : "answered");
    if (!cut || !ms) return;
    if (cut.edge.endsWith("start")) this.sound.from(ms[0], Math.min(ms[1], ms[0] + EDGE_HEARD));
    else this.sound.from(Math.max(ms[0], ms[1] - EDGE_HEARD), ms[1]);
  }

  /** Hear question and answer, or stop. */
  hear() {
    const cut = this.open?.cut;
    if (this.sound.playing) return this.sound.pause();
    const asked = cut?.ms("asked");
    if (asked) this.sound.from(asked[0], (cut?.ms("answered") ?? asked)[1]);
  }

  /** Write the cut as a draft and go to its page. */
  async take() {
    const { open, current } = this;
    const asked = open?.cut.ms("asked");
    const answered = open?.cut.ms("answered");
    if (!open || !current || !asked) return;
    if (!answered) return this.#tell("Nobody answered this. Mark where the answer starts in the text, or refuse the question.");
    this.#tell("");
    this.sound.pause();
    const nameless = open.cut.parts("answered").map(([turn]) => turn).find(unnamed);
    if (nameless) {
      this.#tell(`${nameless.speaker} answers, and nobody has said yet who that is. Say it, then take the question again.`);
      return this.page.name(nameless);
    }
    const still = untouched();
    try {
      const { href } = await this.sending.ask("/cut", () => ({ asked, answered, joined: open.cut.joined }));
      say(still() ? "Cut. The answer's page opens." : "Cut. The draft is under “Answers”.");
      if (still()) location.assign(`${href}#question`); // where one writes first
      else this.#decided(current);
    } catch (error) {
      this.#tell(/** @type {Error} */ (error).message, current);
    }
  }

  /** Say why a suggestion is not wanted. */
  refuse() {
    const { open, current } = this;
    if (!open || !current) return;
    if (!open.suggestion) return this.drop();
    const { number } = open.suggestion;
    const dialog = /** @type {HTMLDialogElement} */ (element("dialog", { "aria-labelledby": "refuse-title" }));
    const refuse = async (/** @type {string} */ reason) => {
      dialog.close();
      const still = untouched();
      try {
        await send(`${this.base}/reject`, { number, reason });
        this.#decided(current, still());
      } catch (error) {
        this.#tell(/** @type {Error} */ (error).message, current);
      }
    };
    dialog.append(
      element("h2", { id: "refuse-title" }, "Why is it not wanted?"),
      element("ol.plain.reasons", {}, ...REASONS.map(([reason, text], n) => element("li", {}, button(`${n + 1}  ${text}`, () => refuse(reason))))),
      element("p.actions", {}, button("Cancel", () => dialog.close())));
    dialog.addEventListener("keydown", (event) => {
      const chosen = REASONS[Number(event.key) - 1];
      if (chosen && !event.ctrlKey && !event.altKey && !event.metaKey) refuse(chosen[0]);
    });
    dialog.addEventListener("close", () => dialog.remove()); // the browser gives the focus back
    document.body.append(dialog);
    dialog.showModal();
  }

  /** Give up a cut that was made here. */
  drop() {
    if (this.current && !this.open?.suggestion) this.#decided(this.current, true);
  }

  /** @param {HTMLElement} item @param {boolean} [goesOn] to the next one; whoever is elsewhere by now stays there */
  #decided(item, goesOn = item.contains(document.activeElement)) {
    if (!this.items.has(item)) return; // decided twice
    const items = [...this.list.querySelectorAll("li[tabindex]")];
    const next = /** @type {HTMLElement | undefined} */ (items[items.indexOf(item) + 1] ?? items[items.indexOf(item) - 1]);
    const known = this.items.get(item);
    if (known?.suggestion) known.suggestion.waits = false;
    this.items.delete(item);
    item.remove();
    const current = this.current === item;
    if (current) this.current = null;
    this.show();
    this.page.counted(this.suggestions.filter((one) => one.waits).length);
    if (!goesOn || !current) return;
    if (next) next.focus();
    else this.page.leave();
  }

  /** Let the answer go on through the next suggestion: a follow-up. */
  join() {
    const { open, current } = this;
    if (!open || !current) return;
    const end = open.cut.ms("answered")?.[1] ?? open.cut.ms("asked")?.[1] ?? 0;
    const next = this.suggestions.filter((one) => one.asked[0] >= end - 500 && one.number !== open.suggestion?.number).sort((a, b) => a.asked[0] - b.asked[0])[0];
    const until = next?.answered?.[1] ?? next?.asked[1];
    const spot = until === undefined ? null : this.turns.at(until - 1);
    if (!next || !spot) return say("No question follows.");
    if (!open.cut.spot("answered-start")) return this.#tell("Mark the answer first.");
    open.cut.put("answered-end", spot);
    open.cut.joined.push(next.number);
    this.#changed();
    say(`Goes on through “${next.text}”`);
  }

  // ---- Cuts from nothing ----

  /** What is selected in the text, else the place. @param {Turn} turn @param {number} word */
  #selected(turn, word) {
    const selection = getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return { first: { turn, word }, last: null };
    const range = selection.getRangeAt(0);
    const from = this.turns.of(range.startContainer);
    const to = this.turns.of(range.endContainer);
    if (!from || !to) return { first: { turn, word }, last: null };
    const end = Math.max(0, wordAt(to.bounds, Math.max(0, range.endOffset - 1)));
    return { first: { turn: from, word: wordAt(from.bounds, range.startOffset) }, last: { turn: to, word: end } };
  }

  /** The question is here. @param {Turn} turn @param {number} word */
  ask(turn, word) {
    const { first, last } = this.#selected(turn, word);
    const cut = newCut(this.turns, first, last);
    const item = this.#item(cut, null);
    this.list.prepend(item);
    item.focus();
    say(cut.ms("answered") ? `Question marked; ${this.#speakers(cut)} answers. Enter takes it.` : "Question marked. Go to the answer and mark where it starts.");
  }

  /** The answer starts, or is selected, here. @param {Turn} turn @param {number} word */
  answer(turn, word) {
    const cut = this.open?.cut;
    if (!cut) return say("Mark the question first.");
    const { first, last } = this.#selected(turn, word);
    cut.put("answered-start", last ? first : { turn: first.turn, word: sentenceStart(first) });
    const end = cut.spot("answered-end");
    if (last || !end || this.turns.indexOf(end.turn) < this.turns.indexOf(turn)) cut.put("answered-end", last ?? { turn, word: turn.bounds.length - 1 });
    cut.edge = "answered-end";
    this.#back();
  }

  /** The answer ends here. @param {Turn} turn @param {number} word */
  end(turn, word) {
    const cut = this.open?.cut;
    if (!cut?.spot("answered-start")) return say("Mark the question first.");
    const starts = turn.sentences;
    const next = starts.find((n) => n > word);
    cut.put("answered-end", { turn, word: (next ?? turn.bounds.length) - 1 });
    this.#back();
  }

  #back() {
    this.#changed();
    this.current?.focus();
  }

  /** Say what is wrong, at the question that it is about. @param {string} problem @param {HTMLElement | null} [at] */
  #tell(problem, at = this.current) {
    if (problem && at?.isConnected) at.prepend(this.told);
    else this.list.before(this.told);
    this.told.hidden = !problem;
    this.told.textContent = problem;
    if (problem) this.told.scrollIntoView({ block: "nearest" });
  }
}

/** @param {import("./cut.js").Spot} spot */
function sentenceStart({ turn, word }) {
  return turn.sentences.findLast((n) => n <= word) ?? 0;
}
