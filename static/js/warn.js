// Asks before a page with typed, unsaved input is left. A form that came back with errors is unsaved from the start.
export function warnOfLoss(form) {
  let unsaved = "unsaved" in form.dataset;
  form.addEventListener("input", () => { unsaved = true; });
  form.addEventListener("submit", () => { unsaved = false; });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
}
