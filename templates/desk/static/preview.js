// @ts-check
// The page as readers will see it, beside the answer.

import { listen } from "./keys.js";

/** Show it as it is now, where it was scrolled to. @param {HTMLIFrameElement | null} frame @param {() => void} shown */
export async function refresh(frame, shown) {
  const old = frame?.contentDocument;
  if (!frame || !old?.body) return;
  try {
    const answer = await fetch(frame.src, { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const at = old.documentElement.scrollTop;
    const was = beneath(old);
    old.body.replaceWith(page.body); // parsed, so nothing in it runs
    old.title = page.title;
    old.documentElement.scrollTop = at;
    old.documentElement.scrollTop += beneath(old) - was; // another banner may have come
    shown();
  } catch {
    // shown as it was until the next save
  }
}

/** Begin at the question: what stands above it is the same on every page. @param {HTMLIFrameElement} frame @param {() => void} shown */
export function arrive(frame, shown) {
  shown();
  const inside = frame.contentDocument;
  if (inside) listen(inside);
  if (inside) inside.documentElement.scrollTop += beneath(inside) - 12;
}

/** How far the question is beneath the banner, which stays in view. @param {Document} inside */
function beneath(inside) {
  const banner = inside.querySelector(".draft-banner")?.getBoundingClientRect().height ?? 0;
  return (inside.querySelector("h1")?.getBoundingClientRect().top ?? 0) - banner;
}
