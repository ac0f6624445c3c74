// Says on the page that the session is about to end, and that it has ended. The pages of a browser tell each other
// when it was renewed. How long a session lasts is decided by the server alone.
const CHANNEL = "ims-session";

export function sayRenewed(seconds) {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(seconds);
  channel.close();
}

export function watchSession(bar) {
  let endsAt = 0;
  const warnFor = Number(bar.dataset.warning) * 1000;
  const look = () => {
    const left = endsAt - Date.now();
    show(bar, left <= 0 ? "ended" : left <= warnFor ? "ending" : "");
  };
  const last = (seconds) => {
    endsAt = Date.now() + seconds * 1000;
    look();
  };
  new BroadcastChannel(CHANNEL).addEventListener("message", (event) => last(event.data));
  last(Number(bar.dataset.seconds));
  sayRenewed(Number(bar.dataset.seconds));
  setInterval(look, 1000); // and not one long wait, which a sleeping computer would sleep through
  bar.addEventListener("submit", (event) => {
    event.preventDefault();
    stay(event.target);
  });
}

function show(bar, state) {
  if (bar.dataset.state === state) return;
  bar.dataset.state = state;
  bar.replaceChildren();
  if (state) bar.append(document.getElementById(`session-${state}`).content.cloneNode(true));
  for (const link of bar.querySelectorAll("a")) link.search = new URLSearchParams({ next: location.pathname });
}

async function stay(form) {
  try {
    const answer = await fetch(form.action, {
      method: "POST", body: new URLSearchParams(new FormData(form)), headers: { Accept: "application/json" }, redirect: "manual",
    });
    sayRenewed(answer.status === 401 ? 0 : (await answer.json()).seconds);
  } catch { // no connection, or signed in anew on another page
    form.querySelector("p").textContent = "That did not work, so you may be signed out soon. Save what you have typed.";
  }
}
