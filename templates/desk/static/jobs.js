// @ts-check
// Stages at work, live: the server sends their list as HTML whenever it changes. Only
// while the page is looked at, for a browser opens no more than six connections to a host.
// When one has ended, what the page shows of the episodes is fetched anew.

import { say } from "./page.js";

const list = /** @type {HTMLElement | null} */ (document.querySelector("[data-jobs]"));
/** @type {Set<number> | null} */
let over = null;
/** @type {EventSource | null} */
let events = null;

/** What has the focus, so that it can have it again: of the same stage, for others come before it. */
function focused() {
  const here = document.activeElement;
  const job = here?.closest("li")?.dataset.job;
  if (!here || !job || !list?.contains(here)) return () => {};
  const { tagName, textContent } = here;
  return () => {
    const made = list.querySelector(`[data-job="${job}"]`);
    const same = [...(made?.querySelectorAll(tagName) ?? [])].find((one) => tagName !== "BUTTON" || one.textContent === textContent);
    /** @type {HTMLElement | null | undefined} */ (same ?? made?.querySelector("summary, pre") ?? made)?.focus();
  };
}

/** Fetch anew what the shelf shows of the episodes; a link that has the focus keeps it. */
async function refreshRows() {
  const answer = await fetch(location.href).catch(() => null);
  const html = answer?.ok && !answer.redirected && (await answer.text().catch(() => null));
  if (!html) return; // the desk is away, or this is its door: what is shown stays
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const id of ["reading", "filters", "rows"]) {
    const old = document.getElementById(id);
    const now = page.getElementById(id);
    const held = old?.contains(document.activeElement) ? document.activeElement?.getAttribute("href") : null;
    if (old?.contains(document.activeElement) && !held) continue; // somebody is at a button of it
    if (now) old?.replaceWith(now);
    else old?.remove();
    if (held) /** @type {HTMLElement | null | undefined} */ (now?.querySelector(`[href="${CSS.escape(held)}"]`))?.focus();
  }
}

/** While the show is still being read, show what is read. */
async function follow() {
  if (!document.getElementById("reading")) return;
  if (!document.hidden) await refreshRows();
  setTimeout(follow, 1000);
}

function listen() {
  if (!list || events || document.hidden) return;
  events = new EventSource("/jobs/events");
  events.addEventListener("message", (event) => {
    const told = JSON.parse(event.data);
    const again = focused();
    const opened = [...list.querySelectorAll("details[open]")].map((one) => one.closest("li")?.dataset.job);
    list.innerHTML = told.html; // made by the server's template, escaped there
    for (const one of list.querySelectorAll("details")) one.open = opened.includes(one.closest("li")?.dataset.job);
    again();
    const ended = told.over.some((/** @type {number} */ id) => over && !over.has(id));
    over = new Set(told.over);
    if (ended) {
      say("A stage has ended.");
      refreshRows();
    }
  });
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) {
    events?.close();
    events = null;
  } else {
    listen();
  }
});
listen();
setTimeout(follow, 500);
