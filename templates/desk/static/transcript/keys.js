// @ts-check
// The transcript's shortcuts. Keys with Alt or Ctrl also work while one writes; single
// keys only while one reads, and only when a turn has the focus.

import { untouched } from "../page.js";

/** @typedef {import("./turns.js").Turn} Turn */

/**
 * @param {{turns: import("./turns.js").Turns, walking: import("./walking.js").Walking, writing: import("./writing.js").Writing, sending: import("./sending.js").Sending, speakers: import("./speakers.js").Speakers, sound: import("./sound.js").Sound, player: import("./player.js").Player, panels: import("./panels.js").Panels, cutting: import("./cutting.js").Cutting, finding: import("./finding.js").Finding, unsure: import("./unsure.js").Unsure, go: (turn: Turn, word: number) => void, undo: (kind: "undo" | "redo") => void}} desk
 * @returns {import("../keys.js").Shortcut[]}
 */
export function keys({ turns, walking, writing, sending, speakers, sound, player, panels, cutting, finding, unsure, go, undo }) {
  /** Do something with the turn that has the focus. @param {(turn: Turn, event: KeyboardEvent) => unknown} act */
  const reading = (act) => (/** @type {KeyboardEvent} */ event) => {
    const turn = turns.of(event.target);
    if (!turn || turn !== walking.turn || writing.turn) return false;
    return act(turn, event);
  };
  /** Do something with the turn where one is. @param {(turn: Turn) => unknown} act */
  const here = (act) => () => (walking.turn ? act(walking.turn) : false);
  const write = (/** @type {Turn} */ turn) => writing.begin(turn, turn.bounds[walking.word]?.[0] ?? 0);
  const stop = () => {
    if (!writing.turn) return false;
    writing.end();
    return true;
  };
  const ask = (/** @type {Turn} */ turn) => {
    panels.open("cuts");
    cutting.ask(turn, walking.word);
  };
  return [
    { id: "play", keys: "Ctrl+Space", label: "Play or pause", run: () => sound.toggle() },
    { id: "play-here", keys: "Ctrl+Enter", label: "Play from here", run: () => sound.from(walking.ms) },
    { id: "back", keys: "Alt+J", repeats: true, label: "Back 3 seconds", run: () => sound.skip(-3) },
    { id: "forward", keys: "Alt+L", repeats: true, label: "Forward 3 seconds", run: () => sound.skip(3) },
    { id: "slower", keys: "Alt+,", repeats: true, label: "Slower", run: () => player.stepSpeed(-1) },
    { id: "faster", keys: "Alt+.", repeats: true, label: "Faster", run: () => player.stepSpeed(1) },
    { id: "undo", keys: "Mod+Z", repeats: true, label: "Take back what you did last", run: () => undo("undo") },
    { id: "redo", keys: "Mod+Shift+Z", repeats: true, label: "Do it again", run: () => undo("redo") },
    { id: "save", keys: "Mod+S", label: "Save now (it is saved as you type)", run: () => void sending.now().then(() => sending.ask("/save", () => ({}))) },
    { id: "name", keys: "Alt+S", label: "Say who speaks", run: here((turn) => speakers.ask(turn)) },
    { id: "confirm", keys: "Alt+C", label: "Confirm the name of this voice", run: here((turn) => void speakers.confirm(turn)) },
    { id: "unnamed", keys: "Alt+N", label: "Next speaker to confirm", run: () => void speakers.nextUnnamed(walking.turn) },
    { id: "cuts", keys: "Alt+G", label: "Go to the questions", run: () => {
      panels.open("cuts");
      cutting.focus();
    } },
    { id: "ask", keys: "Alt+Q", label: "The question is here, or what is selected", run: here((turn) => ask(turn)) },
    { id: "answer", keys: "Alt+A", label: "The answer starts here, or is what is selected", run: here((turn) => cutting.answer(turn, walking.word)) },
    { id: "answer-end", keys: "Alt+E", label: "The answer ends here", run: here((turn) => cutting.end(turn, walking.word)) },
    { id: "unsure", keys: "Alt+U", label: "Next place to hear again", run: () => unsure.next() },
    { id: "take-offer", keys: "Alt+Enter", label: "Write the glossary's word that is offered", run: () => unsure.takeOffer() },
    { id: "find", keys: "Mod+Shift+F", label: "Find and replace", run: () => {
      if (panels.isOpen("find")) finding.focus();
      else panels.open("find");
    } },
    { id: "versions", keys: "Alt+V", label: "Versions", run: () => panels.toggle("versions") },
    { id: "stop-writing", keys: "Escape", label: "Stop writing, read on", typing: true, run: stop },
    { id: "write", keys: "Enter", label: "Write here", run: reading(write) },
    { id: "read-play", keys: "Space", label: "Play from this word, or pause", run: reading(() => (sound.playing ? sound.pause() : sound.from(walking.ms))) },
    { id: "read-up", keys: "ArrowUp", repeats: true, label: "Turn before", run: reading(() => walking.turnBy(-1)) },
    { id: "read-down", keys: "ArrowDown", repeats: true, label: "Next turn", run: reading(() => walking.turnBy(1)) },
    { id: "read-left", keys: "ArrowLeft", repeats: true, label: "Word before", run: reading(() => walking.wordBy(-1)) },
    { id: "read-right", keys: "ArrowRight", repeats: true, label: "Next word", run: reading(() => walking.wordBy(1)) },
    { id: "read-sentence-left", keys: "Ctrl+ArrowLeft", repeats: true, label: "Sentence before", typing: false, run: reading(() => walking.sentenceBy(-1)) },
    { id: "read-sentence-right", keys: "Ctrl+ArrowRight", repeats: true, label: "Next sentence", typing: false, run: reading(() => walking.sentenceBy(1)) },
    { id: "read-join", keys: "Backspace", label: "Join this turn to the one before", run: reading((turn) => writing.join(turn)) },
    { id: "read-split", keys: "Shift+Enter", label: "Split the turn before this word", run: reading((turn) => writing.split(turn, turn.bounds[walking.word]?.[0] ?? 0)) },
    { id: "read-confirm", keys: "C", label: "Confirm the name of this voice, go to the next", run: reading(async (turn) => {
      const still = untouched();
      if ((await speakers.confirm(turn)) !== false && speakers.left && still()) speakers.nextUnnamed(turn);
    }) },
    { id: "read-name", keys: "S", label: "Say who speaks", run: reading((turn) => speakers.ask(turn)) },
    { id: "read-ask", keys: "Q", label: "The question is here", run: reading(ask) },
    { id: "read-answer", keys: "A", label: "The answer starts here", run: reading((turn) => cutting.answer(turn, walking.word)) },
    { id: "read-end", keys: "E", label: "The answer ends here", run: reading((turn) => cutting.end(turn, walking.word)) },
    { id: "read-unsure", keys: "U", label: "Next place to hear again", run: reading(() => unsure.next()) },
  ];
}

/**
 * Keys of the list of questions.
 * @param {import("./cutting.js").Cutting} cutting @returns {import("../keys.js").Shortcut[]}
 */
export function cutKeys(cutting) {
  const inside = (/** @type {() => unknown} */ act) => (/** @type {KeyboardEvent} */ event) => {
    if (!(event.target instanceof Element) || !event.target.closest(".cuts")) return false;
    return act();
  };
  return [
    { id: "cut-take", keys: "Enter", label: "Take question and answer", run: inside(() => void cutting.take()) },
    { id: "cut-hear", keys: "Space", label: "Hear both, or pause", run: inside(() => cutting.hear()) },
    { id: "cut-refuse", keys: "R", label: "Refuse it, or drop your own", run: inside(() => cutting.refuse()) },
    { id: "cut-join", keys: "J", label: "Let the answer go on through the next question", run: inside(() => cutting.join()) },
    { id: "cut-down", keys: "ArrowDown", repeats: true, label: "Next question", run: inside(() => cutting.step(1)) },
    { id: "cut-up", keys: "ArrowUp", repeats: true, label: "Question before", run: inside(() => cutting.step(-1)) },
    { id: "cut-edge-on", keys: "Shift+ArrowDown", repeats: true, label: "Next edge", run: inside(() => cutting.chooseEdge(1)) },
    { id: "cut-edge-back", keys: "Shift+ArrowUp", repeats: true, label: "Edge before", run: inside(() => cutting.chooseEdge(-1)) },
    { id: "cut-word-on", keys: "Shift+ArrowRight", repeats: true, label: "Move the edge a word on", run: inside(() => cutting.moveEdge(1, "word")) },
    { id: "cut-word-back", keys: "Shift+ArrowLeft", repeats: true, label: "Move the edge a word back", run: inside(() => cutting.moveEdge(-1, "word")) },
    { id: "cut-sentence-on", keys: "Ctrl+Shift+ArrowRight", repeats: true, label: "Move the edge a sentence on", run: inside(() => cutting.moveEdge(1, "sentence")) },
    { id: "cut-sentence-back", keys: "Ctrl+Shift+ArrowLeft", repeats: true, label: "Move the edge a sentence back", run: inside(() => cutting.moveEdge(-1, "sentence")) },
  ];
}
