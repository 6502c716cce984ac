// @ts-check
// From one answer to the next: a key, and the focus where it goes on.
import { register } from "./keys.js";

const next = /** @type {HTMLAnchorElement | null} */ (document.querySelector("#next"));
if (next) {
  register("Review", [
    { id: "next-review", keys: "N", label: "The next answer", run: () => next.click() },
  ]);
  next.focus({ preventScroll: true });
}
