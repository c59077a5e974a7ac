// Notes to colleagues beside the text: shows where in it each belongs, and sends
// notes and answers without leaving the page, so that nobody is disturbed in what
// they write. Without this script the forms work as they are.

const panel = document.getElementById("notes");
const text = document.querySelector("[data-editor]");
const editor = () => text.editor; // nothing while the text can't be shown
const list = () => document.getElementById("notes-list");
const talks = () => [...list().querySelectorAll("[data-note]")];

// place marks the passages, tells which are gone, and puts the talks into the order
// of the text: those on the whole article first.
function place() {
  if (!editor()) return;
  editor().notes(talks().filter((t) => !("settled" in t.dataset)).map((t) => ({ ...t.dataset, id: t.dataset.note, block: Number(t.dataset.block) })));
  tell();
  const order = editor().noted(), all = talks();
  const at = (t) => (t.dataset.quote ? order.indexOf(t.dataset.note) >>> 0 : -1) + ("settled" in t.dataset ? 2 ** 33 : 0);
  all.sort((a, b) => at(a) - at(b)).forEach((t) => t.parentNode.append(t));
}

// tell says which passages are gone from the text as it is now.
function tell() {
  const there = editor().noted();
  for (const t of talks()) {
    const gone = t.dataset.quote && !("settled" in t.dataset) && !there.includes(t.dataset.note);
    t.querySelector(".gone").hidden = !gone;
    t.classList.toggle("is-gone", Boolean(gone));
  }
}

let timer = 0;
text.addEventListener("change", () => {
  clearTimeout(timer);
  timer = setTimeout(tell, 800);
});

// The button and the key of the editor: the note begins at what is selected.
text.addEventListener("note", ({ detail }) => {
  panel.open = true;
  choose(detail || { block: 0, quote: "", prefix: "", suffix: "" });
  const field = list().querySelector(".note-new textarea");
  field.focus();
  field.scrollIntoView({ block: "nearest" });
});

function choose(passage) {
  const form = list().querySelector(".note-new"), chosen = form.querySelector("[data-chosen]"), label = form.querySelector("label");
  for (const name of ["block", "quote", "prefix", "suffix"]) form.elements[name].value = passage[name];
  chosen.textContent = passage.quote;
  chosen.hidden = !passage.quote;
  form.querySelector("button[data-whole]").hidden = !passage.quote;
  label.textContent = passage.quote ? label.dataset.at : label.dataset.whole;
}

text.addEventListener("notepick", ({ detail }) => {
  panel.open = true;
  const talk = document.getElementById(`note-${detail}`);
  talk?.scrollIntoView({ block: "nearest" });
  talk?.classList.add("is-picked");
  setTimeout(() => talk?.classList.remove("is-picked"), 1500);
});

panel.addEventListener("click", (event) => {
  if (event.target.closest("button[data-whole]")) choose({ block: 0, quote: "", prefix: "", suffix: "" });
  const passage = event.target.closest(".talk .passage");
  if (passage) editor()?.reach(passage.closest("[data-note]").dataset.note);
});

// reachable has the passages be reached by keyboard, too.
function reachable() {
  for (const passage of list().querySelectorAll(".talk .passage")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "passage";
    button.dir = "auto";
    button.textContent = passage.textContent;
    passage.replaceWith(button);
  }
}

panel.addEventListener("submit", async (event) => {
  const form = event.target;
  event.preventDefault();
  if (form.sending) return;
  form.sending = true;
  const to = list();
  try {
    const response = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { "X-Part": "notes", Accept: "text/html" } });
    if (!response.ok && response.status !== 422) throw Object.assign(new Error(response.statusText), { status: response.status });
    const part = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("notes-list");
    if (!part) throw new Error("no notes");
    const was = form.className === "note-new" ? ".note-new textarea" : `#note-${form.elements.note?.value || form.elements.parent?.value}`;
    to.replaceWith(part);
    settle();
    (part.querySelector("[aria-invalid]") || part.querySelector(was))?.focus();
  } catch ({ status }) {
    form.sending = false;
    to.querySelector("[data-problem]").textContent = status === 401 ? to.dataset.signedOut : to.dataset.failed;
  }
});

// The article is sent with where the passages are now: they are found again also when
// their words, and those around them, were written over.
const article = document.getElementById("article");
article.addEventListener("submit", () => {
  if (!editor()) return;
  const field = article.elements.passages || Object.assign(document.createElement("input"), { type: "hidden", name: "passages" });
  field.value = JSON.stringify(editor().passages().map((p) => ({ ...p, id: Number(p.id) })));
  article.append(field);
});

function settle() {
  for (const count of document.querySelectorAll("[data-open-notes]")) count.textContent = list().dataset.count;
  reachable();
  place();
}

if (editor()) {
  const here = panel.querySelector(".note-here");
  here.hidden = false;
  here.querySelector("button").addEventListener("pointerdown", (event) => event.preventDefault()); // the text keeps its selection
  here.querySelector("button").addEventListener("click", () => editor().note());
}
document.querySelector('.standing a[href="#notes"]')?.addEventListener("click", () => { panel.open = true; });
if (location.hash === "#notes") panel.open = true;
settle();
