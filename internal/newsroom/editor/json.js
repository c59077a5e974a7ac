// From and to the JSON that Go's package richtext reads: the same bytes for the
// same tree, with nothing in it that says nothing.
import { Fragment } from "../../../third_party/prosemirror/prosemirror.js";
import { heard, said, schema } from "./schema.js";

// read makes a document of a stored body; "" is an empty one. What the schema
// does not know throws, and the page keeps its plain field then.
export function read(text) {
  const json = text ? JSON.parse(text) : { type: "doc" };
  if (json.type !== "doc") throw new RangeError("not a document");
  const content = (json.content || []).map(node);
  return schema.nodes.doc.create(null, content.length ? content : schema.nodes.paragraph.create());
}

// node is not the schema's own nodeFromJSON: the tree may hold what no new
// document would, as a gallery without pictures, and that is to survive.
function node(json) {
  const type = schema.nodes[json.type];
  if (!type) throw new RangeError("unknown node " + json.type);
  if (type.isText) return schema.text(json.text, (json.marks || []).map(mark));
  return type.create(heard(type, json.attrs), Fragment.from((json.content || []).filter((c) => c.type !== "text" || c.text).map(node)));
}

function mark(json) {
  const type = schema.marks[json.type];
  if (!type) throw new RangeError("unknown mark " + json.type);
  return type.create(heard(type, json.attrs));
}

// A block that has not changed is the same object, so its text is kept: what is
// written anew is what was typed in, however long the article is.
const kept = new WeakMap();

// write is the document as JSON. bare says that a body with nothing but an empty
// paragraph was stored as an empty one and is to be so again.
export function write(doc, bare) {
  const blocks = [];
  doc.forEach((block) => {
    let text = kept.get(block);
    if (text === undefined) kept.set(block, text = JSON.stringify(plain(block)));
    blocks.push(text);
  });
  if (bare && blocks.length === 1 && blocks[0] === '{"type":"paragraph"}') return '{"type":"doc"}';
  return `{"type":"doc","content":[${blocks.join(",")}]}`;
}

function plain(node) {
  const out = { type: node.type.name };
  if (node.isText) {
    out.text = node.text;
    if (node.marks.length) out.marks = node.marks.map(plainMark);
    return out;
  }
  const attrs = said(node);
  if (attrs) out.attrs = attrs;
  if (node.childCount) out.content = node.content.content.map(plain);
  return out;
}

function plainMark(mark) {
  const attrs = said(mark);
  return attrs ? { type: mark.type.name, attrs } : { type: mark.type.name };
}
