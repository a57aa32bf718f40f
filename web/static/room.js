// Keys of the reading room, and what is live on its pages. Everything works
// without this file; it adds shortcuts to links and buttons that are on the
// page. It writes no HTML: trusted types are on, and no policy exists.
"use strict";

const box = document.getElementById("q");
const rows = Array.from(document.querySelectorAll("[data-row]"));

function typing(target) {
  return target instanceof HTMLElement && target.closest("input, textarea, select") !== null;
}

// step moves the focus through the rows of a list.
function step(by) {
  if (rows.length === 0) return;
  const at = rows.indexOf(document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + by, 0), rows.length - 1);
  rows[next].focus();
  rows[next].scrollIntoView({ block: "center" });
}

function press(key) {
  const control = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (control) control.click();
  return control !== null;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (typing(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (event.key === "Escape" && document.querySelector(":popover-open")) return; // it closes by itself
  let done = true;
  switch (event.key) {
    case "/": box.focus(); box.select(); break;
    case "j": step(1); break;
    case "k": step(-1); break;
    case "Enter": case " ": done = false; break;
    default: done = event.key.length === 1 || event.key === "Escape" ? press(event.key) : false;
  }
  if (done) event.preventDefault();
});

// A question is read while it is typed, and asked only when it is sent.
const wrong = document.getElementById("q-wrong");
let asked = 0;

function showWrong(typed, answer) {
  wrong.replaceChildren();
  if (answer.wrong === "") return;
  if (answer.at >= 0) {
    const shown = document.createElement("bdi");
    const mark = document.createElement("mark");
    const end = answer.at + (typed.codePointAt(answer.at) > 0xffff ? 2 : 1);
    mark.textContent = typed.slice(answer.at, end) || "\u2423";
    shown.append(typed.slice(0, answer.at), mark, typed.slice(end));
    wrong.append(shown, " ");
  }
  const why = document.createElement("bdi");
  why.lang = "en";
  why.textContent = answer.hint ? `${answer.wrong}; ${answer.hint}` : answer.wrong;
  wrong.append(why);
}

async function check(typed, mine) {
  const body = new URLSearchParams({ q: typed });
  const reply = await fetch(wrong.dataset.check, { method: "POST", body });
  if (reply.ok && mine === asked) showWrong(typed, await reply.json());
}

let pause;
box.addEventListener("input", () => {
  clearTimeout(pause);
  const mine = ++asked;
  pause = setTimeout(() => check(box.value, mine).catch(() => {}), 250);
});

// What is being read changes while one looks; when it has ended, the page is
// another one.
const live = document.querySelector("[data-live]");

async function refresh() {
  const reply = await fetch(live.dataset.live);
  if (!reply.ok) return;
  const now = await reply.json();
  if (!now.going) {
    location.reload();
    return;
  }
  for (const place of live.querySelectorAll("[data-word]")) place.textContent = now.words[place.dataset.word];
  const bar = live.querySelector("progress");
  bar.max = now.seen;
  bar.value = now.done;
}

if (live) setInterval(() => refresh().catch(() => {}), 1000);
