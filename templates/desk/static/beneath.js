// @ts-check
// In the page as readers will see it: the spoken words beneath each sentence, a number at
// each change of meaning, a wavy line under what is private. Only in this frame; nothing of
// it is ever published.

/**
 * @typedef {{ text: string, start: number | null, end: number | null, findings: number[], changes: [string, string][] }} Sentence
 */

const ADDED = "desk-added";

/** Where letters and digits of a text lie: spaces and marks differ between Markdown and page. @param {Node} root */
function letters(root) {
  const walker = root.ownerDocument?.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  /** @type {{ node: Text, at: number }[]} */
  const places = [];
  let text = "";
  while (walker?.nextNode()) {
    const node = /** @type {Text} */ (walker.currentNode);
    let at = 0;
    for (const one of node.data) {
      const letter = bare(one);
      text += letter; // in small letters it may be longer, or shorter
      for (let n = 0; n < letter.length; n += 1) places.push({ node, at: at + Math.min(n, one.length - 1) });
      at += one.length;
    }
  }
  return { text, places };
}

/** @param {string} text */
const bare = (text) => [...text.toLowerCase()].filter((one) => /[\p{L}\p{N}]/u.test(one)).join("");

/** @param {Document} page @param {Sentence} one @param {boolean} spoken */
function note(page, one, spoken) {
  const made = page.createElement("span");
  made.className = ADDED;
  for (const number of one.findings) {
    const mark = page.createElement("strong");
    mark.className = "desk-finding";
    mark.textContent = ` (${number})`;
    mark.title = "A change of meaning, see the list below the page";
    made.append(mark);
  }
  if (spoken) {
    const words = page.createElement("span");
    words.className = "desk-beneath";
    const changed = one.changes.some(([kind]) => kind !== "same");
    if (!changed) words.textContent = "as it was said";
    else
      for (const [kind, text] of one.changes) {
        const piece = page.createElement(kind === "out" ? "del" : kind === "in" ? "ins" : "span");
        piece.textContent = text;
        words.append(piece, " ");
      }
    made.append(words);
  }
  return made;
}

/**
 * @param {Document} page @param {Sentence[]} sentences @param {boolean} spoken
 * @param {string[]} hidden texts that are private
 */
export function annotate(page, sentences, spoken, hidden) {
  if (!page.querySelector("link[data-desk]")) {
    const style = page.createElement("link");
    style.rel = "stylesheet";
    style.href = "/static/beneath.css";
    style.dataset.desk = "";
    page.head.append(style);
    // its links lead to pages that this frame does not have
    page.addEventListener("click", (event) => {
      if (/** @type {Element} */ (event.target).closest("a")) event.preventDefault();
    });
  }
  for (const old of page.querySelectorAll(`.${ADDED}`)) old.remove();
  for (const old of page.querySelectorAll("u.desk-private")) old.replaceWith(...old.childNodes);
  page.body.normalize();
  const answer = page.querySelector(".answer.prose");
  if (answer) {
    const { text, places } = letters(answer);
    /** @type {[Text, number, Sentence][]} */
    const ends = [];
    let from = 0;
    for (const one of sentences) {
      const wanted = bare(one.text);
      const at = wanted ? text.indexOf(wanted, from) : -1;
      if (at < 0) continue;
      from = at + wanted.length;
      const { node, at: offset } = places[from - 1];
      ends.push([node, offset + 1, one]);
    }
    for (const [node, offset, one] of ends.reverse()) {
      if (!spoken && !one.findings.length) continue;
      // the full stop belongs to the sentence
      const rest = /^[^\s\p{L}\p{N}]*/u.exec(node.data.slice(offset))?.[0].length ?? 0;
      const after = node.splitText(Math.min(node.length, offset + rest));
      after.before(note(page, one, spoken));
    }
  }
  for (const place of page.querySelectorAll("h1.question, .answer.prose")) underline(place, hidden);
}

/** @param {Element} place @param {string[]} hidden */
function underline(place, hidden) {
  for (const one of hidden) {
    const wanted = bare(one);
    if (!wanted) continue;
    const { text, places } = letters(place);
    const at = text.indexOf(wanted);
    if (at < 0) continue;
    const first = places[at];
    const last = places[at + wanted.length - 1];
    if (first.node !== last.node) continue;
    const found = first.node.splitText(first.at);
    found.splitText(last.at - first.at + 1);
    const mark = /** @type {Document} */ (place.ownerDocument).createElement("u");
    mark.className = "desk-private";
    found.replaceWith(mark);
    mark.append(found);
  }
}
