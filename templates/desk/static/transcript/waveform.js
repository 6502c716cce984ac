// @ts-check
// The waveform: the whole recording as a strip, and the seconds around the playhead.
// A picture only: the strip is a slider for keys and screen readers.

import { element } from "./elements.js";
import { clock } from "./words.js";

const AROUND = 12;
/** Of 127: what is quieter than this is not drawn taller. */
const QUIET = 16;
/** Seconds that arrow keys and page keys move. */
const STEPS = { ArrowLeft: -5, ArrowDown: -5, ArrowRight: 5, ArrowUp: 5, PageDown: -60, PageUp: 60 };

export class Waveform {
  /** @param {(ms: number) => void} seek */
  constructor(seek) {
    /** Of the recording, ms. */
    this.duration = 0;
    this.seek = seek;
    this.ms = 0;
    /** @type {Int8Array} */
    this.peaks = new Int8Array();
    this.perSecond = 10;
    /** Stretches to show, ms: those of a cut. @type {[number, number, string][]} */
    this.stretches = [];
    this.canvas = /** @type {HTMLCanvasElement} */ (element("canvas", { "aria-hidden": "true" }));
    this.box = element("div.waveform", { role: "slider", tabindex: "0", "aria-label": "Place in the recording", "aria-valuemin": "0", keydown: (/** @type {KeyboardEvent} */ e) => this.#key(e), pointerdown: (/** @type {PointerEvent} */ e) => this.#click(e) }, this.canvas);
    this.frame = 0;
    /** The whole recording in columns, for this width. @type {Uint8Array | null} */
    this.strip = null;
    /** The second that was told last. */
    this.said = -1;
    new ResizeObserver(() => this.draw()).observe(this.box);
    for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) matchMedia(query).addEventListener("change", () => this.draw());
    this.#tell();
  }

  /** @param {string} address */
  async load(address) {
    const answer = await fetch(address);
    if (!answer.ok) return;
    const { data, sample_rate, samples_per_pixel } = await answer.json();
    this.perSecond = sample_rate / samples_per_pixel;
    // pairs of least and most: the most is enough for a picture
    const peaks = Int8Array.from({ length: data.length / 2 }, (_, n) => data[2 * n + 1]);
    // a quiet recording is drawn as tall as a loud one; a single bang does not flatten it
    const loud = Math.max(QUIET, peaks.slice().sort()[Math.floor(peaks.length * 0.99)] ?? 0);
    this.peaks = peaks.map((one) => Math.min(127, (one / loud) * 127));
    this.strip = null;
    this.draw();
  }

  /** @param {number} ms */
  at(ms) {
    if (ms === this.ms) return;
    this.ms = ms;
    this.draw();
  }

  /** @param {[number, number, string][]} stretches */
  show(stretches) {
    this.stretches = stretches;
    this.draw();
  }

  draw() {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.#draw();
    });
  }

  #tell() {
    const seconds = Math.floor(this.ms / 1000);
    if (this.said === seconds) return;
    this.said = seconds;
    this.box.setAttribute("aria-valuemax", String(Math.round(this.duration / 1000)));
    this.box.setAttribute("aria-valuenow", String(seconds));
    this.box.setAttribute("aria-valuetext", `${clock(this.ms)} of ${clock(this.duration)}`);
  }

  #draw() {
    this.#tell();
    const { canvas } = this;
    const { width, height } = this.box.getBoundingClientRect();
    const scale = devicePixelRatio || 1;
    if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(height * scale);
      this.strip = null;
    }
    const pen = canvas.getContext("2d");
    if (!pen || !width) return;
    const style = getComputedStyle(this.box);
    const colour = (/** @type {string} */ name) => style.getPropertyValue(name).trim() || style.color;
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, width, height);
    const low = 14;
    this.#near(pen, width, height - low - 4, colour);
    this.#whole(pen, width, height, low, colour);
  }

  /** The seconds around the playhead. @param {CanvasRenderingContext2D} pen @param {number} width @param {number} height @param {(name: string) => string} colour */
  #near(pen, width, height, colour) {
    const seconds = 2 * AROUND;
    const from = this.ms / 1000 - AROUND;
    const x = (/** @type {number} */ ms) => ((ms / 1000 - from) / seconds) * width;
    for (const [start, end, name] of this.stretches) {
      pen.fillStyle = colour(name);
      pen.fillRect(x(start), 0, x(end) - x(start), height);
    }
    pen.fillStyle = colour("--wave");
    const first = Math.max(0, Math.floor(from * this.perSecond));
    const last = Math.min(this.peaks.length, Math.ceil((from + seconds) * this.perSecond));
    const step = width / (seconds * this.perSecond);
    for (let n = first; n < last; n++) {
      const tall = Math.max(1, (this.peaks[n] / 127) * height);
      pen.fillRect((n / this.perSecond - from) * (width / seconds), (height - tall) / 2, Math.max(1, step - 1), tall);
    }
    pen.fillStyle = colour("--playhead");
    pen.fillRect(width / 2 - 1, 0, 2, height);
  }

  /** The whole recording. @param {CanvasRenderingContext2D} pen @param {number} width @param {number} height @param {number} low @param {(name: string) => string} colour */
  #whole(pen, width, height, low, colour) {
    const top = height - low;
    pen.fillStyle = colour("--wave-soft");
    this.strip ??= this.#columns(Math.floor(width / 2));
    for (let n = 0; n < this.strip.length; n++) {
      const tall = Math.max(1, (this.strip[n] / 127) * low);
      pen.fillRect(n * 2, top + low - tall, 1.5, tall);
    }
    if (!this.duration) return;
    for (const [start, end, name] of this.stretches) {
      pen.fillStyle = colour(name);
      pen.fillRect((start / this.duration) * width, top, Math.max(2, ((end - start) / this.duration) * width), low);
    }
    pen.fillStyle = colour("--playhead");
    pen.fillRect((this.ms / this.duration) * width - 1, top - 2, 2, low + 2);
  }

  /** @param {number} count */
  #columns(count) {
    const columns = new Uint8Array(count);
    for (let n = 0; n < this.peaks.length; n++) {
      const column = Math.floor((n / this.peaks.length) * count);
      if (this.peaks[n] > columns[column]) columns[column] = this.peaks[n];
    }
    return columns;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const by = STEPS[/** @type {keyof typeof STEPS} */ (event.key)];
    const to = event.key === "Home" ? 0 : event.key === "End" ? this.duration : by === undefined ? null : this.ms + by * 1000;
    if (to === null || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.seek(Math.min(this.duration, Math.max(0, to)));
  }

  /** @param {PointerEvent} event */
  #click(event) {
    if (event.button) return;
    const { left, top, width, height } = this.box.getBoundingClientRect();
    const share = (event.clientX - left) / width;
    const whole = event.clientY - top > height - 18;
    this.seek(whole ? share * this.duration : Math.max(0, this.ms + (share - 0.5) * 2 * AROUND * 1000));
  }
}
