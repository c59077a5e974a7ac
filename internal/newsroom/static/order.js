// What has an order is put in order here: by dragging, and by the keyboard with Alt,
// Shift and an arrow. Without this module the buttons beside each row do the same, by way
// of the server.
//
// [data-menu]: the rows of a menu, with how deep each stands; nothing is sent before
// somebody saves. [data-order]: rows that are sent at once, each among those of its
// own data-parent.

const menu = document.querySelector("[data-menu]");
const order = document.querySelector("[data-order]");
const list = menu ?? order;
const deepest = 5;

const rows = () => [...list.children];
const field = (row, name) => row.querySelector(`[name=${name}]`);
const depth = (row) => menu ? Number(field(row, "item_depth").value) : Number(row.className.match(/depth-(\d+)/)[1]);

// A row with all that stands below it.
function block(row) {
  const all = [row];
  for (let next = row.nextElementSibling; next && depth(next) > depth(row); next = next.nextElementSibling) all.push(next);
  return all;
}

function setDepth(row, n) {
  row.className = row.className.replace(/depth-\d+/, "depth-" + n);
  field(row, "item_depth").value = n;
}

// The numbers in the buttons' values are places in the list.
function number() {
  rows().forEach((row, n) => {
    for (const button of row.querySelectorAll(".move")) button.value = button.value.replace(/\d+$/, n);
  });
}

const said = document.querySelector("[data-said]");
function say(words, row, n) {
  if (said) said.textContent = said.dataset[words].replace("{name}", row.dataset.name).replace("{n}", n);
}

function before(row) {
  for (let prev = row.previousElementSibling; prev && depth(prev) >= depth(row); prev = prev.previousElementSibling) {
    if (depth(prev) === depth(row)) return prev;
  }
  return null;
}

function after(row) {
  const next = block(row).at(-1).nextElementSibling;
  return next && depth(next) === depth(row) ? next : null;
}

function move(row, how) {
  const all = block(row);
  const prev = row.previousElementSibling;
  const at = document.activeElement;
  switch (how) {
    case "up": {
      const to = before(row);
      if (!to) return;
      to.before(...all);
      break;
    }
    case "down": {
      const to = after(row);
      if (!to) return;
      block(to).at(-1).after(...all);
      break;
    }
    case "in":
      if (!prev || depth(row) > depth(prev) || Math.max(...all.map(depth)) >= deepest) return;
      all.forEach((r) => setDepth(r, depth(r) + 1));
      say("in", row);
      break;
    case "out":
      if (depth(row) === 0) return;
      all.forEach((r) => setDepth(r, depth(r) - 1));
      say("out", row);
      break;
    case "remove": {
      all.slice(1).forEach((r) => setDepth(r, depth(r) - 1));
      const next = row.nextElementSibling ?? prev;
      say("gone", row);
      row.remove();
      next?.querySelector("[name=item_label]")?.focus();
      number();
      return;
    }
  }
  at?.focus(); // a row that is moved loses it
  if (how === "up" || how === "down") say("said", row, rows().indexOf(row) + 1);
  number();
}

function send(row) {
  document.getElementById("order-" + row.dataset.parent).requestSubmit();
}

// A dragged row comes before the one that it lands on, as deep as that.
function land(row, on) {
  const all = block(row);
  if (all.includes(on)) return;
  if (order) {
    if (row.dataset.parent !== on.dataset.parent) return;
    const down = rows().indexOf(row) < rows().indexOf(on);
    if (down) block(on).at(-1).after(...all);
    else on.before(...all);
    send(row);
    return;
  }
  const by = depth(on) - depth(row);
  on.before(...all);
  all.forEach((r) => setDepth(r, Math.max(0, Math.min(deepest, depth(r) + by))));
  if (rows()[0] === row) all.forEach((r, i) => setDepth(r, i === 0 ? 0 : depth(r)));
  say("said", row, rows().indexOf(row) + 1);
  number();
}

if (list) {
  list.classList.add("ordering");
  let dragged = null;
  const clear = () => {
    for (const row of rows()) row.classList.remove("dragged", "landing");
  };
  list.addEventListener("dragstart", (e) => {
    if (!e.target.classList?.contains("handle")) return;
    dragged = e.target.closest("li");
    e.dataTransfer.effectAllowed = "move";
    e.dataTransfer.setData("text/plain", "");
    e.dataTransfer.setDragImage(dragged, 0, 0);
    block(dragged).forEach((r) => r.classList.add("dragged"));
  });
  list.addEventListener("dragover", (e) => {
    const on = dragged && e.target.closest?.("li");
    if (!on) return;
    e.preventDefault();
    for (const row of rows()) row.classList.toggle("landing", row === on);
  });
  list.addEventListener("drop", (e) => {
    const on = dragged && e.target.closest?.("li");
    if (!on) return;
    e.preventDefault();
    land(dragged, on);
  });
  list.addEventListener("dragend", () => {
    dragged = null;
    clear();
  });
}

if (menu) {
  menu.addEventListener("click", (e) => {
    const button = e.target.closest(".move");
    if (!button) return;
    e.preventDefault();
    move(button.closest("li"), button.value.split(" ")[0]);
  });
  menu.addEventListener("keydown", (e) => {
    const row = e.target.closest("li");
    if (!e.altKey || !e.shiftKey || !row) return;
    const rtl = document.documentElement.dir === "rtl";
    const how = { ArrowUp: "up", ArrowDown: "down", ArrowRight: rtl ? "out" : "in", ArrowLeft: rtl ? "in" : "out" }[e.key];
    if (!how) return;
    e.preventDefault();
    move(row, how);
  });
}
