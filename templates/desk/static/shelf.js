// @ts-check
// The shelf by keys: search, from episode to episode.
import { register } from "./keys.js";

const field = /** @type {HTMLInputElement | null} */ (document.querySelector("#q"));

/** @param {number} step */
function walk(step) {
  const links = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("#rows .row-title a, #rows .found-head a")]);
  const row = document.activeElement?.closest(".row, .found li");
  const at = links.findIndex((link) => row?.contains(link));
  const next = links[at < 0 ? (step > 0 ? 0 : links.length - 1) : at + step];
  next?.focus();
  return Boolean(next);
}

register("Shelf", [
  { id: "shelf-search", keys: "/", label: "Search", run: () => { field?.focus(); field?.select(); } },
  { id: "shelf-next", keys: "J", repeats: true, label: "Next episode or place", run: () => walk(1) },
  { id: "shelf-before", keys: "K", repeats: true, label: "Episode or place before", run: () => walk(-1) },
]);
