// @ts-check
// Copies the link; without this file it is selected and copied by hand.
import { register } from "./keys.js";
import { say } from "./page.js";

const field = /** @type {HTMLInputElement} */ (document.querySelector("#link"));
const button = /** @type {HTMLButtonElement} */ (document.querySelector("#copy"));
button.hidden = false;

async function copy() {
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    say("Copied.");
  } catch {
    say("Your browser does not let the page copy. The link is selected: copy it by hand.");
  }
}

button.addEventListener("click", copy);
register("Link", [{ id: "copy", keys: "C", label: "Copy the link", run: copy }]);
