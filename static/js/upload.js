// Shows how far an upload is while its page is open, and loads the page anew when that is done with.
// The page says the same without this: it is refreshed, and has a link to look again.
const SOONEST = 1_000; // milliseconds between two questions at first
const LATEST = 10_000; // and in the end
const GIVES_UP_AFTER = 30 * 60_000; // a page that is left open all day asks nothing more; its link still does

export function followUpload(line) {
  const began = performance.now();
  const ask = async (pause) => {
    if (performance.now() - began > GIVES_UP_AFTER) return;
    const told = await question();
    if (told && told.state !== line.dataset.state) {
      location.reload();
      return;
    }
    if (told) line.querySelector("[data-rows]").textContent = told.rows.toLocaleString("en-GB");
    setTimeout(ask, pause, Math.min(pause * 1.2, LATEST));
  };
  setTimeout(ask, SOONEST, SOONEST);
}

// What the server says; nothing where there is no answer, or where somebody has to sign in first.
async function question() {
  try {
    const answer = await fetch(location.pathname, { headers: { Accept: "application/json" }, redirect: "manual" });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}
