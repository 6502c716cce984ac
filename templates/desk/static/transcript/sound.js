// @ts-check
// The sound: play from a word, speed, and what is being said at this moment.

import { keep, recall } from "../store.js";

export const SPEEDS = [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3];
const KEPT = "pullquote.sound";
/** Seconds that are heard again where somebody goes on after a correction. */
const ROLL_BACK = 1;

export class Sound {
  /** @param {HTMLAudioElement | null} audio @param {(ms: number, playing: boolean) => void} moved */
  constructor(audio, moved) {
    this.audio = audio;
    this.moved = moved;
    /** Where a stretch ends that is heard alone, ms. @type {number | null} */
    this.until = null;
    this.frame = 0;
    if (!audio) return;
    audio.preservesPitch = true;
    this.setSpeed(Number(recall(KEPT)) || 1);
    const run = () => {
      this.#told();
      this.frame = audio.paused ? 0 : requestAnimationFrame(run);
    };
    audio.addEventListener("play", () => {
      cancelAnimationFrame(this.frame);
      run();
    });
    for (const name of ["pause", "seeked"]) audio.addEventListener(name, () => this.#told());
    // a page in the background has no frames
    audio.addEventListener("timeupdate", () => document.hidden && this.#told());
  }

  #told() {
    const { audio } = this;
    if (!audio) return;
    const now = audio.currentTime * 1000;
    if (this.until !== null && now >= this.until) {
      this.until = null;
      audio.pause();
    }
    this.moved(now, !audio.paused);
  }

  get ms() {
    return (this.audio?.currentTime ?? 0) * 1000;
  }

  get playing() {
    return this.audio !== null && !this.audio.paused;
  }

  /** Hear from a moment on, up to another if given. @param {number} ms @param {number | null} [until] */
  from(ms, until = null) {
    if (!this.audio) return;
    this.until = until;
    this.audio.currentTime = Math.max(0, ms / 1000);
    this.audio.play().catch(() => {}); // another place was asked for meanwhile
  }

  /** Go to a moment without a sound. @param {number} ms */
  seek(ms) {
    if (!this.audio) return;
    this.until = null;
    this.audio.currentTime = Math.max(0, ms / 1000);
  }

  /** @param {number} seconds */
  skip(seconds) {
    this.seek(this.ms + seconds * 1000);
  }

  pause() {
    this.audio?.pause();
  }

  toggle() {
    const { audio } = this;
    if (!audio) return;
    this.until = null;
    if (audio.paused) audio.play().catch(() => {});
    else audio.pause();
  }

  /** Stop for a correction; the next start hears the last second again. */
  holdForTyping() {
    if (!this.playing) return;
    this.pause();
    this.skip(-ROLL_BACK);
  }

  get speed() {
    return this.audio?.playbackRate ?? 1;
  }

  /** @param {number} speed */
  setSpeed(speed) {
    const { audio } = this;
    if (!audio) return;
    audio.playbackRate = audio.defaultPlaybackRate = Math.min(3, Math.max(0.5, speed));
    keep(KEPT, audio.playbackRate);
  }

  /** The next speed up or down. @param {number} by */
  stepSpeed(by) {
    const place = SPEEDS.findIndex((one) => one >= this.speed - 0.01);
    this.setSpeed(SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, place + by))]);
    return this.speed;
  }
}
