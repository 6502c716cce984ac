// @ts-check
// Shortcuts. `?` shows them; each can be changed or switched off, and all single keys at
// once (WCAG 2.1.4). They rest while somebody types. Tab is never taken.
//
//   register("Transcript", [{ id: "play", keys: "Ctrl+Space", label: "Play", run }])
//
// `keys` is a key's name with modifiers: "j", "Shift+J", "Alt+ArrowLeft", "?". "Mod" is
// Ctrl, on a Mac Command. `run(event)` returns false where the key is to do what it does
// otherwise: two scopes may share a key, the one that is not its turn returns false. An element with data-key="id" is shown with its key.

/**
 * @typedef {object} Shortcut
 * @property {string} id  unique on all pages, kept in the browser
 * @property {string} keys
 * @property {string} label  what it does, a short sentence
 * @property {(event: KeyboardEvent) => unknown} run
 * @property {boolean} [repeats]  again and again while it is held down; all others act once, also on the page that they lead to
 * @property {boolean} [typing]  also while somebody types; by default with Ctrl, Alt or Command, or F1 to F12
 * @property {string} [scope]
 */

import { keep as store, recall } from "./store.js";

const EVERYWHERE = "Everywhere";
const STORE = "pullquote.keys";
const MAC = /Mac|iP(hone|ad)/.test(navigator.platform);
/** @type {Record<string, string>} */
const NAMES = { " ": "Space", Esc: "Escape", Left: "ArrowLeft", Right: "ArrowRight", Up: "ArrowUp", Down: "ArrowDown" };
/** @type {Record<string, string>} */
const SHOWN = { ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓", Meta: "⌘" };
const ALONE = new Set(["Control", "Shift", "Alt", "Meta", "AltGraph", "CapsLock", "Dead", "Process", "Unidentified"]);

/** @type {Map<string, Shortcut>} */
const known = new Map();
/** @type {{ off: boolean, map: Record<string, string | null> }} */
let chosen = load();
/** @type {((chord: string | null) => void) | null} */
let asking = null;
/** The key that is down did something here: held, it is not the browser's either. */
let ours = false;

function load() {
  const found = recall(STORE) ?? {};
  return { off: found.off === true, map: found.map && typeof found.map === "object" ? found.map : {} };
}

function keep() {
  store(STORE, chosen);
  mark();
}

/** The chord of a key press, "" for a modifier alone. @param {KeyboardEvent} event */
function chordOf(event) {
  if (ALONE.has(event.key)) return "";
  let key = NAMES[event.key] ?? event.key;
  // on a Mac Option makes another character of a letter: a text gets it, unless Ctrl is held too
  const made = event.altKey && !/^[a-z]$/i.test(key) ? /^Key([A-Z])$/.exec(event.code) : null;
  if (made && MAC && !event.ctrlKey && writes(event.target)) return "";
  if (made) key = made[1];
  // a capital letter is the letter with Shift, a sign is itself whatever makes it
  const letter = key.length === 1 && key.toLowerCase() !== key.toUpperCase();
  if (letter) key = key.toUpperCase();
  const held = [];
  if (event.ctrlKey && !(MAC && event.altKey)) held.push("Ctrl");
  if (event.altKey) held.push("Alt");
  if (event.metaKey) held.push("Meta");
  if (event.shiftKey && (letter || key.length > 1)) held.push("Shift");
  // AltGr makes characters on many keyboards
  if (event.getModifierState("AltGraph") && key.length === 1) return key;
  return [...held, key].join("+");
}

/** The same form for what a page asks for. @param {string} keys */
function normal(keys) {
  const parts = keys === "+" ? ["+"] : keys.split("+").map((part) => part || "+");
  const key = parts.pop() ?? "";
  const held = new Set(parts.map((part) => (part === "Mod" ? (MAC ? "Meta" : "Ctrl") : part)));
  const order = ["Ctrl", "Alt", "Meta", "Shift"].filter((one) => held.has(one));
  return [...order, key.length === 1 ? key.toUpperCase() : key].join("+");
}

/** Whether a chord is one character alone, which speech input may press by accident. */
function single(/** @type {string} */ chord) {
  return !/^(Ctrl|Alt|Meta)\+/.test(chord) && chord.replace("Shift+", "").length === 1;
}

/** The chord a shortcut has now, null where it is off. @param {Shortcut} one */
function current(one) {
  const set = chosen.map[one.id];
  const chord = set === undefined ? normal(one.keys) : set;
  return chord !== null && chosen.off && single(chord) ? null : chord;
}

/** Add shortcuts. @param {string} scope heading in the list @param {Shortcut[]} list */
export function register(scope, list) {
  for (const one of list) known.set(one.id, { ...one, scope });
  mark();
}

/** Whether two shortcuts would get in each other's way. @param {Shortcut} one @param {Shortcut} other */
function meet(one, other) {
  return one.scope === other.scope || [one.scope, other.scope].includes(EVERYWHERE);
}

/** How a chord is written for people. @param {string} chord */
export function shown(chord) {
  return chord.split("+").map((part) => SHOWN[part] ?? (part || "+")).join(MAC ? " " : "+");
}

/** What a shortcut is pressed with now, "" where it is off. @param {string} id */
export function keyOf(id) {
  const one = known.get(id);
  const chord = one && current(one);
  return chord ? shown(chord) : "";
}

/** Show the keys on the page's buttons anew: after new ones were put into it. */
export function mark() {
  for (const element of document.querySelectorAll("[data-key]")) {
    const one = known.get(/** @type {HTMLElement} */ (element).dataset.key ?? "");
    const chord = one ? current(one) : null;
    element.querySelector(":scope > kbd")?.remove();
    if (!chord) {
      element.removeAttribute("aria-keyshortcuts");
      continue;
    }
    const hint = document.createElement("kbd");
    hint.textContent = shown(chord);
    hint.setAttribute("aria-hidden", "true");
    element.append(" ", hint);
    element.setAttribute("aria-keyshortcuts", chord.replace("Ctrl", "Control"));
  }
}

/** What a key was pressed in; of a frame's it is no instance of this window's classes. @param {EventTarget | null} target */
function elementOf(target) {
  return target && "tagName" in target ? /** @type {HTMLElement} */ (target) : null;
}

/** Whether keys write into this element. @param {EventTarget | null} target */
export function writes(target) {
  const element = elementOf(target);
  if (!element) return false;
  if (element.isContentEditable) return true;
  if (element.tagName === "INPUT")
    return !["button", "checkbox", "radio", "range", "submit", "reset", "file", "color"].includes(/** @type {HTMLInputElement} */ (element).type);
  return ["TEXTAREA", "SELECT"].includes(element.tagName);
}

/** @param {KeyboardEvent} event */
function pressed(event) {
  if (event.isComposing || event.defaultPrevented) return;
  const chord = chordOf(event);
  if (!chord || /^(Shift\+)?Tab$/.test(chord)) return;
  if (asking) {
    event.preventDefault();
    event.stopPropagation();
    asking(chord);
    return;
  }
  const open = document.querySelector("dialog[open]");
  for (const one of known.values()) {
    if (current(one) !== chord) continue;
    const modified = /^(Ctrl|Alt|Meta)\+|F\d+$/.test(chord);
    if (writes(event.target) && !(one.typing ?? modified)) continue;
    if (open && !open.contains(/** @type {Node} */ (event.target))) continue;
    if (open && one.id !== "keys") continue;
    // Enter and Space belong to a button or link that has the focus
    const own = elementOf(event.target)?.closest("button, a[href], summary, input, select");
    if (own && /^(Shift\+)?(Enter|Space)$/.test(chord)) continue;
    if (event.repeat && !one.repeats ? !ours : one.run(event) === false) continue;
    ours = true;
    event.preventDefault();
    return;
  }
  ours = false;
}

// ---- The list of keys, where they are changed ----

/** @param {string} name @param {Record<string, string>} attributes @param {(Node | string)[]} children */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** @param {Shortcut} one @param {() => void} redraw @param {(text: string) => void} tell */
function row(one, redraw, tell) {
  const chord = chosen.map[one.id] === undefined ? normal(one.keys) : chosen.map[one.id];
  const resting = chord !== null && current(one) === null;
  const key = element("kbd", {}, chord ? shown(chord) : "off");
  if (resting) key.append(" (off)");
  const change = element("button", { type: "button", class: "quiet", "aria-label": `Change the key: ${one.label}` }, "Change");
  const off = element("button", { type: "button", class: "quiet", "aria-label": `${chord ? "Switch off" : "Set back"}: ${one.label}` }, chord ? "Off" : "Set back");
  change.addEventListener("click", () => {
    tell(`Press the new key for “${one.label}”. Escape leaves it as it is.`);
    asking = (pressed) => {
      asking = null;
      if (pressed === "Escape" || pressed === null) return tell("");
      const taken = [...known.values()].find((other) => other.id !== one.id && current(other) === pressed && meet(one, other));
      if (taken) return tell(`${shown(pressed)} is taken by “${taken.label}”. Change that one first.`);
      chosen.map[one.id] = pressed;
      keep();
      redraw();
      tell(`${shown(pressed)}: ${one.label}`);
    };
  });
  off.addEventListener("click", () => {
    if (chord) chosen.map[one.id] = null;
    else delete chosen.map[one.id];
    keep();
    redraw();
  });
  return element("tr", { "data-id": one.id }, element("th", { scope: "row" }, one.label), element("td", {}, key), element("td", {}, change, " ", off));
}

/** Show every key of this page. */
function showKeys() {
  const old = /** @type {HTMLDialogElement | null} */ (document.querySelector("#keys-dialog"));
  if (old) return old.close();
  const dialog = /** @type {HTMLDialogElement} */ (element("dialog", { id: "keys-dialog", "aria-labelledby": "keys-title", class: "keys" }));
  const list = element("div", { class: "keys-lists" });
  const told = element("p", { role: "status", class: "told" });
  const tell = (/** @type {string} */ text) => { told.textContent = text; };
  const all = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox", id: "keys-all" }));
  all.checked = !chosen.off;
  all.addEventListener("change", () => {
    chosen.off = !all.checked;
    keep();
    draw();
  });
  const reset = element("button", { type: "button", class: "quiet" }, "All as they were");
  reset.addEventListener("click", () => {
    chosen = { off: false, map: {} };
    all.checked = true;
    keep();
    draw();
    tell("All keys are as they were.");
  });
  const close = element("button", { type: "button", autofocus: "" }, "Close");
  close.addEventListener("click", () => dialog.close());

  function draw() {
    const focused = document.activeElement;
    const inside = focused?.closest("tr")?.getAttribute("data-id");
    const which = focused && [...(focused.closest("td")?.querySelectorAll("button") ?? [])].indexOf(/** @type {HTMLButtonElement} */ (focused));
    const scopes = [...new Set([...known.values()].map((one) => one.scope ?? ""))];
    list.replaceChildren(...scopes.map((scope) => element("table", {},
      element("caption", {}, scope),
      element("thead", { class: "hidden-eyes" }, element("tr", {}, ...["What", "Key", "Change"].map((one) => element("th", { scope: "col" }, one)))),
      element("tbody", {}, ...[...known.values()].filter((one) => one.scope === scope).map((one) => row(one, draw, tell))))));
    if (inside) /** @type {HTMLElement | undefined} */ (list.querySelectorAll(`tr[data-id="${CSS.escape(inside)}"] button`)[which ?? 0])?.focus();
  }

  draw();
  dialog.append(
    element("h2", { id: "keys-title" }, "Keys"),
    ...(MAC ? [element("p", { class: "soft" }, "While you write, hold Ctrl beside Alt: Option and a letter alone type a character.")] : []),
    element("div", { class: "keys-head actions" }, close, reset,
      element("p", { class: "choice" }, all, element("label", { for: "keys-all" }, "Single keys are on"))),
    told, list);
  dialog.addEventListener("close", () => {
    asking = null;
    dialog.remove();
  });
  document.body.append(dialog);
  dialog.showModal();
}

/** Let keys work in a document of the page: in a frame's too, which hears them alone. @param {Document} inside */
export function listen(inside) {
  inside.addEventListener("keydown", pressed);
}

listen(document);
// Enter at a tick would press a form's first button, whatever that decides; at one of several choices it is the form's
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target instanceof HTMLInputElement && event.target.type === "checkbox") event.preventDefault();
});
addEventListener("storage", (event) => {
  if (event.key !== STORE) return;
  chosen = load(); // changed in another tab
  mark();
});
register(EVERYWHERE, [{ id: "keys", keys: "?", label: "Show the keys of this page", run: showKeys }]);
const opener = document.querySelector("#keys-button");
opener?.removeAttribute("hidden");
opener?.addEventListener("click", showKeys);
