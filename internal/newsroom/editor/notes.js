// Notes to colleagues at a passage of the text. Where one belongs is told by the
// words themselves with those around them (W3C Web Annotation: TextQuoteSelector),
// so that it is found again in a text that has changed meanwhile; while one writes,
// it moves along. The notes are the page's: nothing of them is in the text.
import { Decoration, DecorationSet, Plugin, PluginKey, TextSelection } from "../../../third_party/prosemirror/prosemirror.js";

const key = new PluginKey("notes");
const around = 60, longest = 1000; // characters: what is told of the words around, and of the passage

// indexed is the text of a document, its blocks apart by line ends, with where each
// of them stands.
function indexed(doc) {
  const blocks = [];
  let text = "", number = 0;
  doc.forEach((top, offset) => {
    number++;
    const add = (node, pos) => {
      if (!node.isTextblock) return true;
      blocks.push({ at: text.length, pos: pos + 1, number });
      text += node.textBetween(0, node.content.size, "", "\ufffc") + "\n";
      return false;
    };
    if (add(top, offset)) top.descendants((node, pos) => add(node, offset + 1 + pos));
  });
  return { text, blocks };
}

// blockAt is the last block that begins at or before an offset of the text.
function blockAt({ blocks }, offset) {
  let low = 0, high = blocks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (blocks[middle].at <= offset) low = middle;
    else high = middle - 1;
  }
  return blocks[low];
}

const position = (index, offset) => {
  const block = blockAt(index, offset);
  return block.pos + offset - block.at;
};

// alike counts how many characters two texts have in common from their beginning,
// or with step -1 from their end.
function alike(a, b, step) {
  let n = 0;
  const most = Math.min(a.length, b.length);
  while (n < most && a.at(step > 0 ? n : -1 - n) === b.at(step > 0 ? n : -1 - n)) n++;
  return n;
}

// find answers where a passage stands in the text: where its very words are, and of
// several places the one with the same words around it, then the one nearest to where
// it was. Where its words have changed, it is what stands between the words around.
// null says that it is gone.
export function find(index, { quote, prefix, suffix, block }) {
  const { text } = index;
  let best = null, score = -1;
  const offer = (from, to, points) => {
    const far = Math.abs(blockAt(index, from).number - block);
    const s = points - far / 1000;
    if (!best || s > score) [best, score] = [{ from, to }, s];
  };
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
    offer(at, at + quote.length, alike(text.slice(Math.max(0, at - around), at), prefix, -1) + alike(text.slice(at + quote.length, at + quote.length + around), suffix, 1));
  }
  return best || between(index, quote, prefix.slice(-24), suffix.slice(0, 24), offer, () => best);
}

function between({ text }, quote, before, behind, offer, best) {
  const room = Math.max(200, 3 * quote.length);
  if (before.trim().length < 6 && behind.trim().length < 6) return null;
  const starts = [];
  if (!before.trim()) starts.push(0);
  else for (let at = text.indexOf(before); at >= 0; at = text.indexOf(before, at + 1)) starts.push(at + before.length);
  for (const from of starts) {
    const to = behind.trim() ? text.indexOf(behind, from) : text.length - 1;
    if (to > from && to - from <= room && text.slice(from, to).trim()) offer(from, to, 0);
  }
  return best();
}

// passageOf tells where a selection is: what is selected, or the whole block that the
// cursor is in. null where there is no text.
export function passageOf({ doc, selection }) {
  let { from, to } = selection;
  if (selection.empty) {
    const { $from } = selection;
    if (!$from.parent.isTextblock) return null;
    from = $from.start();
    to = $from.end();
  }
  const index = indexed(doc);
  const offset = (pos) => {
    let last = index.blocks[0];
    for (const b of index.blocks) if (b.pos <= pos) last = b;
    return last ? Math.min(last.at + pos - last.pos, index.text.length) : 0;
  };
  let start = offset(from), end = offset(to);
  while (start < end && /\s/.test(index.text[start])) start++;
  while (end > start && /\s/.test(index.text[end - 1])) end--;
  end = Math.min(end, start + longest);
  if (start >= end) return null;
  return {
    block: blockAt(index, start).number, quote: index.text.slice(start, end),
    prefix: index.text.slice(Math.max(0, start - around), start), suffix: index.text.slice(end, end + around),
  };
}

// noting is the plugin: it shows the passages, and has take(id) told of the one that
// somebody presses.
export function noting(picked) {
  return new Plugin({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply: (tr, set) => tr.getMeta(key) || (tr.docChanged ? set.map(tr.mapping, tr.doc) : set),
    },
    props: {
      decorations: (state) => key.getState(state),
      handleClick(view, pos) {
        const [found] = key.getState(view.state).find(pos, pos);
        if (found) picked(found.spec.id);
        return false;
      },
    },
  });
}

// show marks the passages of notes, each {id, quote, prefix, suffix, block}; one
// without a quote is of the whole article.
export function show(view, list) {
  const index = indexed(view.state.doc);
  const marks = [];
  for (const note of list) {
    const at = note.quote && index.blocks.length ? find(index, note) : null;
    if (at) marks.push(Decoration.inline(position(index, at.from), position(index, at.to), { class: "editor-noted" }, { id: note.id }));
  }
  view.dispatch(view.state.tr.setMeta(key, DecorationSet.create(view.state.doc, marks)).setMeta("addToHistory", false));
}

// shown are the ids of the notes whose passages are there, in the order of the text.
export function shown(view) {
  const ids = new Map();
  for (const d of key.getState(view.state).find()) if (d.to > d.from && !(ids.get(d.spec.id) <= d.from)) ids.set(d.spec.id, d.from);
  return [...ids].sort((a, b) => a[1] - b[1]).map(([id]) => id);
}

// passages tells where the passages of notes are now, by id: what was told when the
// notes were made may have been written over.
export function passages(view) {
  const ends = new Map();
  for (const { from, to, spec } of key.getState(view.state).find()) {
    const [first, last] = ends.get(spec.id) || [from, to];
    ends.set(spec.id, [Math.min(first, from), Math.max(last, to)]);
  }
  return [...ends].map(([id, [from, to]]) => ({ id, ...passageOf({ doc: view.state.doc, selection: { from, to, empty: false } }) })).filter((p) => p.quote);
}

// reach leads to a note's passage, and reports whether it is there.
export function reach(view, id) {
  const found = key.getState(view.state).find(undefined, undefined, (spec) => spec.id === id)[0];
  if (!found) return false;
  const { tr, doc } = view.state;
  view.dispatch(tr.setSelection(TextSelection.between(doc.resolve(found.from), doc.resolve(found.to))).scrollIntoView());
  view.domAtPos(found.from).node.parentElement?.scrollIntoView({ block: "center" });
  view.focus();
  return true;
}
