// How blocks look that are more than text: a picture is shown, a read-more block
// has its target's headline, a box its field for the title. What is edited in
// fields of its own is no part of ProseMirror's text, so its events stay there.
import { NodeSelection, Selection } from "../../../third_party/prosemirror/prosemirror.js";
import { canEdit, editBlock, pickPictures } from "./blocks.js";
import { el, icon } from "./dom.js";
import { schema } from "./schema.js";

const { nodes } = schema;

// BlockView is the view of one such block, by the description of its kind: its
// tag and classes, what stands above (head) and below (foot) its text, and the
// tag that holds the text, if it has any.
class BlockView {
  constructor(node, view, getPos, ctx, kind) {
    Object.assign(this, { node, view, getPos, ctx, kind });
    this.dom = el(kind.tag || "div", { "data-block": node.type.name });
    this.head = el("div", { class: "editor-head", contenteditable: "false" });
    this.head.addEventListener("click", (e) => this.select(e));
    this.dom.append(this.head);
    if (kind.content) {
      this.contentDOM = el(kind.content, { class: "editor-content" });
      this.dom.append(kind.around ? kind.around(this.contentDOM) : this.contentDOM);
    }
    if (kind.foot) {
      this.foot = el("div", { class: "editor-foot", contenteditable: "false" });
      this.dom.append(this.foot);
    }
    this.draw();
  }

  draw() {
    const { node, ctx, kind } = this;
    this.dom.className = "editor-block " + (kind.classes?.(node) || "");
    for (const name of ["lang", "dir"]) {
      if (node.attrs[name]) this.dom.setAttribute(name, node.attrs[name]);
      else this.dom.removeAttribute(name);
    }
    if (!this.fields) {
      this.head.replaceChildren(...kind.head(this, node, ctx));
      if (canEdit(node) && !this.fields && !kind.foot) this.head.append(this.editButton());
      if (kind.foot) this.foot.replaceChildren(...kind.foot(this, node, ctx));
    }
    this.caption();
  }

  caption() {
    if (!this.kind.caption) return;
    const { node, ctx, contentDOM } = this;
    contentDOM.dataset.placeholder = ctx.say("caption");
    contentDOM.classList.toggle("is-empty", node.content.size === 0);
    if (node.attrs.picture) later(contentDOM, ctx.find.picture(node.attrs.picture), (e, p) => { if (p?.caption) e.dataset.placeholder = p.caption; });
  }

  editButton() {
    const label = this.ctx.say("edit");
    return el("button", { type: "button", class: "editor-edit", "aria-label": label, title: label, onclick: () => editBlock(this.ctx, this.view, this.getPos()) }, icon("edit"));
  }

  // input is a field for one attribute, kept in step both ways.
  input(name, label, { lines = false, ...more } = {}) {
    const field = el(lines ? "textarea" : "input", { type: lines ? null : "text", "aria-label": label, placeholder: label, autocomplete: "off", ...more });
    field.value = this.node.attrs[name];
    // An empty field would show its hint from left to right everywhere.
    const turn = () => field.value ? field.setAttribute("dir", more.dir || "auto") : field.removeAttribute("dir");
    turn();
    field.addEventListener("input", () => {
      turn();
      const pos = this.getPos(), node = this.view.state.doc.nodeAt(pos);
      this.view.dispatch(this.view.state.tr.setNodeMarkup(pos, null, { ...node.attrs, [name]: field.value }));
      if (lines) grow(field);
    });
    field.addEventListener("keydown", (e) => this.leave(e, field, lines));
    (this.fields ||= {})[name] = field;
    return field;
  }

  // leave gives the focus back to the text: the fields stand in the article's
  // form, which Enter would send.
  leave(e, field, lines) {
    const undo = (e.ctrlKey || e.metaKey) && /^[zy]$/i.test(e.key);
    if (e.key === "Escape" || (/^(Enter|ArrowUp|ArrowDown)$/.test(e.key) && !lines) || (e.key === "Enter" && (e.ctrlKey || e.metaKey))) {
      e.preventDefault();
      const pos = this.getPos(), { doc } = this.view.state;
      const selection = this.contentDOM ? Selection.near(doc.resolve(pos + 1)) : NodeSelection.create(doc, pos);
      this.view.focus();
      this.view.dispatch(this.view.state.tr.setSelection(selection).scrollIntoView());
    } else if (!undo) return;
    e.stopPropagation();
  }

  update(node) {
    if (node.type !== this.node.type) return false;
    const changed = !node.hasMarkup(this.node.type, this.node.attrs) || (this.kind.counts && node.childCount !== this.node.childCount);
    this.node = node;
    for (const name in this.fields) {
      if (this.fields[name].value !== node.attrs[name]) this.fields[name].value = node.attrs[name];
    }
    if (changed) this.draw();
    else this.caption();
    return true;
  }

  // select takes the whole block when one presses what is shown of it.
  select(e) {
    if (e.target.closest("input, textarea, button, audio, video") || !NodeSelection.isSelectable(this.node)) return;
    const { state } = this.view;
    this.view.dispatch(state.tr.setSelection(NodeSelection.create(state.doc, this.getPos())));
    this.view.focus();
  }

  selectNode() {
    this.dom.classList.add("ProseMirror-selectednode");
  }

  deselectNode() {
    this.dom.classList.remove("ProseMirror-selectednode");
  }

  own(target) {
    return this.head.contains(target) || !!this.foot?.contains(target);
  }

  stopEvent(e) {
    if (!this.own(e.target) || /^drag|^drop/.test(e.type)) return false;
    return !!e.target.closest("input, textarea, button, audio, video");
  }

  ignoreMutation(mutation) {
    if (mutation.type === "selection") return this.own(mutation.target);
    return !this.contentDOM || !this.contentDOM.contains(mutation.target) || (mutation.target === this.contentDOM && mutation.type === "attributes");
  }
}

function grow(field) {
  field.rows = Math.min(24, Math.max(3, field.value.split("\n").length));
}

const label = (ctx, name) => el("span", { class: "editor-kind" }, icon(name), ctx.say(name));
const host = (address) => {
  try {
    return new URL(address, document.baseURI).hostname.replace(/^www\./, "");
  } catch {
    return address;
  }
};

// later fills an element when the server has answered, if it is still wanted.
function later(element, promise, fill) {
  promise.then((found) => fill(element, found), () => fill(element, null));
  return element;
}

const kinds = {
  picture: {
    tag: "figure", content: "figcaption", caption: true,
    classes: (n) => "picture" + (n.attrs.align ? " align-" + n.attrs.align : ""),
    head: (self, n, ctx) => [shownPicture(n, ctx), credit(n, ctx)],
  },
  gallery: {
    content: "div", classes: () => "gallery", counts: true,
    head: (self, n, ctx) => [label(ctx, "gallery"), el("button", { type: "button", class: "editor-quiet", onclick: () => addPictures(self) }, ctx.say("add_pictures"))],
  },
  embed: {
    tag: "figure", content: "figcaption", caption: true, classes: () => "embed",
    head: (self, n, ctx) => [label(ctx, "embed"), el("span", { class: "editor-about", dir: "auto" }, n.attrs.title || host(n.attrs.href)), el("span", { class: "editor-address", dir: "ltr" }, n.attrs.href)],
  },
  media: { tag: "figure", content: "figcaption", caption: true, classes: () => "media", head: (self, n, ctx) => [label(ctx, "media"), player(n, ctx), credit(n, ctx)] },
  related: {
    classes: () => "related",
    head: (self, n, ctx) => [label(ctx, "related"), headline(n, ctx)],
  },
  ad_break: { classes: () => "ad-break", head: (self, n, ctx) => [label(ctx, "ad_break")] },
  html_block: {
    classes: () => "html",
    head: (self, n, ctx) => {
      const field = self.input("html", ctx.say("html"), { lines: true, spellcheck: "false", dir: "ltr" });
      grow(field);
      return [label(ctx, "html_block"), field];
    },
  },
  fact_box: { tag: "aside", content: "div", classes: () => "factbox", head: (self, n, ctx) => [label(ctx, "fact_box"), self.input("title", ctx.say("title"), { class: "editor-title" })] },
  blockquote: { tag: "blockquote", content: "div", head: () => [], foot: (self, n, ctx) => [self.input("cite", ctx.say("cite"))] },
  pull_quote: { tag: "blockquote", content: "div", classes: () => "pullquote", head: () => [], foot: (self, n, ctx) => [self.input("cite", ctx.say("cite"))] },
  code_block: {
    content: "code", around: (code) => el("pre", { spellcheck: "false", dir: "ltr" }, code), classes: () => "code",
    head: (self, n, ctx) => [self.input("language", ctx.say("code_language"), { dir: "ltr", spellcheck: "false" })],
  },
  table: { content: "table", around: (t) => el("div", { class: "editor-scroll" }, t), head: () => [] },
};

function shownPicture(node, ctx) {
  const { picture, src, alt } = node.attrs;
  const box = el("div", { class: "editor-picture" });
  if (picture) {
    return later(box, ctx.find.picture(picture), (e, p) => {
      const words = alt || p?.alt || "";
      if (!p) return e.replaceChildren(el("p", { class: "editor-missing" }, ctx.say("missing_picture")));
      e.replaceChildren(el("img", { src: p.url, alt: words, width: p.width, height: p.height, draggable: "false" }), words ? "" : el("p", { class: "editor-missing" }, ctx.say("no_alt")));
    });
  }
  // A page loads nothing from elsewhere by itself, nor does this one.
  const foreign = /^(https?:)?\/\//i.test(src) && host(src) !== location.hostname;
  box.append(foreign || !src ? el("p", { class: "editor-missing", dir: "auto" }, src ? ctx.say("picture_elsewhere", { host: host(src) }) : ctx.say("missing_picture"), " ", alt) : el("img", { src, alt, draggable: "false" }));
  return box;
}

// credit is the picture's own here, else that of the library.
function credit({ attrs }, ctx) {
  const box = el("span", { class: "editor-credit", dir: "auto", hidden: !attrs.credit }, attrs.credit);
  if (attrs.credit || !attrs.picture) return box;
  return later(box, ctx.find.picture(attrs.picture), (e, p) => {
    e.textContent = p?.credit || "";
    e.hidden = !p?.credit;
  });
}

function headline(node, ctx) {
  const { article, href, text } = node.attrs;
  const box = el("strong", { class: "editor-headline", dir: "auto" }, text || href);
  if (!article) return box;
  return later(box, ctx.find.article(article), (e, a) => {
    e.textContent = a?.headline || ctx.say("missing_article");
    e.classList.toggle("editor-missing", !a);
  });
}

function player(node, ctx) {
  const { src, media, title, picture, poster } = node.attrs;
  if (picture) {
    return later(el("div", { class: "editor-player" }), Promise.all([ctx.find.picture(picture), poster ? ctx.find.picture(poster) : null]), (e, found) => {
      const [file, still] = found || [];
      if (!file) return e.replaceChildren(el("p", { class: "editor-missing" }, ctx.say("missing_media")));
      const tag = file.kind === "film" ? "video" : "audio";
      e.replaceChildren(el(tag, { controls: true, preload: "metadata", src: file.url, poster: still && tag === "video" ? still.url : null, "aria-label": title || file.name }));
    });
  }
  if (!src || /^(https?:)?\/\//i.test(src)) return el("span", { class: "editor-address", dir: "ltr" }, title || src);
  return el(media === "video" ? "video" : "audio", { controls: true, preload: "none", src });
}

async function addPictures(self) {
  const chosen = await pickPictures(self.ctx, true);
  self.view.focus();
  if (!chosen?.length) return;
  const pos = self.getPos(), gallery = self.view.state.doc.nodeAt(pos);
  let at = pos + 1; // behind the last picture, before a caption
  gallery.forEach((child, offset) => {
    if (child.type === nodes.picture) at = pos + 1 + offset + child.nodeSize;
  });
  self.view.dispatch(self.view.state.tr.insert(at, chosen.map((p) => nodes.picture.create({ picture: p.id }))));
}

// nodeViews are ProseMirror's makers of views, one for each kind.
export function nodeViews(ctx) {
  const views = {};
  for (const name in kinds) views[name] = (node, view, getPos) => new BlockView(node, view, getPos, ctx, kinds[name]);
  return views;
}
