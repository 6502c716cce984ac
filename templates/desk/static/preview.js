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
    old.body.replaceWith(page.body); // parsed, so nothing in it runs
    old.title = page.title;
    old.documentElement.scrollTop = at;
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
  const heading = inside?.querySelector("h1");
  const banner = inside?.querySelector(".draft-banner")?.getBoundingClientRect().height ?? 0; // it stays in view
  if (inside && heading) inside.documentElement.scrollTop += heading.getBoundingClientRect().top - banner - 12;
}
