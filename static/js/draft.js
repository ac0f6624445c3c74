// Keeps what is typed on the server, unsaved, so that a closed page or a stopped server loses nothing.
import { sayRenewed } from "./session.js";

const ADDRESS = "/drafts/";
const EVERY = 10_000; // milliseconds
const SIGN = "kept_while_typing"; // sent with the form: the server need not keep it before it saves it

export function keepDrafts(form) {
  const say = lineUnder(form);
  const sign = addSign(form);
  let isTyped = false; // since the last draft
  let isCutOff = false; // the last draft found no server
  let isAsking = false; // whether there is one again, because Save was pressed
  let sending = new AbortController();
  const keep = async () => {
    isTyped = false;
    sending = new AbortController();
    const kept = await send(form, { signal: sending.signal });
    if (sending.signal.aborted) return;
    if (kept.at && !isTyped) form.dataset.kept = "";
    isTyped ||= !kept.at; // tried again
    isCutOff = Boolean(kept.isCutOff);
    sign.disabled = !kept.at; // it is not kept any more: the server does it, if it can be reached at all
    say(kept);
  };
  form.addEventListener("input", () => {
    isTyped = true;
    delete form.dataset.kept;
  });
  form.addEventListener("submit", async (event) => {
    if (!isCutOff) return;
    event.preventDefault(); // or the browser shows a page of its own, and what was typed since the last draft is gone
    if (isAsking) return;
    isAsking = true;
    await keep();
    isAsking = false;
    if (isCutOff) say({ fault: "Nothing was sent: there is no connection. What you typed is still here. Try again in a while." });
    else form.requestSubmit(event.submitter);
  });
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || (event.target !== form && !("forget" in event.target.dataset))) return;
    isTyped = false;
    sending.abort(); // or it could arrive after what it is a draft of was saved, or thrown away
  });
  setInterval(() => isTyped && !isAsking && keep(), EVERY);
  window.addEventListener("pagehide", () => {
    if (isTyped) send(form, { keepalive: true });
  });
}

async function send(form, options) {
  const page = new URL(form.getAttribute("action") ?? "", location.href).pathname;
  const typed = [...new FormData(form)].filter(([, value]) => typeof value === "string");
  const body = new URLSearchParams([...typed, ["draft_path", page]]);
  try {
    const answer = await fetch(ADDRESS, { method: "POST", body, redirect: "manual", ...options });
    if (answer.ok) return await answer.json();
    return { fault: answer.status === 401 ? "Not kept: you have been signed out." : "Draft not saved." };
  } catch {
    return { isCutOff: true, fault: "Draft not saved: there is no connection. It is tried again." };
  }
}

function addSign(form) {
  const sign = document.createElement("input");
  Object.assign(sign, { type: "hidden", name: SIGN, value: "1" });
  form.append(sign);
  return sign;
}

function lineUnder(form) {
  const line = document.createElement("p");
  line.className = "govuk-hint govuk-!-display-none-print";
  line.setAttribute("aria-live", "polite");
  form.append(line);
  return ({ at, seconds, fault }) => {
    if (at) sayRenewed(seconds);
    line.setAttribute("aria-live", at && line.textContent.startsWith("Draft saved") ? "off" : "polite"); // said once
    line.textContent = fault ?? `Draft saved ${at}`;
  };
}
