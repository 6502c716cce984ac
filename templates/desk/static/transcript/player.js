// @ts-check
// The bar at the top: play, speed, where one is, what is saved, who else is here.

import { say } from "../page.js";
import { keep, recall } from "../store.js";
import { button, element } from "./elements.js";
import { Sound, SPEEDS } from "./sound.js";
import { clock } from "./words.js";

const KEPT = "pullquote.playing";

export class Player {
  /** @param {HTMLElement} bar @param {(ms: number, playing: boolean) => void} moved */
  constructor(bar, moved) {
    this.bar = bar;
    const audio = /** @type {HTMLAudioElement | null} */ (bar.querySelector("audio"));
    audio?.removeAttribute("controls");
    this.sound = new Sound(audio, moved);
    const { sound } = this;
    this.playing = false;
    /** What is wrong with transcript.md. @type {string | null} */
    this.fileProblem = null;
    this.play = button("Play", () => sound.toggle(), { "data-key": "play", class: "play" });
    this.clock = element("output.clock", { for: "sound" }, "0:00");
    this.speed = /** @type {HTMLSelectElement} */ (element("select", { id: "speed", change: () => sound.setSpeed(Number(this.speed.value)) }, ...SPEEDS.map((one) => element("option", { value: String(one), selected: one === sound.speed }, `${one}×`))));
    this.state = element("span.saved", { role: "status" }, "Saved");
    this.others = element("span.others");
    this.note = element("p.problem", { hidden: true });
    this.times = element("p.problem", { hidden: true });
    this.refusals = element("div");
    const kept = recall(KEPT) ?? {};
    this.choices = {
      follow: this.#choice("follow", "Follow the sound", kept.follow ?? true),
      click: this.#choice("click", "A click plays", kept.click ?? true),
      pause: this.#choice("pause", "Typing pauses", kept.pause ?? true),
    };
    this.tools = element("div.tools");
    const more = element("details.more", {}, element("summary", {}, "Settings"), ...Object.values(this.choices).map((one) => one.label));
    const heard = audio
      ? [this.play, button("−3 s", () => sound.skip(-3), { "data-key": "back", "aria-label": "Back 3 seconds" }), button("+3 s", () => sound.skip(3), { "data-key": "forward", "aria-label": "Forward 3 seconds" }), this.clock, element("label.hidden-eyes", { for: "speed" }, "Speed"), this.speed]
      : [];
    bar.append(element("div.controls", {}, ...heard, this.tools, more, element("span.state", {}, this.others, this.state)));
    bar.before(this.note, this.times, this.refusals); // not in the bar, which stays in view
    audio?.addEventListener("durationchange", () => this.#measured());
    audio?.addEventListener("error", () => {
      this.soundProblem = "The sound cannot be played: it is missing, or still being made. The text can be edited.";
      this.#showTimes();
    });
  }

  /** @param {string} name @param {string} text @param {boolean} checked */
  #choice(name, text, checked) {
    const box = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox", id: `choice-${name}`, checked, change: () => {
      const kept = Object.fromEntries(Object.entries(this.choices).map(([key, one]) => [key, one.box.checked]));
      keep(KEPT, kept);
    } }));
    return { box, label: element("label.choice", { for: `choice-${name}` }, box, text) };
  }

  get follows() {
    return this.choices.follow.box.checked;
  }

  get playsClicks() {
    return this.choices.click.box.checked;
  }

  get pausesForTyping() {
    return this.choices.pause.box.checked;
  }

  /** @param {HTMLElement} waveform */
  addWaveform(waveform) {
    if (this.sound.audio) this.bar.prepend(waveform);
  }

  /** @param {{undo: (kind: "undo" | "redo") => void, unnamed: () => void}} act */
  act({ undo, unnamed }) {
    this.names = button("Names", unnamed, { title: "Go to the next speaker to confirm", "data-key": "unnamed" });
    this.tools.append(button("Undo", () => undo("undo"), { "data-key": "undo" }), button("Redo", () => undo("redo"), { "data-key": "redo" }), this.names);
  }

  /** How many voices nobody has confirmed. @param {number} left */
  toName(left) {
    if (!this.names) return;
    this.names.hidden = !left;
    /** @type {Text} */ (this.names.firstChild).data = `Names ${left}`;
  }

  /** @param {number} ms @param {boolean} playing */
  tick(ms, playing) {
    const text = clock(ms);
    if (this.clock.textContent !== text) this.clock.textContent = text;
    if (this.playing === playing) return;
    this.playing = playing;
    const first = /** @type {Text} */ (this.play.firstChild);
    first.data = playing ? "Pause" : "Play";
  }

  /** @param {number} by */
  stepSpeed(by) {
    this.speed.value = String(this.sound.stepSpeed(by));
    say(`Speed ${this.speed.value}`);
  }

  /** What became of what was typed here. @param {string} state @param {string} [problem] */
  saved(state, problem) {
    if (state === "typing") this.state.textContent = "Saving …";
    else if (state === "sent") {
      this.state.textContent = "Saved";
      this.#show(this.note, this.fileProblem ?? "");
    } else {
      this.state.textContent = "Not saved";
      this.#show(this.note, problem ?? "");
    }
  }

  /** Something was refused: its words stay in sight until they are put away. @param {string} problem @param {string} text */
  refused(problem, text) {
    const note = element("div.problem", { role: "alert" },
      element("p", {}, problem),
      text ? element("p", { dir: "auto" }, `You had written: ${text}`) : "",
      button("Put this away", () => note.remove()));
    this.refusals.append(note);
  }

  /** Whether transcript.md could be written. @param {string | null} problem */
  written(problem) {
    this.fileProblem = problem;
    this.#show(this.note, problem ?? "");
  }

  /** What is wrong with the times of words. @param {string | null} problem */
  timesProblem(problem) {
    this.wordsProblem = problem ?? "";
    this.#showTimes();
  }

  #showTimes() {
    this.#show(this.times, [this.wordsProblem, this.soundProblem].filter(Boolean).join(" "));
  }

  /** @param {HTMLElement} place @param {string} text */
  #show(place, text) {
    if (place.textContent !== text) place.textContent = text;
    place.hidden = !text;
  }

  /** Length of the recording whose words were heard, ms. @param {number} ms */
  set duration(ms) {
    this.heard = ms;
    this.#measured();
  }

  /** Compare the sound's length with that of the words. */
  #measured() {
    const ms = (this.sound.audio?.duration ?? Number.NaN) * 1000;
    const wanted = this.heard ?? 0;
    if (!wanted || !Number.isFinite(ms) || Math.abs(ms - wanted) <= 2000) return;
    const longer = ms > wanted ? "longer" : "shorter";
    this.soundProblem = `The sound is ${Math.round(Math.abs(ms - wanted) / 1000)} s ${longer} than the recording whose words were heard: it was cut or made again. Times may be wrong until it is transcribed again.`;
    this.#showTimes();
  }

  /** @param {string[]} names */
  people(names) {
    const unique = [...new Set(names)];
    this.others.textContent = unique.length ? `Also here: ${unique.join(", ")}` : "";
  }
}
