// The slash menu: a "/" at the start of a word opens a list of blocks, and what
// is typed behind it narrows the list. The focus stays in the text; arrows walk,
// Enter takes, Escape closes and leaves what was typed.
import { Plugin, PluginKey } from "../../../third_party/prosemirror/prosemirror.js";
import { insertions, lists, styles } from "./blocks.js";
import { newID } from "./dialog.js";
import { el } from "./dom.js";
import { option, place } from "./menu.js";

const key = new PluginKey("slash");
const longest = 24; // letters behind the slash, after which it is no question any more

export function slashMenu(ctx) {
  const entries = [...insertions(ctx), ...styles(ctx).filter((s) => s.name !== "code_block"), ...lists(ctx)];
  const menu = new SlashView(ctx, entries);
  return new Plugin({
    key,
    state: {
      init: () => null,
      apply: (tr, old) => {
        const said = tr.getMeta(key);
        if (said !== undefined) return said;
        if (!old || (!tr.docChanged && !tr.selectionSet)) return old;
        const from = tr.mapping.map(old.from, 1);
        return question(tr, from);
      },
    },
    props: {
      handleTextInput: (view, from, to, text) => {
        const { $from } = view.state.selection;
        const before = $from.parent.textBetween(0, $from.parentOffset, null, "\ufffc");
        if (text !== "/" || view.composing || $from.parent.type.spec.code || !/(^|\s)$/.test(before)) return false;
        const tr = view.state.tr.insertText("/", from, to);
        view.dispatch(tr.setMeta(key, { from, query: "" }));
        return true;
      },
      handleKeyDown: (view, event) => menu.key(view, event),
    },
    view: (view) => {
      menu.view = view;
      return menu;
    },
  });
}

// question is what stands behind the slash; null once it is no question.
function question(tr, from) {
  const { $from, empty } = tr.selection;
  if (!empty || $from.pos <= from || !$from.parent.isTextblock || $from.start() > from) return null;
  const text = tr.doc.textBetween(from, $from.pos, null, "\ufffc");
  if (text[0] !== "/" || text.length > longest || /\s\s|\ufffc/.test(text)) return null;
  return { from, query: text.slice(1) };
}

class SlashView {
  constructor(ctx, entries) {
    Object.assign(this, { ctx, entries, found: [], at: 0 });
    this.id = newID("slash");
    this.list = el("div", { id: this.id, class: "editor-menu editor-slash", role: "listbox", tabindex: "0", "aria-label": ctx.say("blocks") });
    this.list.addEventListener("pointerdown", (e) => e.preventDefault()); // the text keeps the focus
  }

  update(view, before) {
    const now = key.getState(view.state);
    if (now === (before && key.getState(before))) return;
    if (!now) return this.close(view);
    const wanted = now.query.toLocaleLowerCase();
    this.found = this.entries.filter((e) => matches(e, wanted));
    if (!this.found.length) return this.close(view);
    this.at = 0;
    this.draw(view, now);
  }

  draw(view, now) {
    this.list.replaceChildren(...this.found.map((entry) => option({ ...entry, key: "" }, { onclick: () => this.take(view, entry) })));
    place(this.list, view.coordsAtPos(now.from), view.dom.closest(".editor"));
    view.dom.setAttribute("aria-controls", this.id);
    this.mark(view, 0);
  }

  mark(view, index) {
    this.at = (index + this.found.length) % this.found.length;
    [...this.list.children].forEach((o, i) => {
      o.classList.toggle("is-at", i === this.at);
      o.setAttribute("aria-selected", String(i === this.at));
    });
    view.dom.setAttribute("aria-activedescendant", this.list.children[this.at].id);
    this.list.children[this.at].scrollIntoView({ block: "nearest" });
  }

  close(view) {
    this.list.remove();
    this.found = [];
    view.dom.removeAttribute("aria-activedescendant");
    view.dom.removeAttribute("aria-controls");
  }

  key(view, event) {
    if (!key.getState(view.state) || !this.found.length || event.isComposing) return false;
    const way = { ArrowDown: this.at + 1, ArrowUp: this.at - 1 }[event.key];
    if (way !== undefined) this.mark(view, way);
    else if (event.key === "Enter" || event.key === "Tab") this.take(view, this.found[this.at]);
    else if (event.key === "Escape") view.dispatch(view.state.tr.setMeta(key, null));
    else return false;
    return true;
  }

  // take drops what was typed and does what was chosen.
  take(view, entry) {
    const now = key.getState(view.state);
    if (!now) return;
    view.dispatch(view.state.tr.delete(now.from, view.state.selection.from).setMeta(key, null));
    view.focus();
    if (entry.run) entry.run(view);
    else entry.command(view.state, view.dispatch, view);
  }

  destroy() {
    this.list.remove();
  }
}

// matches compares with the words and with the plain English name, which stays
// the same in every language.
function matches(entry, wanted) {
  const name = entry.name.replaceAll("_", " ") + (entry.level ? " h" + entry.level : "");
  return [entry.label.toLocaleLowerCase(), name].some((s) => s.startsWith(wanted) || s.includes(" " + wanted) || (wanted.length > 2 && s.includes(wanted)));
}
