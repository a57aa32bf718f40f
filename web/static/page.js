// Picture and text in step: what is pointed at or chosen in one is shown in
// the other, and scrolling one moves the other. It writes no HTML; where a
// word stands comes from the server as numbers.
"use strict";

const text = document.querySelector(".text");
const picture = document.querySelector(".picture");
const paper = document.querySelector(".paper");
const lines = Array.from(document.querySelectorAll(".lines > p"));

// words: line, from, to in UTF-16 units of the line, and x, y, width, height
// in points of the picture as it came.
const words = paper === null ? [] : paper.dataset.words.split(";").filter(Boolean).map((w) => {
  const [line, from, to, x, y, width, height] = w.split(",").map((n) => parseInt(n, 36));
  return { line, from, to, x: x / 10, y: y / 10, width: width / 10, height: height / 10 };
});

// Bring the first lit word into its own pane, and let the window stay at the top.
for (const [pane, lit] of [[text, "mark"], [picture, "rect:not(.here)"], [document.querySelector(".cells"), "mark"]]) {
  const first = pane && pane.querySelector(lit);
  if (!first || pane.scrollHeight <= pane.clientHeight) continue;
  const offset = first.getBoundingClientRect().top - pane.getBoundingClientRect().top;
  pane.scrollTop = Math.max(0, offset - pane.clientHeight / 3);
}

// rangeOf gives the stretch of the text that a word is.
function rangeOf(word) {
  const line = lines[word.line];
  if (!line) return null;
  const range = document.createRange();
  const nodes = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  let before = 0, begun = false;
  for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
    const after = before + node.data.length;
    if (!begun && word.from < after) {
      range.setStart(node, word.from - before);
      begun = true;
    }
    if (begun && word.to <= after) {
      range.setEnd(node, word.to - before);
      return range;
    }
    before = after;
  }
  return null;
}

// light shows a word in both; none where word is undefined.
const here = paper && paper.querySelector(".here");
let chosen = -1;

function light(word) {
  const range = word && rangeOf(word);
  if (CSS.highlights) {
    CSS.highlights.delete("here");
    if (range) CSS.highlights.set("here", new Highlight(range));
  }
  const box = word || { x: 0, y: 0, width: 0, height: 0 };
  for (const side of ["x", "y", "width", "height"]) here.setAttribute(side, box[side]);
}

// bring moves a pane so that what lies at top is seen in it.
function bring(pane, top) {
  if (!pane || pane.scrollHeight <= pane.clientHeight) return;
  pane.scrollTop += top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
}

function boxTop() { return here.getBoundingClientRect().top; }

// choose lights a word until another is chosen, and brings it into the panes
// given.
function choose(at, ...panes) {
  if (!words[at]) return;
  chosen = at;
  light(words[at]);
  if (panes.includes(picture)) bring(picture, boxTop());
  const range = rangeOf(words[at]);
  if (panes.includes(text) && range) bring(text, range.getBoundingClientRect().top);
}

// onPaper finds the word at a point of the window.
function onPaper(event) {
  const matrix = here.parentNode.getScreenCTM();
  if (!matrix) return -1;
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
  return words.findIndex((w) => at.x >= w.x && at.x <= w.x + w.width && at.y >= w.y && at.y <= w.y + w.height);
}

// caretAt gives the text under a point; browsers differ in how they say it.
function caretAt(x, y) {
  if (document.caretPositionFromPoint) {
    const at = document.caretPositionFromPoint(x, y);
    return at && { node: at.offsetNode, offset: at.offset };
  }
  const at = document.caretRangeFromPoint ? document.caretRangeFromPoint(x, y) : null;
  return at && { node: at.startContainer, offset: at.startOffset };
}

// inText finds the word at a point of the window.
function inText(event) {
  const spot = caretAt(event.clientX, event.clientY);
  const line = spot && spot.node.parentElement && spot.node.parentElement.closest(".lines > p");
  if (!line) return -1;
  const number = lines.indexOf(line);
  const before = document.createRange();
  before.setStart(line, 0);
  before.setEnd(spot.node, spot.offset);
  const at = before.toString().length;
  return words.findIndex((w) => w.line === number && at >= w.from && at < w.to);
}

if (words.length > 0) {
  for (const [pane, find, other] of [[paper, onPaper, text], [document.querySelector(".lines"), inText, picture]]) {
    if (!pane) continue;
    pane.addEventListener("pointermove", (event) => {
      const at = find(event);
      light(words[at < 0 ? chosen : at]);
    });
    pane.addEventListener("pointerleave", () => light(words[chosen]));
    pane.addEventListener("click", (event) => choose(find(event), other));
  }
}

// The pane that one scrolls leads, the other follows: the uppermost line that
// is seen stands at the same height in both.
const tops = [];
for (const w of words) if (tops[w.line] === undefined) tops[w.line] = w;
let leader = null;

function follow() {
  if (leader === text) {
    const edge = text.getBoundingClientRect().top;
    const at = lines.findIndex((l, i) => tops[i] && l.getBoundingClientRect().bottom > edge);
    if (at < 0) return;
    const matrix = here.parentNode.getScreenCTM();
    const top = new DOMPoint(tops[at].x, tops[at].y).matrixTransform(matrix).y;
    picture.scrollTop += top - picture.getBoundingClientRect().top - 40;
  } else if (leader === picture) {
    const edge = picture.getBoundingClientRect().top + 40;
    const matrix = here.parentNode.getScreenCTM();
    const at = tops.findIndex((w) => w && new DOMPoint(w.x, w.y + w.height).matrixTransform(matrix).y > edge);
    if (at >= 0 && lines[at]) text.scrollTop += lines[at].getBoundingClientRect().top - text.getBoundingClientRect().top;
  }
}

if (words.length > 0 && text) {
  for (const pane of [text, picture]) {
    for (const kind of ["wheel", "touchstart", "pointerdown", "keydown"]) {
      pane.addEventListener(kind, () => { leader = pane; }, { passive: true });
    }
    pane.addEventListener("scroll", () => { if (leader === pane) follow(); }, { passive: true });
  }
}

// Zoom: the picture grows in its place; a larger one is fetched when it must.
let zoom = 1;

function enlarge(to) {
  zoom = Math.min(6, Math.max(0.25, to));
  paper.style.width = zoom === 1 ? "" : `${zoom * 100}%`;
  paper.style.maxWidth = paper.style.maxHeight = zoom === 1 ? "" : "none";
  const image = paper.querySelector("image");
  if (zoom > 1.2 && image.getAttribute("href") !== paper.dataset.large) image.setAttribute("href", paper.dataset.large);
  if (chosen >= 0) bring(picture, boxTop());
}

if (paper) {
  const steps = { "+": () => zoom * 1.25, "-": () => zoom / 1.25, 0: () => 1 };
  for (const button of document.querySelectorAll(".zoom button")) {
    button.addEventListener("click", () => enlarge(steps[button.dataset.key]()));
  }
  document.querySelector(".zoom").hidden = false;
}

// step goes on to another word and selects it, or up to it.
function stepTo(at, extend) {
  choose(at, picture, text);
  const range = words[at] && rangeOf(words[at]);
  if (!range) return;
  const selection = document.getSelection();
  if (extend && selection.anchorNode) selection.extend(range.endContainer, range.endOffset);
  else selection.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  if (event.key === "=" && paper) enlarge(zoom * 1.25);
  else if (event.key === "w" || event.key === "W") stepTo(Math.min(chosen + 1, words.length - 1), event.key === "W");
  else if (event.key === "b") stepTo(Math.max(chosen - 1, 0), false);
});
