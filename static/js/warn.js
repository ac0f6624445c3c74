// Asks before a page with typed, unsaved input is left. A form that came back with errors is unsaved from the start.
export function warnOfLoss(form) {
  let unsaved = "unsaved" in form.dataset;
  form.addEventListener("input", () => { unsaved = true; });
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return; // there is no connection: nothing was sent
    if (event.target === form || "forget" in event.target.dataset) unsaved = false; // saved, or thrown away
  });
  window.addEventListener("beforeunload", (event) => {
    const comesBack = "kept" in form.dataset && document.querySelector("[data-session][data-state=ended]");
    if (unsaved && !comesBack) event.preventDefault(); // signed out, with a draft of it all: signing in brings it back
  });
}
