// The transcript follows the sound and can be searched. Without this file the page
// works too: times are links into the sound, and the browser finds words.
const audio = document.querySelector("audio[data-player]");
const turns = [...document.querySelectorAll(".turn[data-start]")];
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const highlights = globalThis.CSS?.highlights;

const show = (element) =>
  element.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });

// Where each word of a turn begins in its text: the page has no element a word.
function wordStarts(text) {
  return [...text.matchAll(/\S+/g)].map((found) => found.index);
}

function rangeOf(node, from, to) {
  const range = document.createRange();
  range.setStart(node, from);
  range.setEnd(node, Math.min(to, node.length));
  return range;
}

function paint(name, ranges) {
  if (!highlights) return;
  if (ranges.length) highlights.set(name, new Highlight(...ranges));
  else highlights.delete(name);
}

// Last index whose value is not after the wanted one; -1 before the first.
function lastBefore(values, wanted) {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] <= wanted) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function followSound() {
  const starts = turns.map((turn) => Number(turn.dataset.start));
  const control = document.querySelector("[data-follow]");
  const follow = control?.querySelector("input");
  if (control && turns.length) control.hidden = false;
  let current = null;

  const sentence = (turn, now) => {
    const node = turn.querySelector(".said")?.firstChild;
    const marks = (turn.dataset.sentences ?? "").split(" ").filter(Boolean)
      .map((mark) => mark.split(":").map(Number));
    const at = lastBefore(marks.map((mark) => mark[1]), now);
    if (!node || at < 0) return [];
    const words = wordStarts(node.data);
    const end = marks[at + 1] ? words[marks[at + 1][0]] : node.length;
    return [rangeOf(node, words[marks[at][0]] ?? 0, end ?? node.length)];
  };

  audio.addEventListener("timeupdate", () => {
    const now = audio.currentTime * 1000;
    const turn = turns[lastBefore(starts, now)] ?? null;
    if (turn !== current) {
      current?.removeAttribute("aria-current");
      turn?.setAttribute("aria-current", "true");
      current = turn;
      if (turn && follow?.checked && !audio.paused) show(turn);
    }
    paint("spoken", turn ? sentence(turn, now) : []);
  });

  // The player is pages above by the time that somebody wants silence.
  const toggle = document.querySelector("[data-toggle]");
  const play = toggle?.textContent;
  toggle?.addEventListener("click", () => (audio.paused ? audio.play() : audio.pause()));
  for (const name of toggle ? ["play", "pause"] : [])
    audio.addEventListener(name, () => {
      toggle.textContent = audio.paused ? play : toggle.dataset.pause;
    });

  // A time that leads into the sound plays it here instead of opening the file.
  const file = new URL(audio.currentSrc || audio.src, document.baseURI).pathname;
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href*='#t=']");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const seconds = Number.parseFloat(link.hash.slice(3));
    if (link.pathname !== file || Number.isNaN(seconds)) return;
    event.preventDefault();
    audio.currentTime = seconds;
    audio.play();
  });
}

function findWords(form) {
  const field = form.querySelector("input");
  const status = form.querySelector("[data-count]");
  const texts = turns.map((turn) => turn.querySelector(".said")?.firstChild).filter(Boolean);
  let found = [];
  let at = -1;
  form.hidden = false;

  const plain = (text) => text.normalize("NFC").toLocaleLowerCase();
  const search = () => {
    const wanted = plain(field.value.trim());
    found = [];
    at = -1;
    for (const node of wanted ? texts : []) {
      const text = plain(node.data);
      // where case changes the length of a text its places would be wrong
      if (text.length !== node.data.length) continue;
      for (let from = text.indexOf(wanted); from >= 0; from = text.indexOf(wanted, from + wanted.length))
        found.push(rangeOf(node, from, from + wanted.length));
    }
    paint("found", found);
    tell();
  };
  const tell = () => {
    const words = form.dataset;
    if (!field.value.trim()) status.textContent = "";
    else if (!found.length) status.textContent = words.none;
    else status.textContent = words.some.replace("{at}", at + 1 || 1).replace("{of}", found.length);
  };
  const step = (by) => {
    if (!found.length) return;
    at = at < 0 && by < 0 ? found.length - 1 : (at + by + found.length) % found.length;
    paint("found-here", [found[at]]);
    show(found[at].startContainer.parentElement);
    tell();
  };
  field.addEventListener("input", () => {
    paint("found-here", []);
    search();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    step(1);
  });
  form.querySelector("[data-back]").addEventListener("click", () => step(-1));
}

// A link to this page may name the second: ?t=83
function startThere() {
  const seconds = Number.parseFloat(new URLSearchParams(location.search).get("t"));
  if (!(seconds > 0)) return;
  audio.preload = "metadata";
  audio.currentTime = seconds;
  const at = turns[lastBefore(turns.map((turn) => Number(turn.dataset.start)), seconds * 1000)];
  if (at && !location.hash) show(at);
}

if (audio) followSound();
if (audio) startThere();
const form = document.querySelector("form[data-find]");
if (form && turns.length) findWords(form);
