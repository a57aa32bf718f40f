// A box is drawn on the picture of a page into the four numbers of the form,
// and shown as it is typed there. It writes no HTML.
"use strict";

const canvas = document.querySelector("[data-draw]");
const drawn = canvas && canvas.querySelector(".draw");
const sides = ["x0", "y0", "x1", "y1"].map((id) => document.getElementById(id));
let begun = null;

// pointOn gives a point of the window in points of the page, within it.
function pointOn(event) {
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(drawn.parentNode.getScreenCTM().inverse());
  const page = canvas.viewBox.baseVal;
  return [Math.min(Math.max(at.x, 0), page.width), Math.min(Math.max(at.y, 0), page.height)];
}

function showBox() {
  const [x0, y0, x1, y1] = sides.map((side) => (side.value === "" ? NaN : Number(side.value)));
  const there = x1 > x0 && y1 > y0;
  const box = there ? { x: x0, y: y0, width: x1 - x0, height: y1 - y0 } : { x: 0, y: 0, width: 0, height: 0 };
  for (const side of Object.keys(box)) drawn.setAttribute(side, box[side]);
}

function stretch(event) {
  const [x, y] = pointOn(event);
  const box = [Math.min(begun[0], x), Math.min(begun[1], y), Math.max(begun[0], x), Math.max(begun[1], y)];
  sides.forEach((side, i) => { side.value = box[i].toFixed(1); });
  showBox();
}

if (canvas && sides.every(Boolean)) {
  canvas.addEventListener("pointerdown", (event) => {
    begun = pointOn(event);
    canvas.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", (event) => { if (begun) stretch(event); });
  canvas.addEventListener("pointerup", (event) => {
    if (!begun) return;
    stretch(event);
    const small = sides[2].value - sides[0].value < 2 || sides[3].value - sides[1].value < 2;
    if (small) for (const side of sides) side.value = "";
    begun = null;
    showBox();
  });
  for (const side of sides) side.addEventListener("input", showBox);
  showBox();
}
