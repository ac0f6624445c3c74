// What scripts add to a page. Every task can be done without them.
import { initAll } from "../vendor/govuk-frontend.min.js";
import { runCounter } from "./counter.js";
import { keepDrafts } from "./draft.js";
import { followUpload } from "./upload.js";
import { saveByKeyboard } from "./save.js";
import { watchSession } from "./session.js";
import { warnOfLoss } from "./warn.js";

initAll();

runCounter();

const form = document.querySelector("form[data-main]");
if (form) {
  saveByKeyboard(form);
  if ("keep" in form.dataset) warnOfLoss(form);
  if ("keep" in form.dataset && !("once" in form.dataset)) keepDrafts(form);
}

const waiting = document.querySelector("[data-progress]");
if (waiting) followUpload(waiting);

const session = document.querySelector("[data-session]");
if (session) watchSession(session);
