// @ts-check
// The answer editor: saves as one types, brings in what others changed, shows the page as
// readers will see it, plays the clips. The server decides everything; without this file
// the form is sent by its button.
import { mark, register } from "./keys.js";
import { annotate } from "./beneath.js";
import { detailKeys, press, Refused, say, send, sendForm } from "./page.js";
import { hearable, milliseconds, player, silent } from "./clip.js";
import { Kept } from "./kept.js";
import { arrive, refresh } from "./preview.js";
import { movedPlace } from "./transcript/words.js";

const PAUSE = 350; // ms after the last key
const LONGEST = 800; // ms after the first
const LATER = 2000; // ms until a save that failed is tried again
const PATIENCE = 15000; // ms until a network that swallows everything counts as gone
const NEWS = 3000; // ms between two looks at the file

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("#editor"));
const frame = /** @type {HTMLIFrameElement | null} */ (document.querySelector("#preview"));
const notes = /** @type {HTMLElement} */ (document.querySelector("#notes"));
const saved = document.querySelector("#saved");
const others = /** @type {HTMLElement | null} */ (document.querySelector("#others"));
const toggle = /** @type {HTMLButtonElement | null} */ (document.querySelector("#beneath"));
const here = location.pathname;
const id = /** @type {HTMLInputElement | null} */ (form?.elements.namedItem("id"))?.value ?? "";
const kept = new Kept(id || here); // of another answer that was here before nothing comes back into this one

let sentences = form ? JSON.parse(form.dataset.sentences ?? "[]") : [];
let dirty = false;
let stopped = false; // a conflict waits for a person
let composing = false; // a word is being put together: it is saved whole, and others' words come in after that
/** @type {string[]} */
const unheard = []; // forms that were sent and not answered
let held = false; // the server refused a field: waits for the next key
let first = 0;
let again = PAUSE;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
/** @type {Promise<void> | null} */
let sending = null;

for (const one of document.querySelectorAll(".script")) one.removeAttribute("hidden");

/** @returns {URLSearchParams} */
function fields() {
  const made = new URLSearchParams();
  for (const [key, value] of new FormData(/** @type {HTMLFormElement} */ (form)))
    if (key !== "csrf" && key !== "id") made.append(key, String(value));
  return made;
}

/** What somebody wrote, without what the form was made from. @param {URLSearchParams} given */
function written(given) {
  const made = new URLSearchParams(given);
  made.delete("was");
  return made.toString();
}

/** What the form was made from. */
function was() {
  return /** @type {HTMLInputElement} */ (form?.elements.namedItem("was"));
}

/** @param {string} text */
function tell(text) {
  if (saved) saved.textContent = text;
}

// ---- Saving ----

function changed() {
  dirty = true;
  held = false;
  kept.keep(fields().toString());
  if (stopped) return; // what it says and offers stays until somebody has chosen
  tell("…");
  clearTimeout(timer);
  const now = performance.now();
  first ||= now;
  timer = setTimeout(save, Math.max(0, Math.min(PAUSE, first + LONGEST - now)));
}

async function save() {
  clearTimeout(timer);
  if (sending) return sending;
  if (!form || !dirty || stopped || composing) return;
  sending = saveNow();
  await sending;
  sending = null;
  if (dirty && !stopped) timer = setTimeout(save, again);
}

async function saveNow() {
  const sent = fields();
  const whole = new URLSearchParams(sent);
  whole.set("id", id);
  // what was sent before and perhaps arrived, though nobody said so
  for (const one of new Set([unheard[0], unheard.at(-1)])) if (one) whole.append("sent", one);
  unheard.push(written(sent));
  dirty = false;
  first = 0;
  again = PAUSE;
  try {
    const told = await sendForm(here, whole, { signal: AbortSignal.timeout(PATIENCE) });
    unheard.length = 0;
    const typedOn = composing || written(fields()) !== written(sent);
    if (told.theirs.length && typedOn) {
      was().value = written(sent); // what others wrote comes in with the next save
      dirty = true;
    } else {
      known(told);
      if (told.theirs.length) {
        fill(told.draft);
        say(`Saved, together with what somebody else changed: ${told.theirs.join(", ")}.`);
      }
    }
    if (!typedOn) kept.forget();
    tell(`Saved ${new Date().toLocaleTimeString()}`);
    show(told);
  } catch (error) {
    failed(error);
  }
}

/** @param {unknown} error */
function failed(error) {
  again = LATER;
  if (error instanceof Refused && error.code < 500) unheard.pop(); // it was heard: nothing was written
  if (!(error instanceof Refused)) {
    dirty = true;
    tell("Not saved: the desk does not answer. It is tried again; leave this page open.");
  } else if (error.code === 409) {
    dirty = true;
    conflict(error.problems);
  } else {
    const signedOut = error.code === 401;
    dirty ||= error.code >= 500 || signedOut; // a full disk is tried again, a wrong time is not
    held = !dirty;
    tell(signedOut ? "Not saved: you are signed out. Sign in again in another tab; leave this page open." : `Not saved: ${error.problems.join(" ")}`);
  }
}

/** Note what the file is now. @param {any} told */
function known(told) {
  was().value = told.was;
  /** @type {HTMLFormElement} */ (form).dataset.base = told.base;
}

/** Somebody else changed the same field. @param {string[]} problems */
function conflict(problems) {
  stopped = true;
  const both = document.createElement("button");
  both.type = "submit";
  both.textContent = "See both";
  saved?.replaceChildren(`Not saved. ${problems.join(" ")} `, both);
}

// ---- What others changed ----

/** Put what the file says into the form. @param {Record<string, any>} draft */
function fill(draft) {
  if (!form) return;
  for (const [name, value] of Object.entries(draft)) {
    const found = form.elements.namedItem(name);
    if (found instanceof RadioNodeList || (found instanceof HTMLInputElement && found.type === "checkbox")) {
      const boxes = found instanceof RadioNodeList ? [...found] : [found];
      for (const box of boxes)
        if (box instanceof HTMLInputElement) box.checked = value.includes(box.value);
    } else if (found instanceof HTMLTextAreaElement || found instanceof HTMLInputElement) {
      const text = Array.isArray(value) ? value.join("\n") : value;
      if (found.value === text) continue;
      const [start, end] = [found.selectionStart, found.selectionEnd].map((place) => movedPlace(found.value, text, place ?? 0));
      found.value = text;
      if (document.activeElement === found) found.setSelectionRange(start, end);
    }
  }
}

async function news() {
  if (document.hidden) return;
  try {
    const base = form?.dataset.base ?? "";
    const told = await send(`${here}/now?base=${encodeURIComponent(base)}&id=${encodeURIComponent(id)}`);
    if (others) {
      others.hidden = !told.others.length;
      others.textContent = told.others.length ? `Also here: ${told.others.join(", ")}` : "";
    }
    // what was saved while the news were under way is newer than they are
    if (told.draft && base === form?.dataset.base && !dirty && !held && !sending && !stopped && !composing) {
      known(told);
      fill(told.draft);
      show(told);
      say("The file was changed elsewhere; this page shows it now.");
    }
  } catch (error) {
    // its answer is gone, or another has its place; anything else the next look tells
    if (error instanceof Refused && error.code < 500 && error.code !== 401) tell(error.problems.join(" "));
  }
}

// ---- What the page shows ----

/** @param {any} told */
function show(told) {
  if (told.here !== here && !dirty) return location.replace(`${told.here}?edit`); // it has another address by now
  const focus = notes.contains(document.activeElement) ? document.activeElement : null;
  const label = focus?.textContent;
  notes.innerHTML = told.notes; // made by the server's template, escaped there
  if (focus) [.../** @type {NodeListOf<HTMLElement>} */ (notes.querySelectorAll("button, a"))].find((one) => one.textContent === label)?.focus();
  const heading = document.querySelector(".answer-head h1");
  const question = form?.elements.namedItem("question");
  if (heading && question instanceof HTMLTextAreaElement) heading.textContent = question.value;
  const state = document.querySelector("#state");
  if (state && state.textContent !== told.state) {
    state.textContent = told.state;
    state.className = `chip ${told.state === "approved" ? "ok" : "due"}`;
    const sending = document.querySelector("#sending");
    if (sending) sending.innerHTML = told.sending; // as above
  }
  sentences = told.sentences;
  if (notes.dataset.sound) hearable(notes, hear);
  mark();
  refresh(frame, spoken);
}

function spoken() {
  const inside = frame?.contentDocument;
  if (inside?.body) annotate(inside, sentences, toggle?.getAttribute("aria-pressed") === "true", details());
}

/** Texts that are private, as the notes list them. */
function details() {
  return [...notes.querySelectorAll("u.private")].map((one) => one.textContent ?? "");
}

// ---- Hearing ----

const sound = player(notes.dataset.sound ?? "");
const stop = /** @type {HTMLButtonElement | null} */ (document.querySelector("#stop"));

/** @param {string} name */
function clip(name) {
  const field = form?.elements.namedItem(name);
  const [start, end] = (field instanceof HTMLInputElement ? field.value : "").split("-").map(milliseconds);
  return start !== null && end !== null ? { start, end } : null;
}

/** @param {number} start @param {number} end */
async function hear(start, end) {
  if (stop) stop.hidden = false;
  await sound.play(start, end).catch(silent);
  if (stop) stop.hidden = true;
}

/** @param {string} name */
function hearField(name) {
  const found = clip(name);
  if (sound.playing) sound.stop();
  else if (found) hear(found.start, found.end);
}

/** What any other button of the page does is done on what is saved, or not at all. @param {SubmitEvent} event */
function savedFirst(event) {
  const target = /** @type {HTMLFormElement} */ (event.target);
  if (target === form || !(dirty || held || sending)) return;
  event.preventDefault();
  save().then(save).then(() => {
    if (dirty || held) say("Not done: what you typed is not saved yet. Look beside “Save”.");
    else {
      if (!target.isConnected) document.body.append(target); // the save brought others of its kind
      target.requestSubmit(event.submitter);
    }
  });
}

if (form) {
  form.addEventListener("input", changed);
  form.addEventListener("compositionstart", () => { composing = true; });
  form.addEventListener("compositionend", () => {
    composing = false;
    if (dirty) changed();
  });
  document.addEventListener("submit", savedFirst);
  form.addEventListener("submit", (event) => {
    if (stopped || event.submitter?.id !== "save") return kept.keep(fields().toString(), fields().toString());
    event.preventDefault();
    dirty = true;
    save().then(() => { if (!dirty) say("Saved."); });
  });
  addEventListener("beforeunload", (event) => {
    if (dirty || held || sending) event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) return;
    composing = false; // half a word is better than none, should the page not come back
    save();
  });
}

/** Bring back what pages that are gone had not sent. */
async function restore() {
  const told = new URLSearchParams(location.search).get("said") ?? "";
  if (told) history.replaceState(null, "", `${here}?edit`); // loaded again later it says nothing of what is unsent then
  for (const { key, fields: text, button } of await kept.left()) {
    await save(); // one after the other: each was typed on a text of its own
    if (stopped) return;
    const done = key === kept.before && ["saved", "merged"].includes(told) && button; // with what the button sent
    take(new URLSearchParams(text), done ? new URLSearchParams(done) : null);
    if (dirty) kept.keep(fields().toString());
    kept.forget(key);
    if (dirty) await save().then(() => { if (!dirty) say("What you wrote before the page was closed is saved now."); });
  }
}

/** Put what was kept into the form, but for what a button sent. @param {URLSearchParams} given @param {URLSearchParams | null} sent */
function take(given, sent) {
  const text = written(given);
  if (text === written(fields()) || (sent && text === written(sent))) return;
  const on = fields(); // what the file says now, but for what was typed on something else
  /** @type {Record<string, any>} */
  const draft = {};
  for (const name of ["question", "body", "asked", "answered", "corrections", "speakers", "topics"]) {
    const values = given.getAll(name);
    const before = sent?.getAll(name) ?? [];
    if (sent && values.join("\n") === before.join("\n")) continue;
    draft[name] = name === "speakers" || name === "topics" ? values : (values[0] ?? "");
    on.delete(name);
    for (const value of before) on.append(name, value);
  }
  fill(draft);
  was().value = sent ? written(on) : (given.get("was") ?? "");
  dirty = true;
}

frame?.addEventListener("load", () => arrive(frame, spoken));
if (frame?.contentDocument?.readyState === "complete") arrive(frame, spoken);
toggle?.addEventListener("click", () => {
  toggle.setAttribute("aria-pressed", String(toggle.getAttribute("aria-pressed") !== "true"));
  spoken();
});
document.querySelector("#play-asked")?.addEventListener("click", () => hearField("asked"));
document.querySelector("#play-answered")?.addEventListener("click", () => hearField("answered"));
stop?.addEventListener("click", () => sound.stop());
if (notes.dataset.sound) hearable(notes, hear);
setInterval(news, NEWS);

register("Answer", [
  { id: "save", keys: "Mod+S", label: "Save now", run: () => { dirty = true; save(); } },
  { id: "hear-question", keys: "Alt+Q", label: "Hear the question, or stop", run: () => hearField("asked") },
  { id: "hear-answer", keys: "Alt+A", label: "Hear the answer, or stop", run: () => hearField("answered") },
  { id: "beneath", keys: "Alt+B", label: "Show the spoken words beneath each sentence", run: () => toggle?.click() },
  ...detailKeys(notes),
  { id: "send", keys: "Alt+Enter", label: "Make the link for review", run: () => press("#send button") },
  { id: "leave", keys: "Escape", label: "Leave the text field, so that single keys work", typing: true, run: () => leave() },
]);

function leave() {
  const field = document.activeElement;
  if (!(field instanceof HTMLElement) || !form?.contains(field)) return false;
  field.blur();
  document.querySelector("main")?.focus();
  return true;
}

if (form) restore();
document.documentElement.dataset.ready = "";
