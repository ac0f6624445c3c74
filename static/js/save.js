// Ctrl+S (or Command+S) sends the page's form, as pressing its first button would.
export function saveByKeyboard(form) {
  document.addEventListener("keydown", (event) => {
    const isSave = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "s";
    if (!isSave) return;
    event.preventDefault(); // or the browser offers to keep the page, and the person with it, on this computer
    if (event.repeat) return;
    form.requestSubmit(form.querySelector("button:not([type]), button[type=submit]"));
  });
}
