// Where Tab should stop, in the order of the page, and where it did; each with how it looks. For walking.py.
() => {
  const labelOf = (box) => (["radio", "checkbox"].includes(box.type) ? box.labels[0] : null); // it draws the box

  const look = (box) => {
    const style = labelOf(box) ? getComputedStyle(labelOf(box), "::before") : getComputedStyle(box);
    const isDrawn = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    const isClear = /^rgba\(.*, 0\)$/.test(style.outlineColor);
    return [isDrawn && !isClear ? style.outline : "", style.boxShadow, style.backgroundColor, style.borderColor].join();
  };

  const stop = (box) => {
    const place = (labelOf(box) ?? box).getBoundingClientRect();
    const { left, right, top, bottom } = place;
    const name = box.getAttribute("aria-label") || box.labels?.[0]?.innerText || box.innerText || box.tagName;
    return { name: name.trim(), look: look(box), left: left + scrollX, right: right + scrollX, top: top + scrollY,
      bottom: bottom + scrollY, page: document.scrollingElement.scrollWidth };
  };

  const all = [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, [tabindex='0']",
  )].filter((box) => box.getClientRects().length > 0);
  const sameGroup = (radio) => all.filter((other) => other.type === "radio" && other.name === radio.name);
  const takesFocus = (radio) => sameGroup(radio).find((other) => other.checked) ?? sameGroup(radio)[0];
  const stops = all.filter((box) => box.type !== "radio" || takesFocus(box) === box);

  document.activeElement.blur();
  window.walked = { stops: stops.map(stop), reached: [] };
  document.addEventListener("focusin", ({ target }) => {
    window.walked.reached.push({ number: stops.indexOf(target), ...stop(target) });
  });
  return stops.length;
}
