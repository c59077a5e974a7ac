// The schema of an article's body: the tree of Go's package richtext, kind by
// kind, so that what the server stores is what the editor holds.
//
// Attributes have the zero value where nothing is said, as in Go, and are left
// out of the JSON then. What a kind has that is not listed for it is kept in
// "rest", out of sight, and goes back as it came.
import { Schema } from "../../../third_party/prosemirror/prosemirror.js";

const number = 0, words = "", yes = false;

// attrs makes a spec of zero values.
function attrs(zero) {
  const spec = { rest: { default: null } };
  for (const name in zero) spec[name] = { default: zero[name] };
  return spec;
}

// said are the attributes of a node or mark that say something; null for none.
export function said(node) {
  let out = null;
  for (const name in node.attrs) {
    const value = node.attrs[name];
    if (!value) continue;
    out ||= {};
    if (name === "rest") Object.assign(out, value);
    else out[name] = value;
  }
  return out;
}

// heard is the reverse: JSON's attributes as the schema has them.
export function heard(type, json) {
  if (!json) return null;
  const known = {};
  let rest = null;
  for (const name in json) {
    if (name in (type.spec.attrs || {}) && name !== "rest") known[name] = json[name];
    else (rest ||= {})[name] = json[name];
  }
  if (rest) known.rest = rest;
  return known;
}

// carried puts attributes into the page, so that a copied block keeps all of
// them; told reads them again.
function carried(node, dom = {}) {
  const all = said(node);
  if (all) dom["data-attrs"] = JSON.stringify(all);
  return dom;
}

function told(element, otherwise = () => null) {
  try {
    const all = JSON.parse(element.getAttribute("data-attrs") || "null");
    if (all && typeof all === "object") return heardAs(element, all);
  } catch { /* what another program wrote: read as any element */ }
  return otherwise(element);
}

const heardAs = (element, all) => {
  const type = schema.nodes[element.getAttribute("data-node")] || schema.marks[element.getAttribute("data-mark")];
  return type ? heard(type, all) : null;
};

// language are the attributes of a run or block in another language.
const language = (node) => ({ lang: node.attrs.lang || null, dir: node.attrs.dir || null });
const languageOf = (e) => {
  const lang = e.getAttribute("lang") || "", dir = e.getAttribute("dir") || "";
  return lang || dir ? { lang, dir } : null;
};
const spoken = { lang: words, dir: words };

// dom writes a node as an element that is read again as the same node.
const dom = (node, tag, extra, ...inside) => [tag, carried(node, { "data-node": node.type.name, ...extra }), ...inside];

// kept is the rule that reads what dom has written.
const kept = (name, more = {}) => ({ tag: `[data-node=${name}]`, priority: 60, getAttrs: (e) => told(e), ...more });

export const levels = [2, 3, 4, 5, 6];

const textBlocks = {
  paragraph: {
    content: "inline*", group: "block", attrs: attrs({ ...spoken, anchor: words }),
    parseDOM: [{ tag: "p", getAttrs: (e) => told(e, languageOf) }, { tag: "caption" }],
    toDOM: (n) => dom(n, "p", language(n), 0),
  },
  heading: {
    content: "inline*", group: "block", defining: true, attrs: attrs({ level: number, ...spoken, anchor: words }),
    parseDOM: [1, ...levels].map((level) => ({ tag: "h" + level, getAttrs: (e) => told(e, () => ({ level: Math.max(2, level), ...languageOf(e) })) })),
    toDOM: (n) => dom(n, "h" + Math.min(6, Math.max(2, n.attrs.level)), language(n), 0),
  },
  code_block: {
    content: "text*", group: "block", marks: "", code: true, defining: true, attrs: attrs({ language: words }),
    parseDOM: [kept("code_block", { preserveWhitespace: "full" }), { tag: "pre", preserveWhitespace: "full", getAttrs: codeLanguage }],
    toDOM: (n) => dom(n, "pre", { spellcheck: "false" }, ["code", 0]),
  },
};

function codeLanguage(element) {
  const found = /(?:^|\s)language-([\w+#-]+)/.exec(element.querySelector("code")?.className || "");
  return found ? { language: found[1] } : null;
}

const lists = {
  bullet_list: { content: "list_item+", group: "block", attrs: attrs({}), parseDOM: [{ tag: "ul" }], toDOM: (n) => dom(n, "ul", {}, 0) },
  ordered_list: {
    content: "list_item+", group: "block", attrs: attrs({ start: number }),
    parseDOM: [{ tag: "ol", getAttrs: (e) => told(e, () => ({ start: startOf(e) })) }],
    toDOM: (n) => dom(n, "ol", { start: n.attrs.start || null }, 0),
  },
  list_item: { content: "block+", defining: true, attrs: attrs({}), parseDOM: [{ tag: "li" }], toDOM: (n) => dom(n, "li", {}, 0) },
};

function startOf(element) {
  const start = parseInt(element.getAttribute("start"), 10);
  return start > 1 ? start : 0; // 1 is what a list starts with by itself
}

const boxes = {
  blockquote: {
    content: "block+", group: "block", defining: true, attrs: attrs({ cite: words, ...spoken }),
    parseDOM: [{ tag: "blockquote", getAttrs: (e) => told(e, languageOf) }],
    toDOM: (n) => dom(n, "blockquote", language(n), 0),
  },
  pull_quote: {
    content: "block+", group: "block", defining: true, attrs: attrs({ cite: words, ...spoken }),
    parseDOM: [kept("pull_quote"), { tag: "aside.pullquote, blockquote.pullquote", priority: 55, getAttrs: languageOf }],
    toDOM: (n) => dom(n, "aside", { class: "pullquote", ...language(n) }, 0),
  },
  fact_box: {
    content: "block+", group: "block", defining: true, isolating: true, attrs: attrs({ title: words }),
    parseDOM: [kept("fact_box"), { tag: "aside.factbox", priority: 55 }],
    toDOM: (n) => dom(n, "aside", { class: "factbox" }, 0),
  },
};

const figures = {
  picture: {
    content: "inline*", group: "block", isolating: true, draggable: true,
    attrs: attrs({ picture: number, src: words, ref: words, alt: words, credit: words, align: words, href: words, article: number }),
    parseDOM: [
      kept("picture", { contentElement: "figcaption" }),
      { tag: "figure[data-picture]", contentElement: "figcaption", getAttrs: pictureOf },
      { tag: "img[src]", getAttrs: (e) => ({ src: e.getAttribute("src"), alt: e.getAttribute("alt") || "" }) },
    ],
    toDOM: (n) => dom(n, "figure", {}, ["figcaption", 0]),
  },
  gallery: {
    content: "(picture | paragraph)+", group: "block", isolating: true, draggable: true, attrs: attrs({}),
    parseDOM: [kept("gallery")], toDOM: (n) => dom(n, "div", { class: "gallery" }, 0),
  },
  embed: {
    content: "inline*", group: "block", isolating: true, draggable: true, attrs: attrs({ href: words, title: words }),
    parseDOM: [
      kept("embed", { contentElement: "figcaption" }),
      { tag: "iframe[src]", getAttrs: (e) => ({ href: e.getAttribute("src"), title: e.getAttribute("title") || "" }) },
    ],
    toDOM: (n) => dom(n, "figure", {}, ["figcaption", 0]),
  },
  media: {
    content: "inline*", group: "block", isolating: true, draggable: true, attrs: attrs({ media: words, src: words, picture: number, poster: number, credit: words, title: words }),
    parseDOM: [kept("media", { contentElement: "figcaption" })],
    toDOM: (n) => dom(n, "figure", {}, ["figcaption", 0]),
  },
};

function pictureOf(element) {
  const img = element.querySelector("img[src]");
  return img ? { src: img.getAttribute("src"), alt: img.getAttribute("alt") || "" } : false;
}

const tables = {
  table: {
    content: "(table_row | paragraph)+", group: "block", isolating: true, attrs: attrs({}),
    parseDOM: [{ tag: "table" }], toDOM: (n) => dom(n, "table", {}, ["tbody", 0]),
  },
  table_row: { content: "table_cell*", attrs: attrs({}), parseDOM: [{ tag: "tr" }], toDOM: (n) => dom(n, "tr", {}, 0) },
  table_cell: {
    content: "inline*", isolating: true, attrs: attrs({ header: yes, colspan: number, rowspan: number }),
    parseDOM: [{ tag: "td", getAttrs: cellOf }, { tag: "th", getAttrs: cellOf }],
    toDOM: (n) => dom(n, n.attrs.header ? "th" : "td", { colspan: n.attrs.colspan || null, rowspan: n.attrs.rowspan || null }, 0),
  },
};

function cellOf(element) {
  const span = (name) => {
    const n = parseInt(element.getAttribute(name), 10);
    return n > 1 && n <= 1000 ? n : 0;
  };
  return told(element, () => ({ header: element.nodeName === "TH", colspan: span("colspan"), rowspan: span("rowspan") }));
}

const leaves = {
  horizontal_rule: { group: "block", attrs: attrs({}), parseDOM: [{ tag: "hr" }], toDOM: (n) => dom(n, "hr", {}) },
  html_block: { group: "block", draggable: true, attrs: attrs({ html: words }), parseDOM: [kept("html_block")], toDOM: (n) => dom(n, "div", {}) },
  related: {
    group: "block", draggable: true, attrs: attrs({ article: number, href: words, text: words }),
    parseDOM: [kept("related")], toDOM: (n) => dom(n, "div", { class: "related" }),
  },
  ad_break: { group: "block", draggable: true, attrs: attrs({}), parseDOM: [kept("ad_break"), { tag: "hr.ad-break", priority: 55 }], toDOM: (n) => dom(n, "div", { class: "ad-break" }) },
  text: { group: "inline" },
  hard_break: { inline: true, group: "inline", selectable: false, linebreakReplacement: true, attrs: attrs({}), parseDOM: [{ tag: "br" }], toDOM: () => ["br"] },
};

// plain is a mark without attributes: its tag, then other tags that mean it.
const plain = (...tags) => ({ parseDOM: tags.map((tag) => ({ tag })), toDOM: () => [tags[0], 0] });

const marked = (mark, tag, extra) => [tag, carried(mark, { "data-mark": mark.type.name, ...extra }), 0];

// linkOf reads a link that leads somewhere; what a browser would run is none.
function linkOf(element) {
  const href = element.getAttribute("href");
  return /^[\s\u0000-\u001f]*(javascript|data|vbscript)/i.test(href) ? false : { href, title: element.getAttribute("title") || "" };
}

// The marks stand in the order in which Go's settle puts them, from the outermost.
const marks = {
  link: {
    attrs: attrs({ href: words, article: number, title: words, ...spoken }), inclusive: false,
    parseDOM: [{ tag: "a[data-mark=link]", getAttrs: (e) => told(e), priority: 60 }, { tag: "a[href]", getAttrs: linkOf }],
    toDOM: (m) => marked(m, "a", { href: m.attrs.href || null, title: m.attrs.title || null }),
  },
  strong: plain("strong", "b"),
  em: plain("em", "i"),
  underline: plain("u", "ins"),
  strike: plain("s", "del", "strike"),
  code: plain("code", "kbd", "samp", "tt"),
  sub: { ...plain("sub"), excludes: "sub sup" },
  sup: { ...plain("sup"), excludes: "sub sup" },
  span: {
    attrs: attrs(spoken),
    parseDOM: [{ tag: "span[data-mark=span]", getAttrs: (e) => told(e), priority: 60 }, { tag: "span[lang], span[dir]", getAttrs: languageOf }],
    toDOM: (m) => marked(m, "span", language(m)),
  },
};

// blockOf is the block that shows a file of the library.
export function blockOf({ id, kind }) {
  const media = { film: "video", sound: "audio" }[kind];
  return media ? schema.nodes.media.create({ media, picture: id }) : schema.nodes.picture.create({ picture: id });
}

export const schema = new Schema({
  // The paragraph comes first: it is what an empty place is filled with.
  nodes: { doc: { content: "block+", attrs: attrs({}) }, ...textBlocks, ...lists, ...boxes, ...figures, ...tables, ...leaves },
  marks,
});
