// What can be done to the text, as commands in ProseMirror's sense: called with
// (state, dispatch, view), they say whether they can be done here, and do it
// where dispatch is given.
import {
  lift, liftListItem, NodeSelection, Selection, sinkListItem, TextSelection, wrapIn, wrapInList,
} from "../../../third_party/prosemirror/prosemirror.js";
import { schema } from "./schema.js";

const { nodes } = schema;
export const isList = (node) => node.type === nodes.bullet_list || node.type === nodes.ordered_list;

// around is the nearest node around the selection for which test holds, as
// {node, depth, pos}; null for none. A selected block is around itself.
export function around(state, test) {
  const { $from, node } = state.selection;
  if (node && test(node)) return { node, depth: $from.depth + 1, pos: $from.pos };
  for (let depth = $from.depth; depth > 0; depth--) {
    if (test($from.node(depth))) return { node: $from.node(depth), depth, pos: $from.before(depth) };
  }
  return null;
}

export const inside = (state, type) => around(state, (n) => n.type === type);

// isText tells lines of text from captions and cells: those belong to what they
// stand in, and a heading made of a caption would be the end of its picture.
export const isText = (node) => node.type === nodes.paragraph || node.type === nodes.heading || node.type === nodes.code_block;

// asText makes the selected lines paragraphs, headings or code. Their language,
// direction and anchor stay where the new kind has them.
export function asText(type, attrs) {
  return (state, dispatch) => {
    const { from, to } = state.selection;
    const lines = [];
    state.doc.nodesBetween(from, to, (node, pos, parent, index) => {
      if (isText(node) && (node.type === type || parent.canReplaceWith(index, index + 1, type))) lines.push({ node, pos });
      return !node.isTextblock;
    });
    if (!lines.length || !dispatch) return lines.length > 0;
    const tr = state.tr;
    for (const { node, pos } of lines) {
      const { lang, dir, anchor } = node.attrs;
      const kept = type === nodes.code_block ? {} : { lang: lang || "", dir: dir || "", anchor: anchor || "" };
      tr.setBlockType(tr.mapping.map(pos + 1), tr.mapping.map(pos + node.nodeSize - 1), type, { ...kept, ...attrs });
    }
    dispatch(tr.scrollIntoView());
    return true;
  };
}

// inText lets a command work only where the cursor is in a line of text.
const inText = (command) => (state, dispatch, view) => {
  const { node, $from } = state.selection;
  return (!!node?.isBlock || isText($from.parent)) && command(state, dispatch, view);
};

// toggleList makes a list of what is selected, a list of the other kind of the
// one around it, or plain blocks of a list of this kind.
export function toggleList(type) {
  return inText((state, dispatch) => {
    const list = around(state, isList);
    if (!list) return wrapInList(type)(state, dispatch);
    if (list.node.type === type) return liftListItem(nodes.list_item)(state, dispatch);
    if (dispatch) dispatch(state.tr.setNodeMarkup(list.pos, type, { rest: list.node.attrs.rest }));
    return true;
  });
}

// toggleBox puts what is selected into a quote or box, or takes it out.
export function toggleBox(type) {
  return inText((state, dispatch) => {
    const box = inside(state, type);
    if (!box) return wrapIn(type)(state, dispatch);
    if (state.selection.node === box.node) return unwrap(box, state, dispatch);
    return lift(state, dispatch) || unwrap(box, state, dispatch);
  });
}

function unwrap(box, state, dispatch) {
  if (dispatch) dispatch(state.tr.replaceWith(box.pos, box.pos + box.node.nodeSize, box.node.content).scrollIntoView());
  return true;
}

export const deeper = sinkListItem(nodes.list_item);
export const lessDeep = liftListItem(nodes.list_item);

// insertBlock puts a new block where the cursor is: in place of an empty
// paragraph, else behind the block that it stands in. The cursor goes into the
// block, or behind it.
export function insertBlock(state, dispatch, node) {
  const { $from, $to } = state.selection;
  const place = placeFor(state, node);
  if (!place) return false;
  if (!dispatch) return true;
  const tr = state.tr.replaceWith(place.from, place.to, node);
  const after = place.from + node.nodeSize;
  const $after = tr.doc.resolve(after);
  if ($after.depth === 0 && !$after.nodeAfter && !node.isTextblock) tr.insert(after, nodes.paragraph.create());
  tr.setSelection(selectionIn(tr.doc, place.from, node));
  dispatch(tr.scrollIntoView());
  return $from.pos <= $to.pos;
}

// placeFor is the range that a new block takes; null where none may stand.
function placeFor(state, node) {
  const { $from } = state.selection;
  const selected = state.selection.node;
  if (selected?.isBlock) {
    const at = $from.pos + selected.nodeSize;
    return $from.parent.canReplaceWith($from.index() + 1, $from.index() + 1, node.type) ? { from: at, to: at } : outer(state, node, $from.depth);
  }
  if ($from.parent.type === nodes.paragraph && !$from.parent.content.size && $from.depth > 0) {
    const index = $from.index($from.depth - 1);
    if ($from.node($from.depth - 1).canReplaceWith(index, index + 1, node.type)) return { from: $from.before(), to: $from.after() };
  }
  return outer(state, node, $from.depth);
}

function outer(state, node, depth) {
  const { $from } = state.selection;
  for (; depth > 0; depth--) {
    const index = $from.indexAfter(depth - 1);
    const parent = $from.node(depth - 1);
    if (parent.type !== nodes.gallery && parent.type !== nodes.table && parent.canReplaceWith(index, index, node.type)) {
      return { from: $from.after(depth), to: $from.after(depth) };
    }
  }
  return $from.depth === 0 && state.doc.canReplaceWith($from.index(), $from.index(), node.type) ? { from: $from.pos, to: $from.pos } : null;
}

function selectionIn(doc, pos, node) {
  const words = ["pull_quote", "blockquote", "fact_box", "table", "code_block"].includes(node.type.name) || node.isTextblock && !node.type.spec.draggable;
  if (words) return TextSelection.near(doc.resolve(pos + 1));
  return NodeSelection.create(doc, pos);
}

// movable is the block that moves from where the cursor is: an item of a list, a
// row of a table, a picture of a gallery, else the block at hand.
export function movable(state, test = () => true) {
  const { $from, node } = state.selection;
  if (node?.isBlock) {
    const found = { $pos: $from, depth: $from.depth, node, index: $from.index(), pos: $from.pos };
    if (test(found)) return found;
  }
  for (let depth = $from.depth; depth > 0; depth--) {
    const found = { $pos: $from, depth: depth - 1, node: $from.node(depth), index: $from.index(depth - 1), pos: $from.before(depth) };
    if (found.node.type !== nodes.table_cell && test(found)) return found;
  }
  return null;
}

// moveBlock moves it by one place, up (-1) or down (1). Where it is the first or
// last of what holds it, the block around it moves.
export function moveBlock(by) {
  return (state, dispatch) => {
    const block = movable(state, ({ $pos, depth, index }) => {
      const other = index + by;
      return other >= 0 && other < $pos.node(depth).childCount;
    });
    if (!block) return false;
    if (!dispatch) return true;
    const parent = block.$pos.node(block.depth), other = parent.child(block.index + by);
    const from = by < 0 ? block.pos - other.nodeSize : block.pos;
    const pair = by < 0 ? [block.node, other] : [other, block.node];
    const tr = state.tr.replaceWith(from, from + block.node.nodeSize + other.nodeSize, pair);
    const shift = by * other.nodeSize;
    tr.setSelection(shifted(state.selection, tr.doc, shift));
    dispatch(tr.scrollIntoView());
    return true;
  };
}

function shifted(selection, doc, by) {
  if (selection.node) return NodeSelection.create(doc, selection.from + by);
  return TextSelection.between(doc.resolve(selection.anchor + by), doc.resolve(selection.head + by));
}

// deleteBlock deletes the block at hand: the item, row or block that would move.
export function deleteBlock(state, dispatch) {
  const block = movable(state, ({ node, $pos, depth }) => !node.isTextblock || !["list_item", "picture"].includes($pos.node(depth).type.name) || $pos.node(depth).childCount > 1);
  if (!block) return false;
  if (!dispatch) return true;
  const parent = block.$pos.node(block.depth);
  const only = parent.childCount === 1 && block.depth > 0;
  const from = only ? block.$pos.before(block.depth) : block.pos;
  const size = only ? parent.nodeSize : block.node.nodeSize;
  const tr = state.tr.delete(from, from + size);
  tr.setSelection(Selection.near(tr.doc.resolve(Math.min(from, tr.doc.content.size)), 1));
  dispatch(tr.scrollIntoView());
  return true;
}

// paragraphBehind begins a paragraph behind the block that the cursor is in: the
// way out of a caption, a box or a table, by keyboard.
export function paragraphBehind(state, dispatch) {
  const { $from, node } = state.selection;
  const depth = node?.isBlock ? $from.depth : 0;
  const at = node?.isBlock ? $from.pos + node.nodeSize : $from.depth ? $from.after(1) : $from.pos;
  const $at = state.doc.resolve(at);
  if (!$at.parent.canReplaceWith($at.index(), $at.index(), nodes.paragraph) || depth > 0 && $at.parent.type === nodes.gallery) return false;
  if (!dispatch) return true;
  const tr = state.tr.insert(at, nodes.paragraph.create());
  dispatch(tr.setSelection(TextSelection.create(tr.doc, at + 1)).scrollIntoView());
  return true;
}

// hardBreak begins a new line within the block.
export function hardBreak(state, dispatch) {
  const { $from } = state.selection;
  if ($from.parent.type.spec.code || !$from.parent.inlineContent) return false;
  if (dispatch) dispatch(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
  return true;
}

// captionEnd leaves a caption or a table's cell by Enter: nothing of them can be
// split in two.
export function captionEnd(state, dispatch) {
  const { parent } = state.selection.$from;
  if (state.selection.node || !parent.isTextblock) return false;
  const caption = ["picture", "embed", "media"].includes(parent.type.name);
  return caption ? paragraphBehind(state, dispatch) : false;
}

// leaveBox ends a quote or box by Enter in an empty paragraph at its end.
export function leaveBox(state, dispatch) {
  const { $from, empty } = state.selection;
  if (!empty || $from.depth < 2 || $from.parent.type !== nodes.paragraph || $from.parent.content.size) return false;
  const box = $from.node(-1);
  if (!["fact_box", "blockquote", "pull_quote"].includes(box.type.name) || box.childCount < 2 || $from.index(-1) !== box.childCount - 1) return false;
  if (!dispatch) return true;
  const tr = state.tr.delete($from.before(), $from.after());
  const after = tr.mapping.map($from.after(-1));
  tr.insert(after, nodes.paragraph.create());
  dispatch(tr.setSelection(TextSelection.create(tr.doc, after + 1)).scrollIntoView());
  return true;
}
