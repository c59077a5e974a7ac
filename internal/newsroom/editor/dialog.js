// Questions to the writer: a <dialog> with labelled fields. It stands at the end
// of the page and not in the editor, since the editor stands in the article's
// form, and a form in a form is none.
import { el } from "./dom.js";

let ids = 0; // an id must be the page's only one, and a page may have two editors

export const newID = (what) => `editor-${what}-${++ids}`;

// ask shows fields and resolves to their values by name; to null if they were
// given up, and to {remove: true} where removing is offered and wanted. The
// focus goes back to where it was.
//
// A field is {name, label, value, kind, options, hint, wrong}: kind "text",
// "lines", "choice" (options are [value, words]) or "element", which brings its
// own element and read(). wrong(value) is words that keep the dialog open.
export function ask(say, { title, fields, removable = false, save = say("save") }) {
  return new Promise((resolve) => {
    const heading = newID("title");
    const parts = fields.map(field);
    const form = el("form", { method: "dialog", novalidate: true });
    const dialog = el("dialog", { class: "editor-dialog", "aria-labelledby": heading }, form);
    let result = null;
    const end = (value) => {
      result = value;
      dialog.close();
    };
    form.append(
      el("h2", { id: heading }, title),
      ...parts.map((p) => p.element),
      el("div", { class: "editor-buttons" },
        el("button", { type: "submit", class: "editor-primary" }, save),
        el("button", { type: "button", onclick: () => end(null) }, say("cancel")),
        removable && el("button", { type: "button", class: "editor-remove", onclick: () => end({ remove: true }) }, say("remove"))),
    );
    form.addEventListener("submit", (e) => {
      e.preventDefault();
      const values = {};
      let right = true;
      for (const part of parts) right = part.check() && right;
      for (const part of parts) values[part.name] = part.read();
      if (right) end(values);
      else form.querySelector("[aria-invalid]")?.focus();
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(result);
    });
    for (const part of parts) part.done?.(() => form.requestSubmit());
    document.body.append(dialog);
    dialog.showModal();
    (form.querySelector("[data-first]") || form.querySelector("input, textarea, select"))?.focus();
  });
}

function field(f) {
  if (f.kind === "element") return { name: f.name, element: f.element, read: f.read, check: f.check || (() => true), done: f.done };
  const id = newID("field"), message = newID("error");
  const input = f.kind === "lines" ? el("textarea", { id, rows: f.rows || 6, spellcheck: "false", dir: "auto" })
    : f.kind === "choice" ? el("select", { id }, ...f.options.map(([value, words]) => el("option", { value }, words)))
    : el("input", { id, type: "text", dir: "auto", autocomplete: "off" });
  input.value = f.value ?? "";
  const error = el("p", { id: message, class: "editor-error", hidden: true });
  const hint = f.hint ? newID("hint") : null;
  if (hint) input.setAttribute("aria-describedby", hint);
  const check = () => {
    const wrong = f.wrong?.(input.value.trim()) || "";
    error.textContent = wrong;
    error.hidden = !wrong;
    if (wrong) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    if (wrong) input.setAttribute("aria-describedby", message);
    return !wrong;
  };
  const element = el("div", { class: "editor-field" }, el("label", { for: id }, f.label), input, hint && el("p", { id: hint, class: "editor-hint" }, f.hint), error);
  return { name: f.name, element, check, read: () => (f.kind === "lines" ? input.value : input.value.trim()) };
}

// tell shows a message that needs no answer, read out by screen readers.
export function tell(place, words, lasting = false) {
  const line = el("p", { class: "editor-message" }, words);
  place.replaceChildren(line);
  if (!lasting) setTimeout(() => line.remove(), 6000);
}
