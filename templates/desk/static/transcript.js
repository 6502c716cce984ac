// @ts-check
// The transcript's page: puts its parts together. Each part is a module beside it.

import { register } from "./keys.js";
import { say, send, untouched } from "./page.js";
import { keep, recall } from "./store.js";
import { Cutting } from "./transcript/cutting.js";
import { Clashes } from "./transcript/clashes.js";
import { Finding } from "./transcript/finding.js";
import { Heads } from "./transcript/heads.js";
import { cutKeys, keys } from "./transcript/keys.js";
import { light, mark } from "./transcript/light.js";
import { Live } from "./transcript/live.js";
import { Panels } from "./transcript/panels.js";
import { Player } from "./transcript/player.js";
import { Sending } from "./transcript/sending.js";
import { Speakers } from "./transcript/speakers.js";
import { Turns } from "./transcript/turns.js";
import { Unsure } from "./transcript/unsure.js";
import { Versions } from "./transcript/versions.js";
import { Walking } from "./transcript/walking.js";
import { Waveform } from "./transcript/waveform.js";
import { wordAt } from "./transcript/words.js";
import { placeAt, Writing } from "./transcript/writing.js";

/** @typedef {import("./transcript/turns.js").Turn} Turn */

const page = /** @type {HTMLElement} */ (document.querySelector("#transcript-page"));
const { slug = "", me = "", revision = "0" } = page.dataset;
const base = `/episodes/${slug}`;
/** Without suggestions, or places of doubt, one can work: what is wrong with a file is said. @param {string} path */
const maybe = (path) => send(base + path).catch((error) => ({ problem: error.message }));
/** Asked for at once and together: the times of all words, suggestions, places of doubt. */
const ask = () => Promise.all([send(`${base}/state`), maybe("/suggestions"), maybe("/doubts")]);
let asked = ask();
const turns = new Turns(/** @type {HTMLElement} */ (page.querySelector("#turns")), Number(revision));
let newest = Number(revision);
let log = "";

const sending = new Sending(base, turns, (state, problem) => player.saved(state, problem), (problem, text) => {
  player.refused(problem, text);
  reload();
}, async () => (await send(`${base}/state`)).log !== log);
const walking = new Walking(turns);
const player = new Player(/** @type {HTMLElement} */ (page.querySelector("#player")), moved);
const { sound } = player;
const waveform = new Waveform((ms) => {
  sound.seek(ms);
  waveform.at(ms);
});
player.addWaveform(waveform.box);
const writing = new Writing(turns, walking, sending, {
  typing: () => player.pausesForTyping && sound.holdForTyping(),
  wrote: (turn) => live.edits(turn?.id ?? null),
});
const speakers = new Speakers(turns, sending, (turn) => go(turn, 0));
const heads = new Heads(turns, { name: (turn) => speakers.ask(turn), hear: (turn) => sound.from(turn.begins) });
/** Names of accounts, as far as they were told. @type {Map<string, string>} */
const names = new Map([["disk", "another program"], [me, "You"]]);
const clashes = new Clashes(turns, sending, (by) => names.get(by) ?? by);
turns.listeners.push(({ added, removed, renamed }) => {
  if (added.length || removed.length || renamed.length) player.toName(speakers.left);
});
const live = new Live(base, () => newest, {
  changed: take,
  here: showPeople,
  saved: ({ problem }) => player.written(problem),
  lost: () => player.written("The desk cannot be reached, or you are signed out. What you type is kept here."),
});

let last = walking.turn;
walking.listeners.push((turn) => {
  if (turn !== last) heads.moved(last, turn);
  last = turn;
});

/** What the server tells. @param {any} told */
function take(told) {
  if (told.log && log && told.log !== log) return location.reload(); // begun anew: what is unsent is kept for the new page
  log = told.log ?? log;
  newest = Math.max(newest, told.revision);
  if (told.page) sending.wake(); // the server is there, again
  turns.apply(told);
  if (told.clashes) clashes.show(told.clashes);
  if ("problem" in told) player.written(told.problem);
  if ("words_problem" in told) player.timesProblem(told.words_problem);
  if (told.log_problem) player.refused(told.log_problem, "");
  if (told.by === "disk") say("Another program changed transcript.md: the text here is the new one.");
}

/** @param {{page: string, id: string, name: string, turn: string | null}[]} pages @param {string} own */
function showPeople(pages, own) {
  /** @type {Map<string, string[]>} */
  const editing = new Map();
  for (const one of pages) {
    if (one.id !== me) names.set(one.id, one.name);
    if (one.page === own) continue;
    const name = one.id === me ? "You, in another tab," : one.name;
    if (one.turn) editing.set(one.turn, [...(editing.get(one.turn) ?? []), name]);
  }
  heads.show(editing);
  player.people(pages.filter((one) => one.page !== own).map((one) => (one.id === me ? "you in another tab" : one.name)));
}

// ---- Beside the text ----

const panels = new Panels(/** @type {HTMLElement} */ (page.querySelector("#panels")), leavePanel);
const cutting = new Cutting(base, turns, sending, sound, waveform, {
  reveal: (turn, word) => walking.reveal(turn, word),
  leave: leavePanel,
  name: (turn) => speakers.ask(turn),
  place: () => walking.turn && { turn: walking.turn, word: walking.word },
  counted: (waiting) => panels.relabel("cuts", waiting ? `Questions ${waiting}` : "Questions"),
});
const finding = new Finding(base, slug, sending, (id, at, length) => {
  const turn = turns.byId.get(id);
  if (!turn) return;
  go(turn, wordAt(turn.bounds, at));
  light("found", [turn.range(wordAt(turn.bounds, at), wordAt(turn.bounds, at + length - 1))], 1);
});
const history = new Versions(base, sending);
const unsure = new Unsure(turns, writing, { go, hear: (from, to) => sound.from(from, to), place: () => walking.turn && { turn: walking.turn, word: walking.word } });
panels.add({ id: "cuts", label: "Questions", box: cutting.box, key: "cuts" });
panels.add({ id: "find", label: "Find", title: "Find and replace", box: finding.box, key: "find", opened: () => finding.focus() });
panels.add({ id: "versions", label: "Versions", box: history.box, key: "versions", opened: () => void history.load().catch((error) => say(error.message)) });
panels.add({ id: "unsure", label: "Unsure", title: "Places to hear again", box: unsure.box, key: "unsure", opened: () => unsure.count() });

/** Back to the text. */
function leavePanel() {
  if (walking.turn) go(walking.turn, walking.word);
}

// ---- The word being spoken ----

/** @type {Turn | null} */
let spokenTurn = null;
let spokenWord = -1;

/** @param {number} ms @param {boolean} playing */
function moved(ms, playing) {
  player.tick(ms, playing);
  waveform.at(ms);
  const now = turns.at(ms);
  if (!now || (now.turn === spokenTurn && now.word === spokenWord)) return;
  light("spoken", [now.turn.range(now.word)], 2);
  spokenWord = now.word;
  if (now.turn === spokenTurn) return;
  spokenTurn = now.turn;
  mark("spoken-turn", now.turn.element);
  if (playing && player.follows && !writing.turn) walking.reveal(now.turn, now.word);
}

/** Go to a word, writing on if one writes. @param {Turn} turn @param {number} word */
function go(turn, word) {
  if (writing.turn) writing.begin(turn, turn.bounds[word]?.[0] ?? 0);
  else walking.go(turn, word);
}

// ---- The mouse: a click on a word is heard and can be corrected; a drag selects ----

turns.box.addEventListener("pointerdown", (event) => {
  const turn = turns.of(event.target);
  // text is selected over several turns only where nobody writes
  if (event.button === 0 && turn && turn === writing.turn) writing.end();
});
turns.box.addEventListener("click", (event) => {
  const turn = turns.of(event.target);
  if (!turn || event.button || event.detail > 1 || !getSelection()?.isCollapsed) return;
  const place = placeAt(event.clientX, event.clientY);
  const offset = place && turn.element.contains(place.node) ? place.offset : 0;
  const word = wordAt(turn.bounds, offset);
  writing.begin(turn, offset);
  if (player.playsClicks && turn.times.starts.length) sound.from(turn.times.starts[Math.max(0, word)]);
});

// ---- Start ----

player.act({ undo, unnamed: () => void speakers.nextUnnamed(walking.turn) });
register("Questions", cutKeys(cutting));
register("Transcript", keys({ turns, walking, writing, sending, speakers, sound, player, panels, cutting, finding, unsure, go, undo }));

/** Take back what this person did last, or do it again. @param {"undo" | "redo"} kind */
async function undo(kind) {
  const still = untouched();
  try {
    const answer = await sending.ask("/undo", () => ({ kind }));
    const first = turns.byId.get(answer.turns[0]?.id);
    if (answer.blocked) say("This was changed by somebody else, or redacted, since and stays. What came before can be taken back.");
    else if (!answer.done) say(kind === "undo" ? "There is nothing to take back." : "There is nothing to do again.");
    else {
      const stays = answer.stays ? `, but for ${answer.stays} ${answer.stays === 1 ? "turn" : "turns"} that somebody else changed, or that were redacted, since` : "";
      say(`${kind === "undo" ? "Taken back" : "Done again"}${stays}.`);
    }
    if (first && still()) go(first, writing.turn === first ? walking.word : 0);
  } catch (error) {
    say(/** @type {Error} */ (error).message);
  }
}

async function load() {
  const [told, cuts, doubts] = await asked;
  waveform.duration = player.duration = told.duration ?? 0;
  take(told);
  await sending.adopt((kept) => writing.again(kept));
  player.toName(speakers.left);
  cutting.suggest(cuts.suggestions ?? [], cuts.problem ?? "");
  unsure.take(doubts.offers ?? [], doubts.doubts ?? []);
}

/** Show what the server has. */
function reload() {
  asked = ask();
  load().catch((error) => say(error.message));
}

const PLACE = `pullquote.place.${slug}`;
addEventListener("pagehide", () => keep(PLACE, Math.round(walking.ms)));

/** Where a link leads (?at=MS to a word, ?show=names or ?show=suggestions), else where one was. */
function arrive() {
  const wanted = new URLSearchParams(location.search);
  const found = wanted.has("at") ? turns.at(Number(wanted.get("at"))) : null;
  const left = wanted.size ? null : turns.at(Number(recall(PLACE)));
  if (found) go(found.turn, found.word);
  else if (left && left.turn !== turns.order[0]) {
    walking.go(left.turn, left.word, { focus: false });
    sound.seek(walking.ms);
  }
  if (wanted.get("show") === "names") speakers.nextUnnamed(null);
  if (wanted.get("show") === "suggestions") {
    panels.open("cuts");
    cutting.focus();
  }
}

await load();
if (matchMedia("(min-width: 62rem)").matches) panels.open("cuts");
arrive();
performance.mark("usable");
document.documentElement.dataset.ready = "";
waveform.load(`${base}/peaks`).catch(() => {});
