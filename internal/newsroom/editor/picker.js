// A field that finds things while one types: articles by headline, pictures by
// their words. A combobox with a list of options (WAI-ARIA 1.2): arrows walk
// through what was found, Enter takes it.
import { newID } from "./dialog.js";
import { el } from "./dom.js";

const pause = 180; // milliseconds without a key before the server is asked

// picker makes one. search(words, signal) finds, show(found) fills an option;
// chosen(found) is told on Enter or a press. With grid, options stand side by
// side; with many, they are toggled.
export function picker({ say, label, value = "", search, show, chosen, grid = false, many = null, atOnce = false }) {
  const id = newID("find"), listID = newID("found");
  const input = el("input", {
    id, type: "text", role: "combobox", "aria-expanded": "false", "aria-controls": listID, "aria-autocomplete": "list", autocomplete: "off", dir: "auto", "data-first": true,
  });
  input.value = value;
  const list = el("div", { id: listID, role: "listbox", class: grid ? "editor-found editor-grid" : "editor-found", "aria-label": label, "aria-multiselectable": many ? "true" : null });
  const status = el("p", { class: "editor-hint", role: "status" });
  const element = el("div", { class: "editor-field" }, el("label", { for: id }, label), input, list, status);
  let found = [], at = -1, asked = null, timer = 0;

  const mark = (index) => {
    at = index;
    [...list.children].forEach((option, i) => option.classList.toggle("is-at", i === at));
    const option = list.children[at];
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };
  const take = (index) => {
    if (!found[index]) return;
    if (many) {
      const on = many.toggle(found[index]);
      list.children[index].setAttribute("aria-selected", String(on));
    } else chosen(found[index]);
  };
  const fill = (results) => {
    found = results;
    list.replaceChildren(...found.map((one, i) => el("div", {
      id: newID("option"), role: "option", class: "editor-option", "aria-selected": String(!!many?.has(one)), onclick: () => take(i),
    }, ...show(one))));
    input.setAttribute("aria-expanded", String(found.length > 0));
    status.textContent = found.length ? say("found", { n: found.length }) : say("none_found");
    mark(-1);
  };
  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    status.textContent = say("finding");
    try {
      fill(await search(input.value.trim(), asked.signal));
    } catch (problem) {
      if (problem.name === "AbortError") return;
      fill([]);
      status.textContent = say("find_failed");
    }
  };
  const clear = () => {
    asked?.abort();
    found = [];
    list.replaceChildren();
    input.setAttribute("aria-expanded", "false");
    status.textContent = "";
    mark(-1);
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, pause);
  });
  input.addEventListener("keydown", (e) => {
    const step = { ArrowDown: 1, ArrowUp: -1, ...(grid ? { PageDown: 3, PageUp: -3 } : {}) }[e.key];
    if (step && found.length) {
      e.preventDefault();
      mark(at < 0 ? (step > 0 ? 0 : found.length - 1) : (at + step + found.length) % found.length);
    } else if (e.key === "Enter" && at >= 0) {
      e.preventDefault();
      take(at);
    } else if (e.key === "Escape" && found.length && !atOnce) {
      e.preventDefault(); // closes the list first, the dialog only when pressed again
      clear();
    }
  });
  if (atOnce) ask();
  return { element, input, clear, fill, status };
}
