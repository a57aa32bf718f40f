// What is selected in the text of a page goes into the form that marks it: the
// place as numbers, the words to be seen. It writes no HTML.
"use strict";

const marker = document.getElementById("marker");
const marked = marker && marker.querySelector("[data-marked]");
const place = marker && marker.querySelector("[data-at]");
const rowsOfText = Array.from(document.querySelectorAll(".lines > p"));

// spotOf gives line and UTF-16 units in it of a point in the text.
function spotOf(node, offset) {
  const line = (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement).closest(".lines > p");
  if (!line) return null;
  const before = document.createRange();
  before.setStart(line, 0);
  before.setEnd(node, offset);
  return [rowsOfText.indexOf(line), before.toString().length];
}

function takeSelection() {
  const chosen = document.getSelection();
  if (!chosen || chosen.isCollapsed || chosen.rangeCount === 0) return;
  const range = chosen.getRangeAt(0);
  const from = spotOf(range.startContainer, range.startOffset), to = spotOf(range.endContainer, range.endOffset);
  if (!from || !to) return;
  place.value = [...from, ...to].join(",");
  marked.value = chosen.toString().slice(0, 2000);
}

if (marked) {
  document.addEventListener("selectionchange", takeSelection);
  marked.addEventListener("input", () => { place.value = ""; });
  marker.addEventListener("toggle", () => {
    if (!marker.open) return;
    takeSelection(); // the news of it may come only after the focus has moved, and then it is gone
    marked.focus();
  });
}
