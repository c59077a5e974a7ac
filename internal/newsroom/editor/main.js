// The body editor: takes the place of a field that holds an article's body as
// JSON, and keeps the field in step. The page says what it needs in attributes;
// doc.go lists them.
import {
  Decoration, DecorationSet, DOMSerializer, dropCursor, EditorState, EditorView, gapCursor, history, inputRules, Plugin, TextSelection,
} from "../../../third_party/prosemirror/prosemirror.js";
import { counter, minutesFor } from "./count.js";
import { newID, tell } from "./dialog.js";
import { el } from "./dom.js";
import { dropping } from "./drop.js";
import { finder } from "./find.js";
import { dragHandle } from "./handle.js";
import { read, write } from "./json.js";
import { keys } from "./keys.js";
import { noting, passageOf, passages, reach, show, shown } from "./notes.js";
import { quoteRules } from "./quotes.js";
import { typingRules } from "./rules.js";
import { schema } from "./schema.js";
import { slashMenu } from "./slash.js";
import { Toolbar } from "./toolbar.js";
import { nodeViews } from "./views.js";
import { speaker } from "./words.js";

// How long after the last key the field follows and the words are counted, and
// how long at most while one types on, in milliseconds.
const rest = 400, most = 3000;

class Editor {
  constructor(element) {
    const data = element.dataset;
    this.element = element;
    this.field = fieldOf(element);
    this.language = { tag: data.language || "", dir: data.dir || "", quotes: parsed(data.quotes) };
    this.say = speaker(wordsOf(data.words), document.documentElement.lang);
    this.readonly = "readonly" in data;
    this.ctx = { note: "notes" in data ? () => this.note() : null, say: this.say, find: finder(data.find, data.pictures), upload: data.upload || "", message: el("div", { class: "editor-messages", role: "status" }) };
    this.build(read(this.field.value));
    this.bare = !JSON.parse(this.field.value || "{}").content?.length;
    this.api();
  }

  build(doc) {
    const { element, ctx, say } = this;
    const room = el("div", { class: "editor-room" });
    this.view = new EditorView(room, {
      state: this.state(doc), nodeViews: nodeViews(ctx), editable: () => !this.readonly,
      attributes: (state) => this.attributes(state),
      clipboardSerializer: new Copier(DOMSerializer.nodesFromSchema(schema), DOMSerializer.marksFromSchema(schema)),
      dispatchTransaction: (tr) => this.dispatch(tr),
    });
    room.addEventListener("pointerdown", (e) => this.below(e, room));
    this.toolbar = ctx.toolbar = new Toolbar(ctx, this.view);
    this.count = el("p", { class: "editor-count" });
    const help = el("p", { class: "editor-help", id: this.ids.help }, say("help"));
    element.classList.add("is-ready");
    element.classList.toggle("is-readonly", this.readonly);
    element.append(...(this.readonly ? [] : [this.toolbar.dom]), room, el("div", { class: "editor-status" }, this.count, this.readonly ? "" : help), ctx.message);
    if (this.readonly) this.view.dom.addEventListener("keydown", (e) => this.readingKey(e));
    this.field.hidden = true;
    this.field.setAttribute("aria-hidden", "true");
    this.toolbar.update(this.view);
    this.setLanguage(this.language.tag, this.language.dir, this.language.quotes);
  }

  ids = { help: newID("help"), body: newID("body") };

  attributes() {
    const reading = { "aria-readonly": "true", tabindex: "0" };
    return {
      ...(this.readonly ? reading : {}), id: this.ids.body, class: "editor-body", role: "textbox", "aria-multiline": "true", "aria-label": this.element.dataset.label || this.say("body"), "aria-describedby": this.readonly ? null : this.ids.help,
      lang: this.language.tag || "", dir: this.language.dir || "auto", spellcheck: "true",
    };
  }

  state(doc) {
    const { ctx } = this;
    const notes = noting((id) => this.tell("notepick", id));
    if (this.readonly) return EditorState.create({ doc, plugins: [notes] });
    return EditorState.create({
      doc,
      plugins: [
        notes,
        slashMenu(ctx), dropping(ctx),
        inputRules({ rules: [...typingRules(), ...quoteRules(() => this.language)] }),
        ...keys(ctx),
        history({ depth: 300 }), dropCursor({ class: "editor-drop", color: false, width: 3 }), gapCursor(), placeholder(ctx.say("placeholder")), dragHandle(ctx),
      ],
    });
  }

  dispatch(tr) {
    this.view.updateState(this.view.state.apply(tr));
    if (!this.drawn) {
      this.drawn = requestAnimationFrame(() => {
        this.drawn = 0;
        this.toolbar.update(this.view);
      });
    }
    if (tr.docChanged) this.changed();
  }

  // changed tells the page of an edit, and has the field follow in a while: what
  // costs as much as the article is long is not done on every key.
  changed() {
    this.behind = true;
    this.since ||= performance.now();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.follow(), Math.max(0, Math.min(rest, this.since + most - performance.now())));
    this.element.dispatchEvent(new CustomEvent("change", { detail: this.element.editor }));
  }

  follow() {
    clearTimeout(this.timer);
    this.since = 0;
    if (this.behind) this.field.value = this.json();
    this.behind = false;
    this.tally();
  }

  json() {
    return write(this.view.state.doc, this.bare);
  }

  words() {
    return this.counted(this.view.state.doc);
  }

  tally() {
    const n = this.words();
    this.count.textContent = this.say("words", { n }) + (n ? " · " + this.say("minutes", { n: minutesFor(n) }) : "");
  }

  set(text) {
    const doc = read(text);
    this.bare = !JSON.parse(text || "{}").content?.length;
    this.view.updateState(this.state(doc));
    this.toolbar.update(this.view);
    this.changed();
    this.follow();
  }

  setLanguage(tag, dir, quotes) {
    if (quotes || tag !== this.language.tag) this.language = { tag, dir, quotes };
    this.language.dir = dir;
    this.counted = counter(tag);
    this.view.setProps({});
    this.tally();
  }

  tell(what, detail) {
    this.element.dispatchEvent(new CustomEvent(what, { detail }));
  }

  // note has the page ask for a note at what is selected; null is the whole article.
  note() {
    this.tell("note", passageOf(this.view.state));
  }

  readingKey(e) {
    if (e.code !== "KeyM" || !e.altKey || !(e.ctrlKey || e.metaKey) || !this.ctx.note) return;
    e.preventDefault();
    this.note();
  }

  // below begins a paragraph where one presses under the last block, if that is
  // none to write in.
  below(e, room) {
    const last = this.view.dom.lastElementChild;
    if (e.target !== room && e.target !== this.view.dom) return;
    if (last && e.clientY <= last.getBoundingClientRect().bottom) return;
    const { doc, tr } = this.view.state;
    if (this.readonly) return;
    e.preventDefault();
    if (doc.lastChild.type !== schema.nodes.paragraph) tr.insert(doc.content.size, schema.nodes.paragraph.create());
    this.view.dispatch(tr.setSelection(TextSelection.atEnd(tr.doc)));
    this.view.focus();
  }

  api() {
    this.element.editor = {
      json: () => this.json(), set: (text) => this.set(text), words: () => this.words(),
      setLanguage: (tag, dir, quotes) => this.setLanguage(tag, dir, quotes), focus: () => this.view.focus(), view: this.view,
      notes: (list) => show(this.view, list), noted: () => shown(this.view), passages: () => passages(this.view), reach: (id) => reach(this.view, id), note: () => this.note(),
    };
    // A form is sent, or its data read, with what was typed a moment ago.
    this.field.form?.addEventListener("submit", () => this.follow(), true);
    this.field.form?.addEventListener("formdata", (e) => this.field.name && e.formData.set(this.field.name, this.json()));
    addEventListener("pagehide", () => this.follow());
  }
}

// fieldOf is the field that holds the body: named by data-input, in the same form.
function fieldOf(element) {
  const room = element.closest("form") || document;
  const field = room.querySelector(`textarea[name="${CSS.escape(element.dataset.input || "body")}"]`);
  if (!field) throw new Error("the editor's field is missing");
  return field;
}

function wordsOf(id) {
  return parsed((id && document.getElementById(id)?.textContent) || "") || {};
}

function parsed(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

// placeholder says what to do where nothing has been written yet.
function placeholder(text) {
  return new Plugin({
    props: {
      decorations({ doc }) {
        const first = doc.firstChild;
        if (doc.childCount !== 1 || first.type !== schema.nodes.paragraph || first.content.size) return null;
        return DecorationSet.create(doc, [Decoration.node(0, first.nodeSize, { class: "is-empty", "data-placeholder": text })]);
      },
    },
  });
}

// Copier writes what is copied. A table's caption can't stand as a paragraph in
// HTML, so it goes as what it is.
class Copier extends DOMSerializer {
  serializeFragment(fragment, options, target) {
    const out = super.serializeFragment(fragment, options, target);
    for (const p of out.querySelectorAll?.("tbody > p") || []) {
      const caption = document.createElement("caption");
      caption.append(...p.childNodes);
      p.closest("table").append(caption); // where it stood: behind the rows
      p.remove();
    }
    return out;
  }
}

// start makes an editor of each element that asks for one. A body that can't be
// shown stays in its field, where nothing of it is lost.
export function start(root = document) {
  for (const element of root.querySelectorAll("[data-editor]")) {
    if (element.editor) continue;
    try {
      new Editor(element);
    } catch (problem) {
      console.error(problem);
      const say = speaker(wordsOf(element.dataset.words), document.documentElement.lang);
      element.replaceChildren();
      element.classList.remove("is-ready");
      tell(element, say("broken"), true);
      for (const field of document.getElementsByName(element.dataset.input || "body")) field.hidden = false;
    }
  }
}

start();
