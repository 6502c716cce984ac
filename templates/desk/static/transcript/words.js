// @ts-check
// Words of a text and their times. Pure: no page, no server.

/** Where each word begins and ends in a text. @param {string} text @returns {[number, number][]} */
export function wordBounds(text) {
  /** @type {[number, number][]} */
  const bounds = [];
  for (const found of text.matchAll(/\S+/g)) bounds.push([found.index, found.index + found[0].length]);
  return bounds;
}

/** Last index whose value is not above the wanted one; -1 before the first. @param {ArrayLike<number>} values @param {number} wanted */
export function lastAtOrBefore(values, wanted) {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] <= wanted) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Which word a place in the text belongs to: the one around it, else the next. @param {[number, number][]} bounds @param {number} place */
export function wordAt(bounds, place) {
  const before = lastAtOrBefore(bounds.map(([, end]) => end), place);
  return Math.min(before + 1, bounds.length - 1);
}

/** What was changed between two texts, as one stretch. @param {string} before @param {string} after */
export function onePatch(before, after) {
  const least = Math.min(before.length, after.length);
  let at = 0;
  while (at < least && before.charCodeAt(at) === after.charCodeAt(at)) at++;
  let same = 0;
  while (same < least - at && before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)) same++;
  // never inside a pair of surrogates: the server counts whole characters
  if (at && isHigh(before.charCodeAt(at - 1))) at--;
  if (same && isLow(before.charCodeAt(before.length - same))) same--;
  return { at, deleted: before.slice(at, before.length - same), inserted: after.slice(at, after.length - same) };
}

const isHigh = (/** @type {number} */ code) => code >= 0xd800 && code < 0xdc00;
const isLow = (/** @type {number} */ code) => code >= 0xdc00 && code < 0xe000;

/** A place in whole characters, as Python counts. @param {string} text @param {number} place */
export function inCharacters(text, place) {
  let count = place;
  for (let n = 0; n < place; n++) if (isLow(text.charCodeAt(n))) count--;
  return count;
}

/** The same place after a text was changed around it. @param {string} before @param {string} after @param {number} place */
export function movedPlace(before, after, place) {
  const { at, deleted, inserted } = onePatch(before, after);
  if (place <= at) return place;
  if (place >= at + deleted.length) return place + inserted.length - deleted.length;
  return at + inserted.length;
}

/**
 * Times from the server's steps: the pause before and the length of each word, ms.
 * @param {number[]} steps
 */
export function decodeTimes(steps) {
  const starts = new Float64Array(steps.length / 2);
  const ends = new Float64Array(steps.length / 2);
  let at = 0;
  for (let n = 0; n < starts.length; n++) {
    starts[n] = at + steps[2 * n];
    ends[n] = at = starts[n] + steps[2 * n + 1];
  }
  return { starts, ends };
}

/**
 * Times for a text that the server has not seen yet: words that stayed keep theirs,
 * what lies between is spread.
 * @param {{starts: Float64Array, ends: Float64Array}} known @param {string[]} old @param {string[]} now
 */
export function guessedTimes(known, old, now) {
  const least = Math.min(old.length, now.length, known.starts.length);
  let head = 0;
  while (head < least && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < least - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
  const starts = new Float64Array(now.length);
  const ends = new Float64Array(now.length);
  const count = now.length - head - tail;
  const from = head ? known.ends[head - 1] : (known.starts[0] ?? 0);
  const to = tail ? known.starts[old.length - tail] : (known.ends[old.length - 1] ?? from);
  for (let n = 0; n < now.length; n++) {
    const same = n < head ? n : n >= now.length - tail ? n - now.length + old.length : -1;
    starts[n] = same >= 0 ? known.starts[same] : from + ((to - from) * (n - head)) / count;
    ends[n] = same >= 0 ? known.ends[same] : from + ((to - from) * (n - head + 1)) / count;
  }
  return { starts, ends };
}

/** As people read times: 12:47 or 1:02:03. @param {number} ms */
export function clock(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const rest = String(seconds % 60).padStart(2, "0");
  if (seconds < 3600) return `${Math.floor(seconds / 60)}:${rest}`;
  return `${Math.floor(seconds / 3600)}:${String(Math.floor(seconds / 60) % 60).padStart(2, "0")}:${rest}`;
}
