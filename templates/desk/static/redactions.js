// @ts-check
// Private details by one key, and heard before they are decided.
import { player } from "./clip.js";
import { register } from "./keys.js";
import { say, takeBack } from "./page.js";

const list = /** @type {HTMLElement} */ (document.querySelector("#notes"));
const sound = player(list.dataset.sound ?? "");
const MARGIN = 1500; // ms heard before and after

for (const one of /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("li[data-start]"))) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  button.textContent = "Hear";
  button.addEventListener("click", () => {
    if (sound.playing) return sound.stop();
    sound.play(Math.max(0, Number(one.dataset.start) - MARGIN), Number(one.dataset.end) + MARGIN)
      .catch(() => say("The recording cannot be played here."));
  });
  one.querySelector(".actions")?.append(button);
}

/** @param {string} which */
function resolve(which) {
  const inside = document.activeElement?.closest("li[data-start]") ?? list;
  const button = /** @type {HTMLButtonElement | null} */ (inside.querySelector(`button.${which}`));
  button?.click();
  return Boolean(button);
}

register("Private details", [
  { id: "redact", keys: "R", label: "Redact the detail that has the focus, else the first", run: () => resolve("redact") },
  { id: "keep", keys: "K", label: "Say that it may stay", run: () => resolve("keep") },
  { id: "unredact", keys: "U", label: "Take back what you redacted last", run: () => takeBack() },
]);
