// @ts-check
// Making elements in one line.

import { keyOf } from "../keys.js";

/**
 * @param {string} name with classes: "p.soft"
 * @param {Record<string, string | boolean | undefined | ((event: any) => void)>} [attributes] functions become listeners
 * @param {...(Node | string | null | false | undefined)} children
 */
export function element(name, attributes = {}, ...children) {
  const [tag, ...classes] = name.split(".");
  const made = document.createElement(tag);
  if (classes.length) made.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.filter((one) => one !== null && one !== false && one !== undefined));
  return made;
}

/** @param {string} text @param {(event: MouseEvent) => void} click @param {Record<string, string | undefined>} [attributes] */
export function button(text, click, attributes = {}) {
  return /** @type {HTMLButtonElement} */ (element("button.quiet", { type: "button", click, ...attributes }, text));
}

/** A button that shows its shortcut. @param {string} text @param {string} id of the shortcut @param {(event: MouseEvent) => void} click @param {Record<string, string | undefined>} [attributes] */
export function keyButton(text, id, click, attributes = {}) {
  const made = button(text, click, attributes);
  const key = keyOf(id);
  if (key) made.append(" ", element("kbd", { "aria-hidden": "true" }, key));
  return made;
}

/** The difference of two texts in a readable form. @param {["same" | "out" | "in", string][]} pieces */
export function difference(pieces) {
  const names = { same: "span", out: "del", in: "ins" };
  return element("p.difference", { dir: "auto" }, ...pieces.flatMap(([kind, text]) => [element(names[kind], {}, text), " "]));
}
