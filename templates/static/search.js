// Search in what the site holds: Pagefind's index, no other host. Answers come before
// places in transcripts; people and topics narrow both.
const form = document.querySelector("form[data-search]");
const status = document.querySelector("[data-status]");
const say = form.dataset;
const PAGE = 10;
const LENGTH = 28; // words of an excerpt
const index = new URL(say.search, document.baseURI);
const root = new URL("../", index);
let last = 0;

// A large site's index is in parts, of which the first one's entry tells the number.
const loaded = import(new URL("pagefind.js", index)).then(async (pagefind) => {
  const options = { excerptLength: LENGTH, baseUrl: root.pathname };
  await pagefind.options(options);
  const { parts = 1 } = await (await fetch(new URL("pagefind-entry.json", index))).json();
  const others = Array.from({ length: parts - 1 }, (_, at) => new URL(`${at + 2}/`, index).href);
  await Promise.all(others.map((other) => pagefind.mergeIndex(other, options)));
  return pagefind;
});

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

// What people of the show wrote, in a language that may not be the page's own.
function written(made) {
  made.dir = "auto";
  if (say.lang) made.lang = say.lang;
  return made;
}

// Pagefind marks what it found with <mark>; everything else in an excerpt is escaped.
function excerpt(html) {
  const made = element("p");
  const text = new DOMParser().parseFromString(html, "text/html").body;
  for (const node of text.childNodes)
    made.append(node.nodeName === "MARK" ? element("mark", "", node.textContent) : node.textContent);
  return written(made);
}

// Whole sentences around what was found, as far as they are no pages long: half of one may say
// the contrary of the whole, as where "you should never" is left away. Where words are parted
// by no spaces, Pagefind's own excerpt.
const LONGEST = 60;
function around(data) {
  if (data.raw_content.includes("\u200B")) return data.excerpt;
  const words = data.raw_content.split(/\s+/);
  const found = new Set(data.locations);
  const ends = (at) => /[.?!…]["'”’)\]]*$/.test(words[at]) && !/^(?:dr|mrs?|ms|prof|st|vs|e\.g|i\.e)\.$/i.test(words[at]);
  const after = (at) => {
    let last = at;
    while (last + 1 < words.length && !ends(last) && last - at < LONGEST) last += 1;
    return last;
  };
  const at = best(data) ?? 0;
  let first = at;
  while (first && !ends(first - 1) && at - first < LONGEST) first -= 1;
  let last = after(at);
  while (last + 1 < words.length && after(last + 1) - first < LENGTH) last = after(last + 1);
  const shown = words.slice(first, last + 1).map(
    (word, n) => (found.has(first + n) ? `<mark>${word}</mark>` : word)).join(" ");
  return `${first ? "… " : ""}${shown}${last + 1 < words.length ? " …" : ""}`;
}

// Where the best words stand.
function best(data) {
  return data.weighted_locations?.reduce(
    (one, two) => (!one || two.balanced_score > one.balanced_score ? two : one), null)?.location;
}

// The turn in which the best words stand: the last place with an id before them.
function place(data) {
  const at = best(data) ?? -1;
  const turns = data.anchors.filter((one) => /^t\d/.test(one.id) && one.location <= at);
  return turns.length ? `#${turns.at(-1).id}` : "";
}

async function card(result, kind) {
  const data = await result.data();
  const link = element("a", "", data.meta.title);
  link.href = data.url + (kind === "transcript" ? place(data) : "");
  written(link);
  const title = element("h3", "card-title", link);
  if (data.meta.draft) title.prepend(element("strong", "draft-mark", say.draft), " ");
  const facts = element("p", "meta", [data.meta.who, data.meta.held].filter(Boolean).join(" · "));
  if (data.meta.superseded) facts.prepend(element("strong", "superseded", say.superseded), " ");
  return element("li", "card", title, excerpt(around(data)), facts);
}

// Read the first cards, then return what shows them: a newer search may have come meanwhile.
async function list(kind, results) {
  const section = document.querySelector(`[data-kind="${kind}"]`);
  const place = section.querySelector("ol");
  const more = section.querySelector("button");
  let next = 0;
  const fill = async () => {
    const cards = await Promise.all(results.slice(next, next + PAGE).map((one) => card(one, kind)));
    next += PAGE;
    return cards;
  };
  const first = await fill();
  return () => {
    section.hidden = !results.length;
    more.hidden = next >= results.length;
    place.replaceChildren(...first);
    more.onclick = async () => {
      const cards = await fill();
      more.hidden = next >= results.length;
      place.append(...cards);
      cards[0]?.querySelector("a").focus();
    };
  };
}

// On a slow line the index takes seconds: say so, unless all is there at once.
let waiting = 0;
function wait() {
  clearTimeout(waiting);
  waiting = setTimeout(() => { status.textContent = say.busy; }, 300);
}

function told(words) {
  clearTimeout(waiting);
  status.textContent = words;
}

async function search() {
  const turn = ++last;
  wait();
  const words = form.elements.q.value.trim();
  const filters = {};
  for (const name of ["person", "topic"])
    if (form.elements[name].value) filters[name] = form.elements[name].value;
  const pagefind = await loaded;
  const kinds = ["answer", "transcript"];
  const found = await Promise.all(
    kinds.map((kind) => pagefind.search(words || null, { filters: { ...filters, kind } })));
  const shows = await Promise.all(kinds.map((kind, at) => list(kind, found[at].results)));
  if (turn !== last) return;
  for (const show of shows) show();
  const count = found.reduce((sum, one) => sum + one.results.length, 0);
  told(!count ? say.none : say.some.replace("{n}", count));
}

async function offerFilters() {
  const filters = await (await loaded).filters();
  const wanted = new URLSearchParams(location.search);
  for (const name of ["person", "topic"]) {
    const names = Object.keys(filters[name] ?? {}).sort(new Intl.Collator(document.documentElement.lang).compare);
    const select = form.elements[name];
    select.replaceChildren(new Option(say.all, ""), ...names.map((one) => new Option(one, one)));
    select.value = names.includes(wanted.get(name)) ? wanted.get(name) : "";
    select.closest("[data-filter]").hidden = !names.length;
  }
}

function remember() {
  const query = new URLSearchParams();
  for (const name of ["q", "person", "topic"])
    if (form.elements[name].value) query.set(name, form.elements[name].value);
  history.replaceState(null, "", `?${query}`);
}

const run = () => {
  remember();
  search().catch(() => told(say.broken));
};
form.addEventListener("submit", (event) => { event.preventDefault(); run(); });
form.addEventListener("change", () => form.elements.q.value.trim() && run());
form.elements.q.value = new URLSearchParams(location.search).get("q") ?? "";
if (form.elements.q.value) wait();
offerFilters().then(() => form.elements.q.value && run(), () => told(say.broken));
