// @ts-check
// What every page of the desk needs: talking to the server, and saying what happened.

const meta = /** @type {HTMLMetaElement | null} */ (document.querySelector('meta[name="csrf"]'));
const status = document.querySelector("#status");

/** A request that the server refused; `problems` are sentences for people. */
export class Refused extends Error {
  /** @param {number} code @param {string[]} problems @param {any} data */
  constructor(code, problems, data) {
    super(problems.join("\n"));
    this.code = code;
    this.problems = problems;
    this.data = data;
  }
}

/**
 * Send JSON and return the JSON that comes back. Throws Refused where the server says
 * no, TypeError where it cannot be reached.
 * @param {string} path @param {unknown} [data] without it the page is only asked for
 * @param {RequestInit} [options]
 */
export async function send(path, data, options = {}) {
  const given = data === undefined ? {} : {
    method: "POST",
    body: JSON.stringify(data),
    headers: { "Content-Type": "application/json" },
  };
  return ask(path, { ...given, ...options });
}

/**
 * Send a form's fields as a browser would, and return the JSON that comes back.
 * @param {string} path @param {URLSearchParams} fields @param {RequestInit} [options]
 */
export async function sendForm(path, fields, options = {}) {
  return ask(path, { method: "POST", body: fields, ...options });
}

/**
 * Take over the session of whoever signed in again in another tab: the same person alone,
 * for what was written here is theirs.
 */
async function renewed() {
  const answer = await fetch("/you", { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = /** @type {HTMLMetaElement | null} */ (page.querySelector('meta[name="csrf"]'));
  if (!meta || !now?.content || now.content === meta.content || now.dataset.who !== meta.dataset.who) return false;
  meta.content = now.content;
  for (const one of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll('input[name="csrf"]'))) one.value = now.content;
  return true;
}

/** @param {string} path @param {RequestInit} options @returns {Promise<any>} */
async function ask(path, options) {
  const headers = { Accept: "application/json", "X-CSRF-Token": meta?.content ?? "", ...options.headers };
  const answer = await fetch(path, { ...options, headers }).catch((error) => {
    throw error instanceof TypeError ? new TypeError("The desk cannot be reached.") : error;
  });
  const text = await answer.text();
  let found = null;
  try {
    found = JSON.parse(text);
  } catch {
    // a plain sentence from the gate
  }
  if (answer.status === 403 && !found && (await renewed())) return ask(path, options);
  if (!answer.ok) throw new Refused(answer.status, found?.problems ?? [text.slice(0, 300)], found);
  return found;
}

const READING = 8000; // ms for which a message lies over the page
/** @type {ReturnType<typeof setTimeout> | undefined} */
let shown;

/** Say what happened, to eyes and to screen readers (WCAG 4.1.3). @param {string} text */
export function say(text) {
  if (!status) return;
  status.textContent = text;
  clearTimeout(shown);
  shown = setTimeout(() => { status.textContent = ""; }, READING);
}

/** How often somebody pressed a key or the mouse. */
let touches = 0;
for (const kind of ["keydown", "pointerdown"]) addEventListener(kind, () => touches++, { capture: true });

/** Tells later whether nobody has pressed anything since: an answer that took its time moves no one who went on meanwhile. */
export function untouched() {
  const before = touches;
  return () => touches === before;
}

/** Press a button; false where there is none. @param {string} which @param {ParentNode | null} [inside] */
export function press(which, inside = document) {
  const button = /** @type {HTMLButtonElement | null | undefined} */ (inside?.querySelector(which));
  button?.click();
  return Boolean(button);
}

/** Keys for private details. @param {HTMLElement} list @returns {import("./keys.js").Shortcut[]} */
export function detailKeys(list) {
  const here = () => document.activeElement?.closest(".private-list li") ?? list.querySelector("[data-next]") ?? list;
  return [
    { id: "redact", keys: "R", label: "Redact the private detail that has the focus, else the next", run: () => press("button.redact", here()) },
    { id: "keep", keys: "K", label: "Say that it may stay", run: () => press("button.keep", here()) },
    { id: "unredact", keys: "U", label: "Take back what you redacted, or let stay, just now", run: () => press('[data-key="unredact"]') },
  ];
}

// What a button of the page before did is read out, and Tab goes on from there. It stays in
// view above the private detail with which one goes on.
const told = /** @type {HTMLElement | null} */ (document.querySelector("[data-told]"));
told?.focus();
if (told) addEventListener("load", () => document.querySelector("[data-next]")?.scrollIntoView({ block: "nearest" })); // when it has all its buttons
