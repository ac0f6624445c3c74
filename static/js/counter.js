// The counter without loading pages: each form is sent as it stands, and what comes back takes the place of what was there.
// The server sends the same page with and without this, and saves nothing that came back sooner than it can be read.
const SOONEST = 600; // milliseconds from showing a name to an Enter that can be meant; the server keeps the same

export function runCounter() {
  const counter = document.getElementById("counter");
  if (!counter) return;
  let isSending = false;
  let shownAt = 0;
  document.addEventListener("keydown", (event) => {
    const isEnter = event.key === "Enter" && counter.contains(event.target);
    const isRead = !event.target.closest("form[data-once]") || performance.now() - shownAt > SOONEST;
    const isMeant = !event.repeat && !isSending && isRead;
    if (isEnter && !isMeant) event.preventDefault(); // held down, or pressed twice
  }, true);
  counter.addEventListener("submit", async (event) => {
    if ("leaves" in event.target.dataset) return; // for another page, which has an address of its own
    event.preventDefault();
    if (isSending) return;
    isSending = true;
    document.querySelectorAll("[data-no-answer-said]").forEach((said) => said.remove());
    try {
      show(counter, await send(event.target, event.submitter));
      shownAt = performance.now();
    } catch {
      // The line or the server is down. What was typed stays; sent again it is saved once, by the name of its submission.
      counter.before(document.querySelector("template[data-no-answer]").content.cloneNode(true));
    } finally {
      isSending = false;
    }
  });
  focusIn(counter);
}

// Where the focus goes, the best first: the box that Enter is for, a choice, the search box.
const TARGETS = ["[data-focus-within] :is(input:not([type=hidden]), select)", "[data-focus]", "[autofocus]"];

async function send(form, button) {
  const address = button?.hasAttribute("formaction") ? button.formAction : form.action;
  const answer = await fetch(address, { method: "POST", body: new URLSearchParams(new FormData(form, button)) });
  if (answer.status >= 500) throw new Error("no answer");
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

function show(counter, page) {
  const next = page.getElementById("counter");
  if (!next) { // another page altogether, such as signing in again
    document.title = page.title;
    document.body.replaceChildren(...page.body.childNodes);
    return;
  }
  document.title = page.title;
  document.querySelectorAll(".govuk-notification-banner").forEach((banner) => banner.remove());
  counter.before(...page.querySelectorAll(".govuk-notification-banner"));
  counter.replaceChildren(...next.childNodes);
  focusIn(counter);
}

function focusIn(counter) {
  const summary = counter.querySelector(".govuk-error-summary");
  if (summary) summary.tabIndex = -1;
  const target = summary ?? TARGETS.map((one) => counter.querySelector(one)).find(Boolean);
  target?.focus();
  target?.select?.();
}
