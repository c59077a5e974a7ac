// The row of buttons above the text. One of them is in the order of Tab; arrows
// go from one to the next (WAI-ARIA's toolbar).
import { redo, redoDepth, toggleMark, undo, undoDepth } from "../../../third_party/prosemirror/prosemirror.js";
import { askLanguage, canEdit, editBlock, insertions, lists, styles } from "./blocks.js";
import { around, deeper, deleteBlock, inside, lessDeep, moveBlock } from "./commands.js";
import { el, icon, keyName } from "./dom.js";
import { linkAt, setLink } from "./links.js";
import { openMenu } from "./menu.js";
import { schema } from "./schema.js";
import * as table from "./table.js";

const { marks, nodes } = schema;

const markKeys = { strong: "Ctrl+B", em: "Ctrl+I", underline: "Ctrl+U" };

// markOn reports whether the selected text, or what will be typed, has a mark.
function markOn(state, type) {
  const { from, to, $from, empty } = state.selection;
  if (empty) return !!type.isInSet(state.storedMarks || $from.marks());
  let on = false;
  state.doc.nodesBetween(from, Math.min(to, from + 5000), (node) => {
    if (node.isText && type.isInSet(node.marks)) on = true;
    return !on;
  });
  return on;
}

const mark = (ctx, name) => ({ name, label: ctx.say(name), key: markKeys[name], command: toggleMark(marks[name]), is: (s) => markOn(s, marks[name]) });

// blockActions are what can be done to the block at hand, and to a table.
export function blockActions(ctx) {
  const { say } = ctx;
  const edit = (state, dispatch, view) => {
    const block = around(state, canEdit);
    if (block && dispatch) editBlock(ctx, view, block.pos);
    return !!block;
  };
  const entry = (name, command, key) => ({ name, label: say(name), key, command });
  const own = [entry("edit", edit, "Alt+Enter"), entry("move_up", moveBlock(-1), "Alt+Shift+↑"), entry("move_down", moveBlock(1), "Alt+Shift+↓"), entry("delete", deleteBlock, "Alt+Shift+Del")];
  const inLists = [entry("indent", deeper, "Tab"), entry("outdent", lessDeep, "Shift+Tab")];
  const inTables = [
    entry("row_before", table.rowBefore), entry("row_after", table.rowAfter), entry("row_delete", table.rowDelete),
    entry("column_before", table.columnBefore), entry("column_after", table.columnAfter), entry("column_delete", table.columnDelete),
    entry("cell_header", table.cellHeader), entry("row_header", table.rowHeader), entry("table_caption", table.tableCaption),
  ].map((e) => ({ ...e, icon: "table" }));
  return (state) => [...own, ...(inside(state, nodes.list_item) ? inLists : []), ...(table.inTable(state) ? inTables : [])].filter((e) => e.command(state));
}

// Toolbar is the row and what its buttons show of the state.
export class Toolbar {
  constructor(ctx, view) {
    Object.assign(this, { ctx, view, buttons: [] });
    this.styles = styles(ctx);
    this.dom = el("div", { class: "editor-toolbar", role: "toolbar", "aria-label": ctx.say("toolbar"), "aria-controls": view.dom.id });
    this.dom.append(...this.groups().filter((group) => group.length).map((group) => el("div", { class: "editor-group" }, ...group)));
    this.dom.addEventListener("keydown", (e) => this.key(e));
    this.dom.addEventListener("focusin", (e) => this.rove(e.target));
    this.rove(this.buttons[0].dom);
  }

  groups() {
    const { ctx } = this, { say } = ctx;
    this.style = this.menu("style", () => this.styles, say("paragraph"));
    const format = ["underline", "strike", "code", "sub", "sup"].map((name) => mark(ctx, name));
    format.push({ name: "span", label: say("span"), command: askLanguage(ctx), is: (s) => markOn(s, marks.span) });
    const put = insertions(ctx), actions = blockActions(ctx);
    const link = { name: "link", label: say("link"), key: "Ctrl+K", command: setLink(ctx), is: (s) => !!linkAt(s) };
    return [
      [this.style.dom],
      [...["strong", "em"].map((name) => this.button(mark(ctx, name)).dom), this.button(link).dom, this.menu("format", () => format, null, "more").dom],
      lists(ctx).map((entry) => this.button(entry).dom),
      [this.menu("insert", () => put, say("insert")).dom, this.menu("block", actions).dom],
      ctx.note ? [this.button({ name: "note", label: say("note"), key: "Ctrl+Alt+M", run: () => ctx.note() }).dom] : [],
      [this.button({ name: "undo", label: say("undo"), key: "Ctrl+Z", command: undo, can: (s) => undoDepth(s) > 0 }).dom,
        this.button({ name: "redo", label: say("redo"), key: "Ctrl+Y", command: redo, can: (s) => redoDepth(s) > 0 }).dom],
    ];
  }

  button(entry) {
    const title = entry.key ? `${entry.label} (${keyName(entry.key)})` : entry.label;
    const dom = el("button", { type: "button", tabindex: "-1", title, "aria-label": entry.label, "aria-pressed": entry.is ? "false" : null, onclick: () => this.run(entry) }, icon(entry.name));
    dom.addEventListener("pointerdown", (e) => e.preventDefault()); // the text keeps its selection
    const button = { dom, entry };
    this.buttons.push(button);
    return button;
  }

  menu(name, entries, words, drawing = name) {
    const label = this.ctx.say(name);
    const text = words && el("span", { class: "editor-label" }, words);
    const dom = el("button", { type: "button", tabindex: "-1", title: label, "aria-label": words ? null : label, "aria-haspopup": "listbox", "aria-expanded": "false" },
      name === "style" ? null : icon(drawing), text, words && icon("down"));
    const open = () => openMenu(dom, label, this.now(entries), (entry) => this.run(entry));
    dom.addEventListener("pointerdown", (e) => e.preventDefault());
    dom.addEventListener("click", open);
    dom.addEventListener("keydown", (e) => e.key === "ArrowDown" && (e.preventDefault(), open()));
    const button = { dom, text };
    this.buttons.push(button);
    return button;
  }

  // now are a menu's entries with what holds at the moment.
  now(entries) {
    const { state } = this.view;
    return entries(state).map((e) => ({ ...e, on: !!e.is?.(state), off: e.command ? !e.command(state, null, this.view) : false }));
  }

  run(entry) {
    const { view } = this;
    if (entry.run) return entry.run(view);
    view.focus();
    return entry.command(view.state, view.dispatch, view);
  }

  update(view) {
    const { state } = view;
    for (const { dom, entry } of this.buttons) {
      if (entry?.is) set(dom, "aria-pressed", String(entry.is(state)));
      if (entry?.can) set(dom, "aria-disabled", String(!entry.can(state)));
    }
    const style = this.styles.find((s) => s.is(state));
    const words = style ? style.label : this.ctx.say("style");
    if (this.style.text.textContent !== words) this.style.text.textContent = words;
  }

  focus() {
    (this.buttons.find((b) => b.dom.tabIndex === 0) || this.buttons[0]).dom.focus();
  }

  rove(to) {
    const target = to.closest("button");
    for (const { dom } of this.buttons) dom.tabIndex = dom === target ? 0 : -1;
  }

  key(e) {
    const rtl = getComputedStyle(this.dom).direction === "rtl";
    const doms = this.buttons.map((b) => b.dom).sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
    const at = doms.indexOf(document.activeElement);
    const step = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1 }[e.key];
    if (step) doms[(at + step + doms.length) % doms.length].focus();
    else if (e.key === "Home") doms[0].focus();
    else if (e.key === "End") doms[doms.length - 1].focus();
    else if (e.key === "Escape") this.view.focus();
    else return;
    e.preventDefault();
  }
}

// set writes an attribute only where it changes: this runs on every key.
function set(dom, name, value) {
  if (dom.getAttribute(name) !== value) dom.setAttribute(name, value);
}

