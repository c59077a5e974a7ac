// The queue of comments by keyboard, and without losing the place: htmx puts the
// list that is left in place of the one that was, and whoever decides goes on at
// the comment that has moved up. Without this script the buttons work as they are.

const said = document.getElementById("said"), trouble = document.getElementById("trouble");
const queue = () => document.getElementById("queue");
const rows = () => [...document.querySelectorAll(".comments > li")];
let place = null; // of the row that was decided about, while it is under way

function at() {
  return rows().findIndex((row) => row.contains(document.activeElement));
}

function go(n) {
  const row = rows()[Math.max(0, Math.min(n, rows().length - 1))];
  if (row) row.focus();
  else queue().closest("main").focus();
}

// What works with scripts only is shown where they run.
function show() {
  for (const e of document.querySelectorAll(".tools .all, .keys")) e.hidden = false;
  const all = document.getElementById("all");
  all?.addEventListener("change", () => {
    for (const box of document.querySelectorAll(".comments [name=id]")) box.checked = all.checked;
  });
}

function failed(key) {
  place = null;
  trouble.textContent = queue().dataset[key];
  trouble.hidden = false;
}

const press = (row, key) => row?.querySelector(`[data-key="${key}"]`)?.click();

const keys = {
  j: () => go(at() + 1),
  k: () => go(at() < 0 ? 0 : at() - 1),
  x: () => rows()[at()]?.querySelector("[name=id]").click(),
  a: () => press(rows()[at()], "a"),
  r: () => press(rows()[at()], "r"),
  h: () => press(rows()[at()], "h"),
  u: () => document.getElementById("undo")?.click(),
};

document.addEventListener("keydown", (event) => {
  const on = document.activeElement;
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || place !== null) return;
  if (on !== document.body && on.id !== "main" && !queue().contains(on)) return;
  if (!Object.hasOwn(keys, event.key)) return;
  event.preventDefault();
  keys[event.key]();
});

document.addEventListener("htmx:beforeRequest", () => {
  place = at();
  trouble.hidden = true;
});
document.addEventListener("htmx:afterSettle", () => {
  if (place === null) return;
  const n = place;
  place = null;
  show();
  said.textContent = [...document.querySelectorAll("[data-said]")].map((e) => e.textContent).join(" ");
  go(Math.max(0, n));
});
document.addEventListener("htmx:responseError", (event) => failed(event.detail.xhr.status === 401 ? "signedOut" : "trouble"));
document.addEventListener("htmx:sendError", () => failed("offline"));
show();
