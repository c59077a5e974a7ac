// Menus that drop down from a button: a list of commands by name. The focus is
// on the list; arrows, Home, End and first letters walk through it, Enter takes,
// Escape and Tab close it and give the focus back.
import { newID } from "./dialog.js";
import { el, hasIcon, icon, keyName } from "./dom.js";

// option is one line of a menu: an entry {name, label, key, on, off}.
export function option(entry, attributes = {}) {
  return el("div", {
    id: newID("option"), role: "option", class: "editor-option", "aria-selected": String(!!entry.on), "aria-disabled": entry.off ? "true" : null, ...attributes,
  }, icon(hasIcon(entry.icon || entry.name) ? entry.icon || entry.name : "block"), el("span", {}, entry.label), entry.key && el("kbd", {}, keyName(entry.key)));
}

// place shows a floating element in the editor, below a rectangle of the window,
// or above it where there is no room.
export function place(element, rect, editor) {
  if (element.parentNode !== editor) editor.append(element);
  const { offsetWidth: width, offsetHeight: height } = element;
  const { clientWidth, clientHeight } = document.documentElement;
  const room = editor.getBoundingClientRect(), rtl = getComputedStyle(editor).direction === "rtl";
  const below = rect.bottom + 4 + height < clientHeight || rect.top < height;
  const left = Math.max(4, Math.min(rtl ? rect.right - width : rect.left, clientWidth - width - 4));
  element.style.top = `${(below ? rect.bottom + 4 : rect.top - height - 4) - room.top - editor.clientTop}px`;
  element.style.left = `${left - room.left - editor.clientLeft}px`;
}

// openMenu shows entries below a button and runs the one that is taken.
export function openMenu(button, label, entries, done) {
  const list = el("div", { class: "editor-menu", role: "listbox", tabindex: "0", "aria-label": label });
  const options = entries.map((entry) => option(entry, { onclick: () => take(entry) }));
  list.append(...options);
  place(list, button.getBoundingClientRect(), button.closest(".editor"));
  button.setAttribute("aria-expanded", "true");
  let at = Math.max(0, entries.findIndex((e) => e.on), entries.findIndex((e) => !e.off)), open = true;

  const mark = (index) => {
    at = (index + options.length) % options.length;
    options.forEach((o, i) => o.classList.toggle("is-at", i === at));
    list.setAttribute("aria-activedescendant", options[at].id);
    options[at].scrollIntoView({ block: "nearest" });
  };
  const close = (back) => {
    if (!open) return;
    open = false;
    list.remove();
    button.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside, true);
    if (back) button.focus();
  };
  const take = (entry) => {
    if (entry.off) return;
    close(false);
    done(entry);
  };
  const outside = (e) => !list.contains(e.target) && close(false);
  const letter = (key) => {
    const from = at + 1;
    for (let i = 0; i < entries.length; i++) {
      const index = (from + i) % entries.length;
      if (entries[index].label.toLocaleLowerCase().startsWith(key.toLocaleLowerCase())) return mark(index);
    }
  };
  list.addEventListener("keydown", (e) => {
    const way = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: options.length - 1 }[e.key];
    if (way !== undefined) mark(way);
    else if (e.key === "Enter" || e.key === " ") take(entries[at]);
    else if (e.key === "Escape" || e.key === "Tab") close(true);
    else if (e.key.length === 1 && !e.ctrlKey && !e.metaKey) letter(e.key);
    else return;
    e.preventDefault();
    e.stopPropagation();
  });
  list.addEventListener("pointerdown", (e) => e.preventDefault()); // the text keeps its selection
  list.addEventListener("focusout", () => setTimeout(() => open && !list.contains(document.activeElement) && close(false)));
  document.addEventListener("pointerdown", outside, true);
  list.focus({ preventScroll: true });
  mark(at);
}
