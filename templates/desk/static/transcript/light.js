// @ts-check
// Lights words without an element a word: the CSS Custom Highlight API. A browser that
// has none shows the turn alone.

const painted = globalThis.CSS?.highlights;

/** Whether single words can be lit. */
const lights = Boolean(painted && globalThis.Highlight);

/** Light these ranges under a name of transcript.css. @param {string} name @param {(Range | null)[]} ranges @param {number} [priority] */
export function light(name, ranges, priority = 0) {
  if (!lights || !painted) return;
  const found = /** @type {Range[]} */ (ranges.filter(Boolean));
  if (!found.length) {
    painted.delete(name);
    return;
  }
  const made = new Highlight(...found);
  made.priority = priority;
  painted.set(name, made);
}

/** Mark one element, for all browsers. @type {Map<string, Element | null>} */
const marked = new Map();

/** @param {string} name @param {Element | null} element */
export function mark(name, element) {
  const before = marked.get(name) ?? null;
  if (before === element) return;
  before?.classList.remove(name);
  element?.classList.add(name);
  marked.set(name, element);
}
