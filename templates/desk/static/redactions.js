// @ts-check
// Private details by one key, and heard before they are decided.
import { hearable, player } from "./clip.js";
import { register } from "./keys.js";
import { detailKeys, say } from "./page.js";

const list = /** @type {HTMLElement} */ (document.querySelector("#notes"));
const sound = player(list.dataset.sound ?? "");
const MARGIN = 1500; // ms heard before and after

hearable(list, (start, end) => {
  if (sound.playing) return sound.stop();
  return sound.play(Math.max(0, start - MARGIN), end + MARGIN).catch(() => say("The recording cannot be played here."));
});
register("Private details", detailKeys(list));
