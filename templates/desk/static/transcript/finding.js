// @ts-check
// Find and replace, in this transcript or in all: each place is shown before anything is
// changed, and can be left out.

import { say, send, untouched } from "../page.js";
import { button, element } from "./elements.js";

/** @typedef {{turn: string, at: number, text: string, before: string, after: string, speaker: string, start: string}} Place */
/** @typedef {{slug: string, title: string, revision: number, places: Place[]}} Found */

export class Finding {
  /**
   * @param {string} base @param {string} slug
   * @param {import("./sending.js").Sending} sending
   * @param {(turn: string, at: number, length: number) => void} show
   */
  constructor(base, slug, sending, show) {
    this.base = base;
    this.slug = slug;
    this.sending = sending;
    this.show = show;
    this.query = /** @type {HTMLInputElement} */ (element("input", { id: "find-query", autocomplete: "off" }));
    this.instead = /** @type {HTMLInputElement} */ (element("input", { id: "find-instead", autocomplete: "off", input: () => this.found.length && this.#counted() }));
    this.capitals = this.#choice("find-capitals", "Capitals matter");
    this.whole = this.#choice("find-whole", "Whole words");
    this.all = this.#choice("find-all", "In all episodes");
    this.replaceButton = element("button", { type: "button", disabled: true, click: () => this.replace() }, "Replace");
    this.count = element("p", { role: "status" });
    this.list = element("div.found");
    const form = element("form.find-form", { submit: (/** @type {Event} */ event) => {
      event.preventDefault();
      this.find();
    } },
      element("p.field", {}, element("label", { for: "find-query" }, "Find"), this.query),
      element("p.field", {}, element("label", { for: "find-instead" }, "Write instead"), this.instead),
      this.capitals.label, this.whole.label, this.all.label,
      element("p.actions", {}, element("button.quiet", {}, "Find"), this.replaceButton));
    this.box = element("section", {}, form, this.count, this.list);
    /** @type {Found[]} */
    this.found = [];
    /** How often it was asked: the last answer is shown, however late another comes. */
    this.asked = 0;
  }

  /** @param {string} id @param {string} text */
  #choice(id, text) {
    const box = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox", id }));
    return { box, label: element("label.choice", { for: id }, box, text) };
  }

  focus() {
    const selected = getSelection()?.toString().trim() ?? "";
    if (selected && selected.length < 80) this.query.value = selected.replace(/\s+/g, " ");
    this.query.select();
    this.query.focus();
  }

  async find() {
    const query = this.query.value.trim();
    if (!query) return;
    const number = ++this.asked;
    await this.sending.now();
    const asked = new URLSearchParams({ q: query });
    for (const [name, choice] of /** @type {const} */ ([["capitals", this.capitals], ["whole", this.whole], ["all", this.all]])) if (choice.box.checked) asked.set(name, "1");
    try {
      const { found, more } = await send(`${this.base}/find?${asked}`);
      if (number !== this.asked) return;
      this.found = found;
      this.#draw(more);
    } catch (error) {
      if (number === this.asked) this.count.textContent = /** @type {Error} */ (error).message;
    }
  }

  /** @param {number} more places that were not sent */
  #draw(more) {
    const total = this.found.reduce((sum, one) => sum + one.places.length, 0);
    const episodes = this.found.length > 1 ? ` in ${this.found.length} episodes` : "";
    this.count.textContent = total ? `${total} ${total === 1 ? "place" : "places"}${episodes}${more ? `, and ${more} more: replace these first` : ""}` : "Not found.";
    this.list.replaceChildren(...this.found.flatMap((one) => [
      this.found.length > 1 || one.slug !== this.slug ? element("h3", { dir: "auto" }, one.title) : null,
      element("ul.plain.places", {}, ...one.places.map((place, n) => this.#place(one, place, n))),
    ].filter((made) => made !== null)));
    this.#counted();
  }

  /** @param {Found} one @param {Place} place @param {number} n */
  #place(one, place, n) {
    const id = `place-${this.found.indexOf(one)}-${n}`;
    const box = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox", id, checked: true, "data-episode": one.slug, "data-place": String(n), change: () => this.#counted() }));
    const context = element("label", { for: id, dir: "auto" }, `…${place.before}`, element("mark", {}, place.text), `${place.after}…`);
    const where = `${place.speaker} · ${place.start}`;
    const go = one.slug === this.slug
      ? button(where, () => this.show(place.turn, place.at, place.text.length), { "aria-label": `Go to ${where}` })
      : element("a", { href: `/episodes/${one.slug}#${place.turn}` }, where);
    return element("li.choice", {}, box, element("span", {}, context, " ", go));
  }

  #chosen() {
    return /** @type {HTMLInputElement[]} */ ([...this.list.querySelectorAll("input:checked")]);
  }

  #counted() {
    const count = this.#chosen().length;
    const places = `${count} ${count === 1 ? "place" : "places"}`;
    this.replaceButton.textContent = this.instead.value || !count ? `Replace ${places}` : `Delete it at ${places}`;
    this.replaceButton.toggleAttribute("disabled", !count);
  }

  async replace() {
    /** @type {Map<string, Place[]>} */
    const chosen = new Map();
    for (const box of this.#chosen()) {
      const { episode = "", place = "" } = box.dataset;
      const found = this.found.find((one) => one.slug === episode)?.places[Number(place)];
      if (found) chosen.set(episode, [...(chosen.get(episode) ?? []), found]);
    }
    // as it is written now: whoever goes on to write, or finds something else, means the next time
    const bodies = [...chosen].map(([slug, places]) => ({ slug, count: places.length, body: this.#replacing(slug, places) }));
    const { found } = this;
    const still = untouched();
    this.replaceButton.toggleAttribute("disabled", true);
    let done = 0;
    /** @type {string[]} */
    const problems = [];
    for (const { slug, count, body } of bodies) {
      try {
        if (slug === this.slug) await this.sending.ask("/operations", () => body);
        else await send(`/episodes/${slug}/operations`, body);
        done += count;
      } catch (error) {
        problems.push(/** @type {Error} */ (error).message);
      }
    }
    const elsewhere = [...chosen.keys()].some((slug) => slug !== this.slug);
    say(`${done} ${done === 1 ? "place" : "places"} replaced. Undo takes it back${elsewhere ? ", in each transcript by itself" : ""}.`);
    if (this.found !== found) return;
    this.found = [];
    this.#draw(0);
    this.count.textContent = [`${done} replaced.`, ...problems].join(" ");
    if (!still()) return;
    this.query.select(); // the button that had the focus is off now
    this.query.focus();
  }

  /** @param {string} slug @param {Place[]} places */
  #replacing(slug, places) {
    const operation = { kind: "replace", places: places.map(({ turn, at, text }) => ({ turn, at, deleted: text, inserted: this.#inserted(text) })) };
    const revision = /** @type {Found} */ (this.found.find((one) => one.slug === slug)).revision;
    return { operation, revision, key: crypto.randomUUID?.() ?? String(Math.random()) };
  }

  /** What is written instead: with a capital where one stood at the start. @param {string} text */
  #inserted(text) {
    const instead = this.instead.value;
    if (this.capitals.box.checked || !instead) return instead;
    const first = this.query.value.trim().charAt(0);
    const raised = text.charAt(0) !== first && text.charAt(0) === first.toUpperCase();
    return raised ? instead.charAt(0).toUpperCase() + instead.slice(1) : instead;
  }
}
