// The script of a till and of its second screen. Both work without it; with it a counter runs by keys and scanner alone.
"use strict";

const one = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const field = one("[data-scan]");
const typing = "input:not([data-scan]), textarea, select";

// The cursor is in the one field wherever nothing needs attention first; after a press it comes back there.
const home = () => field && field.focus({ preventScroll: true });
if (one("[data-home]") && !one("[data-focus][role=alert]")) home();
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-step]")) setTimeout(home);
});
// Where a PIN or password is asked for, it is the one field, unless it is given on a second screen.
const secret = one("#secret");
if (secret && !one("[data-await], [data-focus]")) secret.focus();

// A scanner types a whole code within a moment and ends with Enter; a hand presses a key and then another. On pages
// where single keys do something, what comes at once is gathered: a code goes into the one field, keys are pressed.
const MOMENT = 80, CODE = 4;
let burst = "", waits;
const button = (key) => all("[data-key]").find((each) => each.dataset.key === key.toLowerCase());
const last = () => document.getElementById(one("[data-last]")?.id) ?? all("#choice input[type=number]").find((each) => Number(each.value));
const does = (key) => key === "-" || key === "−" ? Boolean(one("#choice")) : Boolean(button(key));
function press(key) {
  if (key !== "-" && key !== "−") return button(key)?.click();
  const chosen = last();
  if (chosen) one(`[data-step="-1"][aria-controls="${chosen.id}"]`).click();
}
function settle() {
  const text = burst, code = text.replaceAll("\n", "");
  burst = "";
  if (code.length < CODE) return [...code].forEach(press);
  field.value = code;
  home();
  if (text.endsWith("\n")) field.form.requestSubmit();
}
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (event.key === "Enter" && event.target.closest("[data-confirm]")) return event.preventDefault();
  if (event.key === "Enter" && event.target.matches("#choice input")) {
    event.preventDefault();
    return home();
  }
  if (!field && secret?.isConnected && /^[0-9]$/.test(event.key) && !event.target.closest(typing)) secret.focus();
  if (!field || event.target.closest(typing) || (event.target === field && field.value)) return;
  const key = event.key === "Enter" ? "\n" : event.key;
  if (key.length > 1 || (key === " " && event.target !== field)) return;
  if (!burst && !does(key)) return key === "\n" ? undefined : home();
  event.preventDefault();
  event.stopImmediatePropagation();
  if (event.repeat) return;
  burst += key;
  clearTimeout(waits);
  waits = setTimeout(settle, MOMENT);
}, true);

// What is chosen is added up while it is chosen.
const sum = one("[data-sum]");
function add(event) {
  if (event?.target.value) {
    one("[data-last]")?.removeAttribute("data-last");
    event.target.dataset.last = "";
  }
  const cost = all("#choice [data-points]").reduce((so, each) => so + Number(each.value) * Number(each.dataset.points), 0);
  const left = Number(sum.dataset.sum) - cost, words = (number) => number.toLocaleString("en").replace("-", "−");
  one("[data-sum-shown]").hidden = false;
  one("[data-sum-short]").hidden = left >= 0;
  one("[data-sum-cost]").textContent = words(-cost);
  one("[data-sum-left]").textContent = one("[data-sum-left]").dataset.sumLeft.replace("#", words(left));
}
if (sum) {
  one("#choice").addEventListener("input", add);
  add();
}

// What was typed outlives a lock, a reload and a network that went away: in this tab, until the next page of a till.
const KEPT = "jishan.till", fields = "main input:not([type=hidden], [type=password]), main textarea";
const keep = () => sessionStorage.setItem(KEPT, JSON.stringify([location.pathname, all(fields).map((each) => [each.id, each.value])]));
const [came] = performance.getEntriesByType("navigation");
function restore() {
  const [path, typed] = JSON.parse(sessionStorage.getItem(KEPT) ?? "[]");
  sessionStorage.removeItem(KEPT);
  const back = came?.type !== "navigate" || /\/(locked|signin)/.test(document.referrer);
  if (path !== location.pathname || !back) return;
  for (const [id, value] of typed) {
    const each = document.getElementById(id);
    if (each && value) each.value = value;
  }
  if (sum) add();
}

// A till: is there a network, is somebody there, is the screen locked.
const till = one("[data-till]");
if (till) {
  restore();
  const red = one("[data-offline]"), lock = one("[data-lock]");
  let touched = Date.now(), told = 0, again;
  for (const kind of ["keydown", "pointerdown", "input"]) addEventListener(kind, () => { touched = Date.now(); }, true);
  function network(there) {
    red.hidden = there;
    clearTimeout(again);
    again = setTimeout(alive, there ? 15000 : 3000);
  }
  async function alive() {
    if (!navigator.onLine) return network(false);
    // Somebody who is typing is there, and the site is told so; a page that looks again by itself is nobody.
    const headers = touched > told ? {} : { "X-Unattended": "1" };
    told = Date.now();
    try {
      const { status } = await fetch(till.dataset.alive, { headers, cache: "no-store", signal: AbortSignal.timeout(8000) });
      network(![502, 504].includes(status));
    } catch {
      network(false);
    }
  }
  addEventListener("offline", () => network(false));
  addEventListener("online", alive);
  network(navigator.onLine);
  document.addEventListener("submit", (event) => {
    if (event.target === lock) return;
    keep();
    if (red.hidden) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    red.scrollIntoView({ block: "center" });
    alive();
  }, true);
  // The lock is asked for in the background, so that a session that ended meanwhile comes back to this page too.
  async function shut() {
    keep();
    const next = encodeURIComponent(location.pathname + location.search);
    try {
      const answer = await fetch(lock.action, { method: "POST", body: new URLSearchParams(new FormData(lock)), redirect: "manual" });
      location.assign(answer.type === "opaqueredirect" ? `/locked?next=${next}` : `/signin/staff?away=1&next=${next}`);
    } catch {
      network(false);
    }
  }
  lock.addEventListener("submit", (event) => {
    event.preventDefault();
    shut();
  });
  setInterval(() => { if (Date.now() - touched > 1000 * till.dataset.idle) shut(); }, 5000);
}

// Each second: was the PIN given on the second screen? Then the till goes on.
const awaited = one("[data-await]");
if (awaited) {
  const ask = async () => {
    try {
      const answer = await fetch(awaited.dataset.await, { headers: { "X-Unattended": "1" }, cache: "no-store" });
      const where = answer.status === 200 ? await answer.text() : "";
      if (where.startsWith("/counter/")) return location.assign(where);
    } catch { /* no network: the red bar says so */ }
    setTimeout(ask, 1000);
  };
  setTimeout(ask, 1000);
}

// Big digits under the field of a PIN. They are there only where a script can press them.
function pads(within) {
  for (const pad of all("[data-pad]", within)) {
    const pin = document.getElementById(pad.dataset.pad);
    pad.hidden = false;
    pad.addEventListener("click", (event) => {
      const digit = event.target.closest("[data-digit]")?.dataset.digit;
      if (digit) pin.value = digit === "rub" ? pin.value.slice(0, -1) : (pin.value + digit).slice(0, 6);
    });
  }
}
pads(document);

// The second screen looks each second what its till shows it. What stands there is left alone until that changes.
async function watch(shown) {
  try {
    const answer = await fetch(shown.dataset.watch, { headers: { Accept: "text/html" }, cache: "no-store" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = answer.ok ? page.getElementById(shown.id) : null;
    if (fresh && fresh.dataset.version !== shown.dataset.version) {
      shown.replaceWith(document.adoptNode(fresh));
      document.title = page.title;
      shown = fresh;
      pads(shown);
      one("#secret", shown)?.focus();
    }
  } catch { /* no network: look again */ }
  setTimeout(() => watch(shown), 1000);
}
const screened = one("[data-watch]");
if (screened) setTimeout(() => watch(screened), 1000);

// A receipt that was just asked for is printed at once.
if (one("[data-print-now]")) {
  history.replaceState(null, "", location.pathname);
  print();
}
