// Pictures, sounds and films that are dropped on the text or pasted into it: each has
// its place at once, with its progress, and becomes a block when the server has it.
import { Decoration, DecorationSet, Plugin, PluginKey, TextSelection } from "../../../third_party/prosemirror/prosemirror.js";
import { tell } from "./dialog.js";
import { el } from "./dom.js";
import { safeAddress } from "./links.js";
import { clean } from "./paste.js";
import { blockOf, schema } from "./schema.js";
import { filesOf, send } from "./upload.js";

const key = new PluginKey("uploads");

export function dropping(ctx) {
  return new Plugin({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply(tr, set) {
        const said = tr.getMeta(key);
        let now = set.map(tr.mapping, tr.doc);
        if (said?.add) now = now.add(tr.doc, [Decoration.widget(said.pos, said.add, { id: said.id, side: 1 })]);
        if (said?.drop) now = now.remove(now.find(null, null, (spec) => spec.id === said.drop));
        return now;
      },
    },
    props: {
      decorations: (state) => key.getState(state),
      transformPastedHTML: clean,
      handlePaste: (view, event) => pasteFiles(ctx, view, event) || pasteAddress(view, event),
      handleDrop(view, event, slice, moved) {
        const files = filesOf(event.dataTransfer);
        if (moved || !files.length || !ctx.upload) return false;
        const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
        take(ctx, view, files, at ? at.pos : view.state.doc.content.size);
        return true;
      },
    },
  });
}

// pasteFiles takes pictures out of the clipboard. A program that copies words
// often adds a picture of them: the words win.
function pasteFiles(ctx, view, event) {
  const files = filesOf(event.clipboardData);
  if (!files.length || !ctx.upload || /\S/.test(event.clipboardData.getData("text/plain"))) return false;
  take(ctx, view, files, view.state.selection.to);
  return true;
}

// pasteAddress makes a link of the selected words when an address is pasted.
function pasteAddress(view, event) {
  const { state } = view, { empty, $from, from, to, node } = state.selection;
  const text = event.clipboardData?.getData("text/plain").trim() || "";
  if (empty || node || !$from.sameParent(state.selection.$to) || !/^(https?:\/\/|mailto:)\S+$/.test(text) || !$from.parent.type.allowsMarkType(schema.marks.link)) return false;
  const link = schema.marks.link.create({ href: safeAddress(text) });
  const tr = state.tr.removeMark(from, to, schema.marks.link).addMark(from, to, link);
  view.dispatch(tr.setSelection(TextSelection.create(tr.doc, to)));
  return true;
}

// placeNear is where a picture may stand, at or behind a place in the text.
function placeNear(doc, pos) {
  const $pos = doc.resolve(Math.min(pos, doc.content.size));
  for (let depth = $pos.depth; depth >= 0; depth--) {
    const parent = $pos.node(depth), index = $pos.indexAfter(depth);
    if (!parent.isTextblock && parent.canReplaceWith(index, index, schema.nodes.picture)) {
      return depth === $pos.depth ? $pos.pos : $pos.after(depth + 1);
    }
  }
  return doc.content.size;
}

function take(ctx, view, files, pos) {
  const at = placeNear(view.state.doc, pos);
  for (const file of files) upload(ctx, view, file, at);
}

async function upload(ctx, view, file, pos) {
  const id = {}; // nothing else is equal to it
  const line = el("div", { class: "editor-upload", "data-upload": "true", role: "status" }, ctx.say("uploading", { name: file.name, percent: 0 }));
  view.dispatch(view.state.tr.setMeta(key, { add: line, id, pos }));
  let picture = null;
  try {
    picture = await send(ctx.upload, file, ctx.say, (percent) => { line.textContent = ctx.say("uploading", { name: file.name, percent }); });
    ctx.find.knowPicture(picture);
    if (picture.there) tell(ctx.message, ctx.say("already_there", { name: file.name }));
  } catch (problem) {
    tell(ctx.message, problem.message, true);
  }
  if (view.isDestroyed) return;
  const place = key.getState(view.state).find(null, null, (spec) => spec.id === id)[0];
  const tr = view.state.tr.setMeta(key, { drop: id });
  if (picture && place) tr.insert(placeNear(tr.doc, place.from), blockOf(picture));
  view.dispatch(tr);
}
