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

/** What has the focus, so that it can have it again. */
function focused() {
  const here = document.activeElement;
  if (!list?.contains(here)) return () => {};
  const index = [...list.querySelectorAll("button, summary, pre")].indexOf(/** @type {HTMLElement} */ (here));
  return () => /** @type {HTMLElement | undefined} */ ([...list.querySelectorAll("button, summary, pre")][index])?.focus();
}

async function refreshRows() {
  const old = document.querySelector("#rows");
  if (!old || old.contains(document.activeElement)) return;
  const answer = await fetch(location.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const rows = page.querySelector("#rows");
  if (rows) old.replaceWith(rows);
}

function listen() {
  if (!list || events || document.hidden) return;
  events = new EventSource("/jobs/events");
  events.addEventListener("message", (event) => {
    const told = JSON.parse(event.data);
    const again = focused();
    const opened = [...list.querySelectorAll("details")].map((one) => one.open);
    list.innerHTML = told.html; // made by the server's template, escaped there
    [...list.querySelectorAll("details")].forEach((one, at) => { one.open = opened[at] ?? false; });
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
