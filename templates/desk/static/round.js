// @ts-check
// From one answer to the next: a key, and the focus where it goes on. Of hundreds that are to
// be signed again some are ticked: from none.
import { register } from "./keys.js";

const next = /** @type {HTMLAnchorElement | null} */ (document.querySelector("#next"));
if (next) {
  register("Review", [
    { id: "next-review", keys: "N", label: "The next answer", run: () => next.click() },
  ]);
  next.focus({ preventScroll: true });
}

for (const button of document.querySelectorAll("[data-ticks]")) {
  const made = /** @type {HTMLButtonElement} */ (button);
  const ticks = /** @type {HTMLInputElement[]} */ ([...(made.form?.querySelectorAll("[name=answer]") ?? [])]);
  const tell = () => { made.textContent = ticks.some((one) => one.checked) ? "Untick all" : "Tick all"; };
  made.hidden = false;
  made.addEventListener("click", () => {
    const wanted = !ticks.some((one) => one.checked);
    for (const one of ticks) one.checked = wanted;
    tell();
  });
  made.form?.addEventListener("change", tell);
  tell();
}
