// Moves a stage up and down in its list without asking the newsroom each time, by
// its buttons and by dragging. The order is sent with the form; without this script
// the buttons send the form, and each is one step.

const form = document.getElementById("stages");
const list = form.querySelector("ol"), status = document.getElementById("stages-status");
const rows = () => [...list.children];
const nameOf = (row) => row.querySelector("input:not([type])").value || row.querySelector("input:not([type])").placeholder;

// settle tells where a row stands now, and which of the buttons can go on.
function settle(row) {
  rows().forEach((r, i, all) => {
    const [up, down] = r.querySelectorAll(".moving button");
    if (!up) return;
    up.disabled = i === 1;
    down.disabled = i === all.length - 1;
    const label = r.querySelector("label");
    label.textContent = label.textContent.replace(/[\d\u0660-\u0669\u06f0-\u06f9]+/, number(i + 1));
  });
  status.textContent = form.dataset.moved.replace("{name}", nameOf(row)).replace("{n}", number(rows().indexOf(row) + 1));
}

const number = (n) => new Intl.NumberFormat(document.documentElement.lang).format(n);

function move(row, before) {
  list.insertBefore(row, before);
  settle(row);
}

list.addEventListener("click", (event) => {
  const button = event.target.closest(".moving button");
  if (!button) return;
  event.preventDefault();
  const row = button.closest("li");
  if (button.name === "up") move(row, row.previousElementSibling);
  else move(row, row.nextElementSibling.nextElementSibling);
  (button.disabled ? row.querySelector(".moving button:not(:disabled)") : button)?.focus();
});

// The grip follows the finger or the mouse: a row goes where it is let go. What is
// moved in the page loses its hold of the pointer, so the page listens.
let dragged = null;
for (const row of list.querySelectorAll("[data-move]")) {
  const grip = Object.assign(document.createElement("span"), { className: "grip", textContent: "⠿", title: form.dataset.drag });
  grip.setAttribute("aria-hidden", "true");
  row.prepend(grip);
  grip.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    dragged = row;
    row.classList.add("dragged");
  });
}

addEventListener("pointermove", (event) => {
  if (!dragged) return;
  const over = rows().slice(1).find((r) => {
    const box = r.getBoundingClientRect();
    return r !== dragged && event.clientY >= box.top && event.clientY <= box.bottom;
  });
  if (over) move(dragged, rows().indexOf(over) > rows().indexOf(dragged) ? over.nextElementSibling : over);
});

function drop() {
  dragged?.classList.remove("dragged");
  dragged = null;
}
addEventListener("pointerup", drop);
addEventListener("pointercancel", drop);
