// Says that scripts run, before anything is painted. govuk-frontend's inline script as a file: the policy allows no
// inline script, so this one must be in the body and must not wait.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}
