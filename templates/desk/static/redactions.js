// @ts-check
// Private details by one key, and heard before they are decided.
import { hearable, player, silent } from "./clip.js";
import { register } from "./keys.js";
import { detailKeys } from "./page.js";

const list = /** @type {HTMLElement} */ (document.querySelector("#notes"));
const sound = player(list.dataset.sound ?? "");
const MARGIN = 1500; // ms heard before and after

hearable(list, (start, end) => {
  if (sound.playing) return sound.stop();
  return sound.play(Math.max(0, start - MARGIN), end + MARGIN).catch(silent);
});
register("Private details", detailKeys(list));
