// What the editor uses of ProseMirror: third_party/prosemirror/prosemirror.js is
// made of this by "go run ." in this folder, after "npm ci".
export { Schema, Fragment, Slice, Node, DOMParser, DOMSerializer } from "prosemirror-model";
export { EditorState, Plugin, PluginKey, Selection, TextSelection, NodeSelection, AllSelection } from "prosemirror-state";
export { EditorView, Decoration, DecorationSet } from "prosemirror-view";
export { findWrapping, canJoin, canSplit, liftTarget } from "prosemirror-transform";
export { keymap } from "prosemirror-keymap";
export { history, undo, redo, undoDepth, redoDepth, closeHistory } from "prosemirror-history";
export { baseKeymap, chainCommands, exitCode, lift, setBlockType, splitBlock, toggleMark, wrapIn, selectParentNode, createParagraphNear, liftEmptyBlock, newlineInCode, deleteSelection } from "prosemirror-commands";
export { inputRules, undoInputRule, InputRule, wrappingInputRule, textblockTypeInputRule } from "prosemirror-inputrules";
export { liftListItem, sinkListItem, splitListItem, wrapInList } from "prosemirror-schema-list";
export { dropCursor } from "prosemirror-dropcursor";
export { gapCursor, GapCursor } from "prosemirror-gapcursor";
