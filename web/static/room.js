// Keys of the reading room. Everything works without this file; it adds
// shortcuts to links and buttons that are on the page, and shows the first
// lit word. It writes no HTML: trusted types are on, and no policy exists.
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
    case "n": case "p": case "z": case "[": case "]": case "?": case "Escape": done = press(event.key); break;
    default: done = false;
  }
  if (done) event.preventDefault();
});

// Bring the first lit word into its own pane, and let the window stay at the top.
for (const [pane, lit] of [[".text", "mark"], [".picture", "rect"]]) {
  const around = document.querySelector(pane);
  const first = around && around.querySelector(lit);
  if (!first || around.scrollHeight <= around.clientHeight) continue;
  const offset = first.getBoundingClientRect().top - around.getBoundingClientRect().top;
  around.scrollTop = Math.max(0, offset - around.clientHeight / 3);
}
