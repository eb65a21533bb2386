// Draw a box on a page that is to be covered. Without a mouse, the grid and the four numbers do the same.

const LEAST = 6; // what moved less is a press on one field

const tenth = (value) => Math.round(Math.min(100, Math.max(0, value)) * 10) / 10;

/** The four edges in hundredths of the page, whichever way somebody drew. */
function edges(page, from, to) {
  const { left, top, width, height } = page.getBoundingClientRect();
  const across = [from.clientX, to.clientX].map((x) => tenth(((x - left) / width) * 100)).sort((a, b) => a - b);
  const down = [from.clientY, to.clientY].map((y) => tenth(((y - top) / height) * 100)).sort((a, b) => a - b);
  return { left: across[0], top: down[0], right: across[1], bottom: down[1] };
}

function show(box, { left, top, right, bottom }) {
  Object.assign(box.style, { left: `${left}%`, top: `${top}%`, width: `${right - left}%`, height: `${bottom - top}%` });
}

function listen(form) {
  const page = form.querySelector(".cover-page");
  let from = null;
  let box = null;
  page.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "touch" && event.button === 0) from = event;
  });
  addEventListener("pointermove", (event) => {
    if (!from || (!box && Math.hypot(event.clientX - from.clientX, event.clientY - from.clientY) < LEAST)) return;
    if (!box) page.append((box = Object.assign(document.createElement("div"), { className: "cover-box" })));
    show(box, edges(page, from, event));
  });
  addEventListener("pointerup", (event) => {
    if (box) {
      for (const [name, value] of Object.entries(edges(page, from, event))) form.elements[name].value = value;
      form.requestSubmit(form.querySelector("[value=stay]"));
    }
    from = null;
  });
  page.addEventListener("click", (event) => box && event.preventDefault(), true);
}

for (const form of document.querySelectorAll("form[data-cover]")) listen(form);
