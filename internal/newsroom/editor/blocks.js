// The kinds of block that can be put into a text, and what is asked about each
// when it is made or edited.
import { NodeSelection, TextSelection } from "../../../third_party/prosemirror/prosemirror.js";
import { asText, inside, insertBlock, toggleBox, toggleList } from "./commands.js";
import { ask } from "./dialog.js";
import { el } from "./dom.js";
import { looksLikeAddress, safeAddress, target } from "./links.js";
import { picker } from "./picker.js";
import { blockOf, levels, schema } from "./schema.js";
import { newTable } from "./table.js";
import { send } from "./upload.js";

const { nodes } = schema;

// styles are what a line of text can be; blocks what can be put in.
export function styles(ctx) {
  const { say } = ctx;
  return [
    { name: "paragraph", label: say("paragraph"), key: "Ctrl+Alt+0", command: asText(nodes.paragraph), is: (s) => s.selection.$from.parent.type === nodes.paragraph },
    ...levels.map((level) => ({
      name: "heading", level, label: say("heading", { level }), key: `Ctrl+Alt+${level}`, command: asText(nodes.heading, { level }),
      is: (s) => s.selection.$from.parent.type === nodes.heading && s.selection.$from.parent.attrs.level === level,
    })),
    { name: "code_block", label: say("code_block"), command: asText(nodes.code_block), is: (s) => s.selection.$from.parent.type === nodes.code_block },
  ];
}

export function lists(ctx) {
  const entry = (name, command, key) => ({ name, label: ctx.say(name), key, command, is: (s) => !!inside(s, nodes[name]) });
  return [
    entry("bullet_list", toggleList(nodes.bullet_list), "Ctrl+Shift+8"),
    entry("ordered_list", toggleList(nodes.ordered_list), "Ctrl+Shift+7"),
    entry("blockquote", toggleBox(nodes.blockquote), "Ctrl+Shift+9"),
  ];
}

// insertions are the blocks that are put in, from the most used on. run(view)
// asks what it must know first.
export function insertions(ctx) {
  const { say } = ctx;
  const put = (view, node) => {
    view.focus();
    insertBlock(view.state, view.dispatch, node);
  };
  const filled = (type, attrs) => (view) => put(view, type.createAndFill(attrs));
  const entry = (name, run) => ({ name, label: say(name), run });
  return [
    entry("picture", async (view) => {
      for (const p of await pickPictures(ctx, false) || []) put(view, nodes.picture.create({ picture: p.id }));
    }),
    entry("related", async (view) => {
      const to = await target(ctx, { title: say("related") });
      if (to) put(view, nodes.related.create(relatedTo(to)));
    }),
    entry("pull_quote", toggle(nodes.pull_quote)),
    entry("fact_box", toggle(nodes.fact_box)),
    entry("gallery", async (view) => {
      const chosen = await pickPictures(ctx, true);
      if (chosen?.length) put(view, nodes.gallery.create(null, chosen.map((p) => nodes.picture.create({ picture: p.id }))));
    }),
    entry("embed", async (view) => {
      const values = await ask(say, embedForm(ctx, {}));
      if (values) put(view, nodes.embed.create({ ...values, href: safeAddress(values.href) }));
    }),
    entry("media", async (view) => {
      const chosen = await pickMedia(ctx);
      if (chosen) put(view, chosen.id ? blockOf(chosen) : nodes.media.create({ src: chosen.src, media: chosen.media }));
    }),
    entry("table", (view) => put(view, newTable())),
    entry("ad_break", filled(nodes.ad_break)),
    entry("horizontal_rule", filled(nodes.horizontal_rule)),
    entry("code_block", (view) => asText(nodes.code_block)(view.state, view.dispatch)),
    entry("html_block", (view) => {
      filled(nodes.html_block)(view);
      editBlock(ctx, view, view.state.selection.from);
    }),
  ];
}

// toggle puts the paragraphs at hand into a box; an empty one becomes the box.
const toggle = (type) => (view) => {
  view.focus();
  const command = toggleBox(type);
  if (!command(view.state, view.dispatch)) insertBlock(view.state, view.dispatch, type.createAndFill());
};

const relatedTo = (to) => (to.article ? { article: to.article } : { href: to.href, text: "" });

// edits are the dialogs by kind of block; each resolves to attributes that
// change, or to null.
const edits = {
  picture: async (ctx, node) => {
    const values = await ask(ctx.say, await pictureForm(ctx, node.attrs));
    return values && { ...values, href: values.href ? safeAddress(values.href) : "", article: values.href === node.attrs.href ? node.attrs.article : 0 };
  },
  embed: async (ctx, node) => {
    const values = await ask(ctx.say, embedForm(ctx, node.attrs));
    return values && { ...values, href: safeAddress(values.href) };
  },
  media: async (ctx, node) => {
    const values = await ask(ctx.say, await mediaForm(ctx, node.attrs));
    if (!values) return null;
    if ("src" in values && values.src !== node.attrs.src) values.src = safeAddress(values.src);
    return values;
  },
  related: async (ctx, node) => {
    const to = await target(ctx, { title: ctx.say("related"), current: node.attrs });
    if (!to) return null;
    if (to.article) return { article: to.article, href: "", text: "" };
    const words = await ask(ctx.say, { title: ctx.say("related"), fields: [{ name: "text", label: ctx.say("read_more_of"), value: node.attrs.text }] });
    return words && { article: 0, href: to.href, text: words.text };
  },
};

// Others have fields of their own within the text; to edit them is to go there.
const inPlace = ["fact_box", "blockquote", "pull_quote", "code_block", "html_block"];

export const canEdit = (node) => node.type.name in edits || inPlace.includes(node.type.name);

// editBlock asks about the block at pos and changes it.
export async function editBlock(ctx, view, pos) {
  const node = view.state.doc.nodeAt(pos);
  if (node && inPlace.includes(node.type.name)) {
    return view.nodeDOM(pos)?.querySelector(":scope > :is(.editor-head, .editor-foot) :is(input, textarea)")?.focus();
  }
  const attrs = node && edits[node.type.name] ? await edits[node.type.name](ctx, node) : null;
  view.focus();
  const now = view.state.doc.nodeAt(pos);
  if (!attrs || now?.type !== node.type) return;
  const tr = view.state.tr.setNodeMarkup(pos, null, { ...now.attrs, ...attrs });
  if (NodeSelection.isSelectable(now)) tr.setSelection(NodeSelection.create(tr.doc, pos));
  view.dispatch(tr);
}

async function pictureForm(ctx, attrs) {
  const { say } = ctx;
  const known = attrs.picture ? await ctx.find.picture(attrs.picture) : null;
  const aligns = ["", "left", "right", "center", "wide", "full"];
  return {
    title: say("picture"),
    fields: [
      { name: "alt", label: say("alt"), value: attrs.alt, hint: known?.alt },
      { name: "credit", label: say("credit"), value: attrs.credit, hint: known?.credit },
      { name: "align", label: say("align"), value: attrs.align, kind: "choice", options: aligns.map((a) => [a, say("align_" + a)]) },
      { name: "href", label: say("picture_link"), value: attrs.href, wrong: (v) => (v && !safeAddress(v) ? say("link_bad") : "") },
    ],
  };
}

function embedForm({ say }, attrs) {
  return {
    title: say("embed"),
    fields: [
      { name: "href", label: say("address"), value: attrs.href, hint: say("embed_hint"), wrong: (v) => (/^(https?:)?\/\//.test(safeAddress(v)) || /^https?:/.test(v) && looksLikeAddress(v) ? "" : say("link_bad")) },
      { name: "title", label: say("title"), value: attrs.title },
    ],
  };
}

// mediaForm asks about a sound or film; one of the library has no address here, and
// a film may have a picture that stands for it.
async function mediaForm(ctx, attrs) {
  const { say } = ctx, kinds = ["audio", "video"].map((kind) => [kind, say(kind)]);
  const known = attrs.picture ? await ctx.find.picture(attrs.picture) : null;
  const fields = [
    { name: "title", label: say("title"), value: attrs.title },
    { name: "credit", label: say("credit"), value: attrs.credit, hint: known?.credit },
  ];
  if (!attrs.picture) {
    fields.unshift(
      { name: "src", label: say("media_address"), value: attrs.src, wrong: (v) => (v && (v === attrs.src || safeAddress(v)) ? "" : say("link_bad")) },
      { name: "media", label: say("media_kind"), value: attrs.media, kind: "choice", options: kinds },
    );
  }
  if (attrs.media === "video") fields.push(await posterField(ctx, attrs.poster));
  return { title: say("media"), fields };
}

// posterField is a field for the picture that stands for a film.
async function posterField(ctx, poster) {
  const { say, find } = ctx;
  const known = poster ? await find.picture(poster) : null;
  const shown = el("span", { class: "editor-poster" });
  const none = el("button", { type: "button", class: "editor-quiet", onclick: () => choose(null) }, say("poster_none"));
  const choose = (p) => {
    poster = p ? p.id : 0;
    shown.replaceChildren(...(p ? [el("img", { src: p.thumb || p.url, alt: p.alt || "" })] : []));
    none.hidden = !p;
  };
  choose(known);
  const p = picker({ say, label: say("poster"), search: find.pictures, show: showPicture, grid: true, chosen: choose });
  return { name: "poster", kind: "element", element: el("div", {}, p.element, shown, none), check: () => true, read: () => poster };
}

// pickMedia asks for a sound or film: one of the library, one that is put into it
// here, or an address. It resolves to what was found, to {src, media}, or to null.
async function pickMedia(ctx) {
  const { say, find } = ctx;
  let chosen = null, submit = () => {};
  const take = (found) => {
    find.knowPicture(found);
    chosen = found;
    submit();
  };
  const show = (p) => [el("span", { dir: "auto" }, p.name || p.caption || "№ " + p.id), el("small", {}, say(p.kind === "film" ? "video" : "audio"))];
  const p = picker({ say, label: say("find_media"), search: find.media, show, chosen: take, atOnce: true });
  const address = el("input", { type: "text", dir: "ltr", autocomplete: "off" });
  const read = () => {
    const src = safeAddress(address.value.trim());
    return chosen || (src && { src, media: /\.(mp4|m4v|webm|ogv|mov)([?#]|$)/i.test(src) ? "video" : "audio" });
  };
  const values = await ask(say, {
    title: say("media"), save: say("apply"),
    fields: [{
      name: "found", kind: "element",
      element: el("div", {}, p.element, ctx.upload && chooseFiles(ctx, false, take, "audio/*,video/*", "upload_media"), el("div", { class: "editor-field" }, el("label", {}, say("media_address"), address))),
      check: () => read() || p.input.focus(), read, done: (f) => { submit = f; },
    }],
  });
  return values && values.found;
}

// pickPictures asks for pictures of the library, which may be put into it here;
// it resolves to a list, or to null.
export async function pickPictures(ctx, several) {
  const { say, find } = ctx;
  const chosen = new Map();
  let submit = () => {};
  const count = el("p", { class: "editor-hint", role: "status" });
  const many = {
    has: (p) => chosen.has(p.id),
    toggle: (p) => {
      if (!chosen.delete(p.id)) chosen.set(p.id, p);
      count.textContent = say("chosen", { n: chosen.size });
      return chosen.has(p.id);
    },
  };
  const take = (p) => {
    chosen.clear();
    chosen.set(p.id, p);
    submit();
  };
  const p = picker({ say, label: say("find_picture"), search: find.pictures, show: showPicture, grid: true, many: several ? many : null, chosen: take, atOnce: true });
  const sent = (picture) => {
    find.knowPicture(picture);
    if (!several) return take(picture);
    many.toggle(picture);
  };
  const values = await ask(say, {
    title: say(several ? "gallery" : "picture"), save: say("apply"),
    fields: [{
      name: "pictures", kind: "element", element: el("div", {}, p.element, several && count, ctx.upload && chooseFiles(ctx, several, sent)),
      check: () => chosen.size > 0 || p.input.focus(), read: () => [...chosen.values()], done: (f) => { submit = f; },
    }],
  });
  return values && values.pictures;
}

const showPicture = (p) => [
  el("img", { src: p.thumb || p.url, alt: "", loading: "lazy" }),
  el("span", { dir: "auto" }, p.alt || p.caption || p.name || "№ " + p.id),
];

// chooseFiles is a field for files, with what becomes of each said below.
function chooseFiles(ctx, several, sent, accept = "image/*", label = "upload") {
  const said = el("div", { role: "status" });
  const input = el("input", { type: "file", accept, multiple: several });
  input.addEventListener("change", async () => {
    for (const file of input.files) {
      const line = el("p", { class: "editor-hint" });
      said.append(line);
      try {
        const picture = await send(ctx.upload, file, ctx.say, (percent) => { line.textContent = ctx.say("uploading", { name: file.name, percent }); });
        if (picture.there) line.textContent = ctx.say("already_there", { name: file.name });
        sent(picture);
      } catch (problem) {
        line.className = "editor-error";
        line.textContent = problem.message;
      }
    }
  });
  return el("div", { class: "editor-field" }, el("label", {}, ctx.say(label), input), said);
}

// askLanguage asks in which language and direction the selected words are.
export function askLanguage(ctx) {
  const { span } = schema.marks;
  return (state, dispatch, view) => {
    const { $from, from, to, empty, node } = state.selection;
    if (empty || node || !$from.parent.type.allowsMarkType(span)) return false;
    if (!dispatch) return true;
    const { say } = ctx;
    const old = span.isInSet($from.marksAcross(state.selection.$to) || [])?.attrs || {};
    ask(say, {
      title: say("span"), removable: !!(old.lang || old.dir),
      fields: [
        { name: "lang", label: say("language_tag"), value: old.lang, wrong: (v) => (/^([A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*)?$/.test(v) ? "" : say("language_tag")) },
        { name: "dir", label: say("direction"), value: old.dir, kind: "choice", options: ["", "ltr", "rtl", "auto"].map((d) => [d, say("dir_" + d)]) },
      ],
    }).then((values) => {
      view.focus();
      if (!values) return;
      const tr = view.state.tr.removeMark(from, to, span);
      if (!values.remove && (values.lang || values.dir)) tr.addMark(from, to, span.create(values));
      view.dispatch(tr.setSelection(TextSelection.create(tr.doc, from, to)));
    });
    return true;
  };
}
