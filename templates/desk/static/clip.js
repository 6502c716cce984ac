// @ts-check
// Plays one stretch of a recording and stops at its end; the browser asks the server for
// the bytes it needs (HTTP ranges), never for the whole file.

import { say } from "./page.js";

/** Say that nothing can be heard, unless it was stopped before it began. @param {unknown} error */
export function silent(error) {
  if (!(error instanceof DOMException && error.name === "AbortError")) say("The sound cannot be played here.");
}

/** @param {string} source */
export function player(source) {
  const audio = new Audio();
  audio.preload = "none";
  /** @type {(() => void) | null} */
  let over = null;
  let limit = Infinity;

  function watch() {
    if (audio.paused) return;
    if (audio.currentTime * 1000 >= limit) return end();
    requestAnimationFrame(watch);
  }

  function end() {
    audio.pause();
    over?.();
    over = null;
  }

  audio.addEventListener("playing", () => requestAnimationFrame(watch));
  // a page in the background draws no frames
  audio.addEventListener("timeupdate", () => { if (audio.currentTime * 1000 >= limit) end(); });
  audio.addEventListener("ended", end);

  return {
    get playing() {
      return !audio.paused;
    },
    /** Resolves at the end of the clip, or when it is stopped. @param {number} start @param {number} stop in ms */
    async play(start, stop) {
      over?.();
      if (!audio.src) audio.src = source;
      limit = stop;
      audio.currentTime = start / 1000;
      await audio.play();
      return new Promise((resolve) => { over = () => resolve(undefined); });
    },
    stop: end,
  };
}

/** Put a button to each stretch of a list by which it is heard. @param {ParentNode} list @param {(start: number, end: number) => unknown} hear in ms */
export function hearable(list, hear) {
  for (const one of /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("li[data-start]"))) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet hear";
    button.textContent = "Hear";
    button.addEventListener("click", () => hear(Number(one.dataset.start), Number(one.dataset.end)));
    (one.querySelector(".actions") ?? one).append(button);
  }
}

/** 00:12:31.2 in ms, null where it is no time. @param {string} text */
export function milliseconds(text) {
  const parts = text.trim().split(":").map(Number);
  if (parts.some(Number.isNaN) || parts.length < 2) return null;
  return Math.round(1000 * parts.reduce((sum, part) => 60 * sum + part, 0));
}
