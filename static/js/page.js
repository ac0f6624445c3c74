// What scripts add to a page. Every task can be done without them.
import { initAll } from "../vendor/govuk-frontend.min.js";
import { saveByKeyboard } from "./save.js";
import { warnOfLoss } from "./warn.js";

initAll();

const form = document.querySelector("form[data-main]");
if (form) {
  saveByKeyboard(form);
  if ("keep" in form.dataset) warnOfLoss(form);
}
