// @ts-check
// What stands beside the text: one panel at a time, each opened by a button or a key.

import { element } from "./elements.js";

/** @typedef {{id: string, label: string, title?: string, box: HTMLElement, opened?: () => void, key?: string}} Panel */

export class Panels {
  /** @param {HTMLElement} column @param {() => void} closed what gets the focus when a panel is left */
  constructor(column, closed) {
    this.column = column;
    this.closed = closed;
    this.tabs = element("div.panel-tabs.actions", { role: "group", "aria-label": "Beside the text" });
    column.append(this.tabs);
    /** @type {Map<string, Panel & {button: HTMLButtonElement}>} */
    this.panels = new Map();
  }

  /** @param {Panel} panel */
  add(panel) {
    const button = /** @type {HTMLButtonElement} */ (element("button.quiet", { type: "button", "aria-expanded": "false", "aria-controls": `panel-${panel.id}`, "data-key": panel.key, title: panel.title, click: () => this.toggle(panel.id) }, panel.label));
    panel.box.id = `panel-${panel.id}`;
    panel.box.hidden = true;
    panel.box.classList.add("panel");
    panel.box.setAttribute("role", "region");
    panel.box.setAttribute("aria-label", panel.title ?? panel.label);
    panel.box.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      event.preventDefault();
      event.stopPropagation();
      this.closed();
    });
    this.panels.set(panel.id, { ...panel, button });
    this.tabs.append(button);
    this.column.append(panel.box);
  }

  /** @param {string} id @param {string} label */
  relabel(id, label) {
    const button = this.panels.get(id)?.button;
    if (button) /** @type {Text} */ (button.firstChild).data = label;
  }

  /** @param {string} id */
  open(id) {
    for (const panel of this.panels.values()) {
      const open = panel.id === id;
      if (!panel.box.hidden && open) continue;
      panel.box.hidden = !open;
      panel.button.setAttribute("aria-expanded", String(open));
      if (open) panel.opened?.();
    }
  }

  /** @param {string} id */
  toggle(id) {
    const panel = this.panels.get(id);
    if (!panel) return;
    if (panel.box.hidden) return this.open(id);
    panel.box.hidden = true;
    panel.button.setAttribute("aria-expanded", "false");
  }

  /** @param {string} id */
  isOpen(id) {
    return this.panels.get(id)?.box.hidden === false;
  }
}
