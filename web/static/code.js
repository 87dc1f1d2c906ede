// The page of the code without this script says until when; with it, how long still, and the screen stays lit.
"use strict";

const shown = document.querySelector("[data-left]");
if (shown) {
  // Counted from when the page came, because the clock of a telephone may be wrong.
  const since = Date.now(), left = 1000 * Number(shown.dataset.left);
  const minutes = shown.querySelector("[data-minutes]"), over = shown.querySelector("[data-over]");
  const say = () => {
    const rest = left - (Date.now() - since);
    const text = rest < 60000 ? minutes.dataset.last : minutes.dataset.minutes.replace("{n}", Math.floor(rest / 60000));
    if (rest <= 0) {
      shown.classList.add("is-over");
      over.textContent = over.dataset.over;
    } else if (minutes.textContent !== text) minutes.textContent = text;
    if (rest > 0) setTimeout(say, 1000);
  };
  const stayLit = () => {
    if (document.visibilityState !== "visible" || shown.classList.contains("is-over")) return;
    navigator.wakeLock?.request("screen").catch(() => { /* a low battery: the screen goes dark as ever */ });
  };
  say();
  stayLit();
  document.addEventListener("visibilitychange", () => { say(); stayLit(); });
}
