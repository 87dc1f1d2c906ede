// Jishan's only script. Every page works without it; it saves a press, a wait or a glance.
"use strict";

// A form with data-once is sent once: the second press does nothing. Going back in the browser makes it usable again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!("once" in form.dataset)) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("button")) button.removeAttribute("aria-disabled");
  }
});

// In a form with data-onward Enter, typed or from a scanner, goes on to the next empty field and sends after the last.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("[data-onward] input:not([type=checkbox])")) return;
  const fields = [...event.target.form.querySelectorAll("input:not([type=hidden], [type=checkbox])")];
  const next = fields.slice(fields.indexOf(event.target) + 1).find((each) => !each.value);
  if (next) {
    event.preventDefault();
    next.focus();
  }
});

// What needs attention first: the error summary, or the panel that says it is done.
const first = document.querySelector("[data-focus]");
if (first) first.focus();

// The scanner types into one field. Focus comes home after a press elsewhere, control characters go, and the same
// scan within a second and a half counts once. Enter looks up; it never confirms, because confirming is another form.
const scan = document.querySelector("[data-scan]");
if (scan) {
  let last = "", at = -Infinity;
  const typing = "input:not([data-scan]), textarea, select, a, button, summary";
  document.addEventListener("click", (event) => { if (!event.target.closest(typing)) scan.focus(); });
  // After an error the focus is on what is told. The next scan is heard all the same, and takes the place of the last.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.key.length > 1 || event.key === " ") return;
    if (event.defaultPrevented || event.target.closest("input, textarea, select")) return;
    if (document.querySelector(`[data-key="${CSS.escape(event.key)}"]`)) return;
    scan.focus();
    scan.select();
  });
  scan.form.addEventListener("submit", (event) => {
    scan.value = scan.value.replace(/[\u0000-\u001f\u007f]/g, "").trim();
    const again = scan.value === last && event.timeStamp - at < 1500;
    if (!scan.value || again) {
      event.preventDefault();
      event.stopPropagation();
    }
    last = scan.value;
    at = event.timeStamp;
  }, true);
}

// Keys on a button (data-key="F9") press it, wherever the focus is.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing) return;
  const typing = event.target.closest("input, textarea, select");
  for (const button of document.querySelectorAll("[data-key]")) {
    if (button.dataset.key !== event.key || (typing && event.key.length === 1)) continue;
    event.preventDefault();
    button.click();
    return;
  }
});

// Paper: the button is there only where a script can press "print". A quantity has − and ＋ beside its field.
for (const button of document.querySelectorAll("[data-print], [data-step]")) button.hidden = false;
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-print], [data-step]");
  if (!button) return;
  if ("print" in button.dataset) return print();
  const field = document.getElementById(button.getAttribute("aria-controls"));
  const now = Number(field.value || 0) + Number(button.dataset.step);
  field.value = Math.min(Math.max(now, Number(field.min)), Number(field.max));
  field.dispatchEvent(new Event("input", { bubbles: true }));
});

// A running job: its section is fetched again every second and replaced, until it is done. Each tenth is said aloud.
const said = document.createElement("p");
said.className = "said";
said.setAttribute("role", "status");
async function look(section, tenth, wait) {
  if (!["waiting", "running"].includes(section.dataset.state)) return;
  await new Promise((then) => setTimeout(then, wait));
  let fresh = null;
  try {
    const answer = await fetch(section.dataset.job, { headers: { Accept: "text/html" } });
    if (answer.ok) fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(section.id);
  } catch { /* no network: wait longer and look again */ }
  if (!fresh) return look(section, tenth, Math.min(wait * 2, 15000));
  fresh = document.adoptNode(fresh);
  section.replaceWith(fresh);
  const bar = fresh.querySelector("progress");
  const now = bar && bar.max > 1 ? Math.floor((10 * bar.value) / bar.max) : tenth;
  if (now !== tenth || fresh.dataset.state !== section.dataset.state) said.textContent = (fresh.querySelector("[data-say]") ?? fresh).innerText;
  return look(fresh, now, 1000);
}
for (const section of document.querySelectorAll("[data-job]")) {
  document.body.append(said);
  look(section, -1, 1000);
}

// Reading aloud: heading, balance and the one next step, where the device has a voice for the page's language.
const reader = document.querySelector("[data-read-aloud]");
if (reader && "speechSynthesis" in window) {
  const language = document.documentElement.lang.slice(0, 2);
  const voice = () => speechSynthesis.getVoices().find((one) => one.lang.toLowerCase().startsWith(language));
  const offer = () => { reader.hidden = !voice(); };
  const label = reader.textContent;
  const quiet = () => { reader.textContent = label; };
  offer();
  speechSynthesis.addEventListener("voiceschanged", offer);
  reader.addEventListener("click", () => {
    const speaking = speechSynthesis.speaking;
    speechSynthesis.cancel();
    if (speaking) return quiet();
    const parts = [...document.querySelectorAll("[data-read], main .button:not(.quiet, .danger)")];
    const words = new SpeechSynthesisUtterance(parts.slice(0, 4).map((part) => part.innerText).join("。"));
    words.lang = document.documentElement.lang;
    words.voice = voice();
    words.rate = 0.85;
    words.onend = quiet;
    reader.textContent = reader.dataset.stop;
    speechSynthesis.speak(words);
  });
  addEventListener("pagehide", () => speechSynthesis.cancel());
}
