// What keys do. Tab leaves the editor except in lists and tables, where it has
// long had another meaning; Alt+F10 goes to the toolbar, Escape back.
import {
  baseKeymap, chainCommands, keymap, newlineInCode, redo, splitListItem, toggleMark, undo, undoInputRule,
} from "../../../third_party/prosemirror/prosemirror.js";
import { askLanguage, canEdit, editBlock } from "./blocks.js";
import { around, asText, captionEnd, deeper, deleteBlock, hardBreak, inside, leaveBox, lessDeep, moveBlock, paragraphBehind, toggleBox, toggleList } from "./commands.js";
import { setLink } from "./links.js";
import { levels, schema } from "./schema.js";
import { below, inTable, step } from "./table.js";

const { marks, nodes } = schema;

export function keys(ctx) {
  const own = {
    "Mod-z": undo, "Shift-Mod-z": redo, "Mod-y": redo, Backspace: undoInputRule,
    "Mod-b": toggleMark(marks.strong), "Mod-i": toggleMark(marks.em), "Mod-u": toggleMark(marks.underline),
    "Mod-Shift-x": toggleMark(marks.strike), "Mod-e": toggleMark(marks.code), "Mod-.": toggleMark(marks.sup), "Mod-,": toggleMark(marks.sub),
    "Mod-k": setLink(ctx), "Mod-Shift-l": askLanguage(ctx),
    "Mod-Alt-0": asText(nodes.paragraph), "Mod-Shift-7": toggleList(nodes.ordered_list), "Mod-Shift-8": toggleList(nodes.bullet_list), "Mod-Shift-9": toggleBox(nodes.blockquote),
    "Alt-Shift-ArrowUp": moveBlock(-1), "Alt-Shift-ArrowDown": moveBlock(1),
    "Alt-Shift-Delete": deleteBlock, "Alt-Shift-Backspace": deleteBlock,
    "Alt-Enter": (state, dispatch, view) => {
      const block = around(state, canEdit);
      if (block && dispatch) editBlock(ctx, view, block.pos);
      return !!block;
    },
    "Mod-Alt-m": () => {
      ctx.note?.();
      return !!ctx.note;
    },
    "Alt-F10": (state, dispatch) => {
      if (dispatch) ctx.toolbar.focus();
      return true;
    },
    Tab: chainCommands(step(1), inList(deeper)), "Shift-Tab": chainCommands(step(-1), inList(lessDeep)),
    Enter: chainCommands(inCell(below), captionEnd, leaveBox, splitListItem(nodes.list_item), onBlock), "Shift-Enter": chainCommands(newlineInCode, hardBreak), "Mod-Enter": paragraphBehind,
  };
  for (const level of levels) own[`Mod-Alt-${level}`] = asText(nodes.heading, { level });
  return [keymap(own), keymap(baseKeymap)];
}

// inList keeps Tab in a list even where nothing can be done: the focus does not
// leave by accident while one sorts items.
const inList = (command) => (state, dispatch) => command(state, dispatch) || !!inside(state, nodes.list_item);

// inCell does so for Enter in a table's cell, not in its caption.
const inCell = (command) => (state, dispatch) => !!inTable(state) && command(state, dispatch);

// onBlock begins a paragraph behind a block that is selected as a whole.
const onBlock = (state, dispatch) => (state.selection.node?.isBlock ? paragraphBehind(state, dispatch) : false);
