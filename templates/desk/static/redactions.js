// @ts-check
// Private details by one key, and heard before they are decided.
import { hearable, player, silent } from "./clip.js";
import { register } from "./keys.js";
import { detailKeys } from "./page.js";

const list = /** @type {HTMLElement} */ (document.querySelector("#notes"));
const form = /** @type {HTMLFormElement | null} */ (document.querySelector("#places"));
const sound = player(list.dataset.sound ?? "");
const MARGIN = 1500; // ms heard before and after

hearable(list, (start, end) => {
  if (sound.playing) return sound.stop();
  return sound.play(Math.max(0, start - MARGIN), end + MARGIN).catch(silent);
});
register("Private details", detailKeys(form ?? list));

/** How many places are ticked stands on the button that redacts them. */
function count() {
  const ticked = form?.querySelectorAll("input[name=place]:checked").length ?? 0;
  const label = /** @type {HTMLElement} */ (document.querySelector("#redact-label"));
  label.textContent = `Redact ${ticked} ${ticked === 1 ? "place" : "places"}`;
  const button = /** @type {HTMLButtonElement} */ (label.closest("button"));
  button.disabled = !ticked;
}

if (form) {
  form.addEventListener("change", count);
  addEventListener("pageshow", count); // a browser that comes back ticks as it was
  count();
}
