// @ts-check
// The reviewer's page: each sentence can be heard, and keys for the decisions. Everything
// works without this file.
import { hearable, silent } from "./clip.js";
import { Kept } from "./kept.js";
import { register } from "./keys.js";
import { press, say } from "./page.js";
import "./round.js";

const answer = /** @type {HTMLAudioElement | null} */ (document.querySelector("#answered"));
const asked = /** @type {HTMLAudioElement | null} */ (document.querySelector("#asked"));
const form = /** @type {HTMLFormElement | null} */ (document.querySelector("#decide"));
let limit = Infinity;

// a note that was written while the session ended, or the desk did, is there again, also by a newer link
const note = /** @type {HTMLTextAreaElement | null} */ (document.querySelector("#note"));
const kept = new Kept(form?.dataset.of ?? "");
if (note?.value) kept.keep(note.value); // it was refused just now, and stands here only
note?.addEventListener("input", () => kept.keep(note.value));
for (const { key, fields } of note ? await kept.left() : []) {
  if (note && fields.trim() !== form?.dataset.reply && !note.value.includes(fields.trim()))
    kept.keep((note.value = [note.value, fields].filter(Boolean).join("\n")));
  kept.forget(key);
}

// Enter at a tick presses a button that decides nothing; where a browser tells of no button, the desk refuses it
form?.addEventListener("submit", (event) => {
  const pressed = /** @type {HTMLButtonElement | null} */ (event.submitter);
  if (pressed && !pressed.value) event.preventDefault();
  if (pressed?.value === "approve" && nextTick()) { // the desk would say so too, at the top of the page
    event.preventDefault();
    say("Not signed: this change of meaning has no tick.");
  }
});

/** @param {number} from @param {number} to in seconds of the clip */
function hear(from, to) {
  if (!answer) return;
  limit = to;
  answer.currentTime = from;
  answer.play().catch(silent);
}

answer?.addEventListener("timeupdate", () => {
  if (answer.currentTime >= limit) answer.pause();
});
answer?.addEventListener("pause", () => { limit = Infinity; }); // what is heard next is not that sentence

const start = Number(answer?.dataset.start ?? 0);
if (answer) hearable(document, (from, to) => hear((from - start) / 1000, (to - start) / 1000 + 0.15));

/** @param {HTMLAudioElement | null} one */
function toggle(one) {
  if (!one) return false;
  limit = Infinity;
  if (one.paused) one.play().catch(silent);
  else one.pause();
  return true;
}

/** Go to the next change of meaning without a tick; Space ticks it. */
function nextTick() {
  const open = /** @type {HTMLInputElement | null} */ (document.querySelector("input[name=tick]:not(:checked)"));
  open?.focus();
  open?.closest("li")?.scrollIntoView({ block: "center" });
  return Boolean(open);
}

register("Review", [
  { id: "review-question", keys: "Q", label: "Hear the question, or stop", run: () => toggle(asked) },
  { id: "review-answer", keys: "A", label: "Hear the answer, or stop", run: () => toggle(answer) },
  { id: "next-tick", keys: "T", label: "Go to the next change without a tick", run: nextTick },
  { id: "approve", keys: "Alt+S", label: "Approve: sign it as it is", run: () => press('button[value="approve"]', form) },
  { id: "ask-change", keys: "Alt+C", label: "Ask for a change", run: () => press('button[value="change"]', form) },
]);
document.documentElement.dataset.ready = "";
