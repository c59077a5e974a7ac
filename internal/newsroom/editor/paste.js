// What is pasted from Word, Google Docs and pages of the web, made HTML that the
// schema reads: their styles become marks or nothing, their make-believe lists
// real ones, boxes in boxes paragraphs. What is not known is its words.

const dropped = new Set("SCRIPT STYLE META LINK TITLE HEAD TEMPLATE SVG MATH NOSCRIPT OBJECT EMBED APPLET CANVAS INPUT SELECT TEXTAREA BUTTON BASE XML DIALOG".split(" "));
const inlineTags = new Set("A ABBR ACRONYM B BDI BDO BIG BR CITE CODE DATA DEL DFN EM FONT I INS KBD LABEL MARK NOBR O:P Q RP RT RUBY S SAMP SMALL SPAN STRIKE STRONG SUB SUP TIME TT U VAR WBR".split(" "));
const markTags = {
  B: "strong", STRONG: "strong", I: "em", EM: "em", CITE: "em", DFN: "em", VAR: "em", U: "u", INS: "u", S: "s", STRIKE: "s", DEL: "s",
  CODE: "code", KBD: "code", SAMP: "code", TT: "code", SUB: "sub", SUP: "sup",
};

// clean is transformPastedHTML. What this editor has copied itself is left as it
// is: it names its nodes.
export function clean(html) {
  if (/\sdata-pm-slice=/.test(html)) return html;
  // The page's policy has the browser complain of each style and each handler
  // that it parses, so they go or get another name first.
  const quiet = html.replace(/<style[\s\S]*?<\/style>/gi, "").replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\s(style|on\w+)(?=\s*=)/gi, " data-$1"));
  const source = new DOMParser().parseFromString(quiet, "text/html");
  const office = /mso-|urn:schemas-microsoft-com|docs-internal-guid/.test(html);
  wordLists(source.body);
  const out = document.implementation.createHTMLDocument("");
  const cleaner = new Cleaner(out, office);
  out.body.append(...cleaner.blocks(source.body, []));
  // One paragraph pasted into another is words in it, not a paragraph of its own.
  const only = out.body.childElementCount === 1 && out.body.firstElementChild;
  const loose = only && only.nodeName === "P" && !/<(p|div|h[1-6]|li)[\s>]/i.test(html);
  return loose ? only.innerHTML : out.body.innerHTML;
}

const styleOf = (e) => e.getAttribute?.("data-style") || "";
const says = (e, pattern) => pattern.test(styleOf(e));
const hidden = (e) => says(e, /display\s*:\s*none|mso-hide\s*:\s*all/i);

// addressOf is an address that may stand in a link or a picture; "" for others.
const addressOf = (value) => (/^(https?:\/\/[^\s/]|mailto:|tel:)/i.test((value || "").trim()) ? value.trim() : "");

class Cleaner {
  constructor(out, office) {
    Object.assign(this, { out, office });
  }

  make(tag, children = [], attributes = {}) {
    const e = this.out.createElement(tag);
    for (const name in attributes) if (attributes[name]) e.setAttribute(name, attributes[name]);
    e.append(...children);
    return e;
  }

  isInline(node) {
    if (node.nodeType !== 1) return true;
    if (dropped.has(node.nodeName)) return true;
    return inlineTags.has(node.nodeName) && [...node.childNodes].every((c) => this.isInline(c));
  }

  // blocks reads the children of an element as blocks: runs of words between
  // them become paragraphs.
  blocks(parent, marks) {
    const out = [];
    let run = [];
    const flush = () => {
      if (run.some((n) => n.textContent.trim())) out.push(this.make("p", trimmed(run)));
      run = [];
    };
    for (const child of parent.childNodes) {
      if (this.isInline(child)) run.push(...this.line(child, marks));
      else {
        flush();
        out.push(...this.block(child, marks));
      }
    }
    flush();
    return out;
  }

  block(e, marks) {
    if (hidden(e)) return [];
    if (inlineTags.has(e.nodeName)) return this.blocks(e, this.marks(e, marks));
    switch (e.nodeName) {
      case "H1": case "H2": case "H3": case "H4": case "H5": case "H6": {
        const words = trimmed(this.lines(e, marks, true));
        return words.length ? [this.make(e.nodeName === "H1" ? "h2" : e.nodeName, words, this.language(e))] : [];
      }
      case "P": return this.blocks(e, this.marks(e, marks)).map((p) => (p.nodeName === "P" ? this.speaking(p, e) : p));
      case "UL": case "OL": return this.list(e, marks);
      case "BLOCKQUOTE": return this.wrap("blockquote", this.blocks(e, marks));
      case "PRE": return [this.make("pre", [this.make("code", [e.textContent.replace(/\n$/, "")], { class: e.querySelector("code")?.className })])];
      case "HR": return [this.make("hr")];
      case "IMG": return this.picture(e, []);
      case "FIGURE": return this.figure(e, marks);
      case "IFRAME": return addressOf(e.getAttribute("src")) ? [this.node("embed", { href: addressOf(e.getAttribute("src")), title: e.getAttribute("title") || "" }, [])] : [];
      case "TABLE": return this.table(e, marks);
      default: return this.blocks(e, marks);
    }
  }

  wrap(tag, children) {
    return children.length ? [this.make(tag, children)] : [];
  }

  // node writes a block as the schema's own DOM, to be read with its attributes.
  node(name, attrs, caption) {
    return this.make("figure", [this.make("figcaption", caption)], { "data-node": name, "data-attrs": JSON.stringify(attrs) });
  }

  picture(e, caption) {
    const src = addressOf(e.getAttribute("src"));
    // What has no address that others can open is left to the files that are
    // pasted with it.
    return /^https?:/i.test(src) ? [this.node("picture", { src, alt: (e.getAttribute("alt") || "").trim() }, caption)] : [];
  }

  figure(e, marks) {
    const pictures = e.querySelectorAll("img"), words = e.querySelector("figcaption");
    if (pictures.length === 1) return this.picture(pictures[0], words ? trimmed(this.lines(words, marks)) : []);
    return this.blocks(e, marks);
  }

  // list reads a list; Google Docs puts an inner list beside its item.
  list(e, marks) {
    const items = [];
    for (const child of e.childNodes) {
      const content = child.nodeName === "LI" ? this.blocks(child, marks) : this.isInline(child) ? this.wrap("p", trimmed(this.line(child, marks))) : this.block(child, marks);
      if (!content.length) continue;
      if (/^[UO]L$/.test(child.nodeName) && items.length) items[items.length - 1].append(...content);
      else items.push(this.make("li", content));
    }
    return items.length ? [this.make(e.nodeName, items, { start: e.getAttribute("start") })] : [];
  }

  table(e, marks) {
    const rows = [...e.querySelectorAll("tr")].filter((tr) => tr.closest("table") === e);
    // A table of one cell is a frame that somebody has drawn around words.
    if (rows.length === 1 && rows[0].cells.length === 1) return this.blocks(rows[0].cells[0], marks);
    const read = rows.map((tr) => this.make("tr", [...tr.cells].map((cell) => this.make(cell.nodeName, trimmed(this.lines(cell, marks, cell.nodeName === "TH")), {
      colspan: cell.getAttribute("colspan"), rowspan: cell.getAttribute("rowspan"),
    })))).filter((tr) => tr.children.length);
    const words = e.caption ? trimmed(this.lines(e.caption, marks)) : [];
    return read.length ? [this.make("table", [...this.wrap("caption", words), this.make("tbody", read)])] : [];
  }

  // lines reads all in an element as words of one line, blocks parted by breaks.
  lines(e, marks, plain = false) {
    const out = [];
    let before = false;
    for (const child of e.childNodes) {
      const block = !this.isInline(child);
      const words = block ? trimmed(this.lines(child, marks, plain)) : this.line(child, marks, plain);
      if (!words.length) continue;
      if ((block || before) && out.some((n) => n.textContent.trim())) out.push(this.make("br"));
      out.push(...words);
      before = block;
    }
    return out;
  }

  // line reads inline content; plain leaves out what a heading has anyway.
  line(node, marks, plain = false) {
    if (node.nodeType === 3) {
      const text = node.data.replace(/[ \t\n\r\f]+/g, " ");
      return text ? [this.marked(text, plain ? marks.filter((m) => m.tag !== "strong") : marks)] : [];
    }
    if (node.nodeType !== 1 || dropped.has(node.nodeName) || hidden(node)) return [];
    if (node.nodeName === "BR") return [this.make("br")];
    const inner = this.marks(node, marks);
    return [...node.childNodes].flatMap((c) => this.line(c, inner, plain));
  }

  marked(text, marks) {
    return marks.reduceRight((node, m) => this.make(m.tag, [node], m.attributes), this.out.createTextNode(text));
  }

  // marks are those of the words in e: by its tag, and by what its style says.
  marks(e, outer) {
    const style = styleOf(e), has = new Map(outer.map((m) => [m.tag, m]));
    const add = (tag, attributes) => has.has(tag) || has.set(tag, { tag, attributes });
    const tag = markTags[e.nodeName];
    if (tag) add(tag);
    if (/(?<![\w-])font-weight\s*:\s*(bold|[6-9]00)/i.test(style)) add("strong");
    if (/(?<![\w-])font-weight\s*:\s*(normal|[1-4]00)/i.test(style)) has.delete("strong");
    if (/(?<![\w-])font-style\s*:\s*(italic|oblique)/i.test(style)) add("em");
    if (/(?<![\w-])font-style\s*:\s*normal/i.test(style)) has.delete("em");
    if (/(?<![\w-])text-decoration[^;]*:[^;]*underline/i.test(style)) add("u");
    if (/(?<![\w-])text-decoration[^;]*:[^;]*line-through/i.test(style)) add("s");
    if (/(?<![\w-])vertical-align\s*:\s*super/i.test(style)) add("sup");
    if (/(?<![\w-])vertical-align\s*:\s*sub/i.test(style)) add("sub");
    const href = e.nodeName === "A" && addressOf(e.getAttribute("href"));
    if (href) add("a", { href, title: e.getAttribute("title") });
    if (has.has("a")) has.delete("u"); // a link looks like one anyway
    if (inlineTags.has(e.nodeName)) {
      const language = this.language(e);
      if (language.lang || language.dir) has.set("span", { tag: "span", attributes: language });
    }
    return [...has.values()];
  }

  // language is what a page says of an element's language. Word and Google Docs
  // say it of every run, and mostly wrong.
  language(e) {
    if (this.office) return {};
    const lang = e.getAttribute("lang") || "", dir = (e.getAttribute("dir") || "").toLowerCase();
    return { lang: /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(lang) ? lang : "", dir: /^(ltr|rtl|auto)$/.test(dir) ? dir : "" };
  }

  speaking(p, e) {
    const language = this.language(e);
    for (const name in language) if (language[name]) p.setAttribute(name, language[name]);
    return p;
  }
}

// trimmed drops white space and breaks at both ends of a line.
function trimmed(nodes) {
  const blank = (n) => n && (n.nodeName === "BR" || !n.textContent.replace(/[ \t\n\r]/g, ""));
  const out = [...nodes];
  while (blank(out[0])) out.shift();
  while (blank(out[out.length - 1])) out.pop();
  return out;
}

// wordLists makes lists of the paragraphs that Word only draws as such: each has
// its level in its style, and its sign as words.
function wordLists(body) {
  let open = []; // lists from the outermost in
  let last = null;
  for (const p of [...body.querySelectorAll("p, h1, h2, h3, h4, h5, h6")]) {
    const found = /mso-list\s*:\s*l\d+\s+level(\d+)/i.exec(styleOf(p));
    if (!found) continue;
    if (!last || nextElement(last) !== p) open = [];
    const level = Math.min(9, +found[1]);
    const sign = [...p.querySelectorAll("*")].find((e) => says(e, /mso-list\s*:\s*ignore/i));
    const ordered = /^\s*\(?([0-9]{1,3}|[a-z]{1,4})[.)]/i.test(sign?.textContent || "");
    sign?.remove();
    const item = body.ownerDocument.createElement("li");
    open.length = Math.min(open.length, level);
    while (open.length < level) {
      const list = body.ownerDocument.createElement(ordered ? "ol" : "ul");
      const outer = open[open.length - 1];
      if (!outer) p.before(list);
      else (outer.lastElementChild || outer.appendChild(body.ownerDocument.createElement("li"))).append(list);
      open.push(list);
    }
    item.append(...p.childNodes);
    open[level - 1].append(item);
    p.remove();
    last = open[0];
  }
}

const nextElement = (e) => e.nextElementSibling;
