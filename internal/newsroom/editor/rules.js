// What typing itself does: marks of Markdown become what they mean. Backspace
// right after takes it back.
import { InputRule, TextSelection, textblockTypeInputRule, wrappingInputRule } from "../../../third_party/prosemirror/prosemirror.js";
import { schema } from "./schema.js";

const { nodes, marks } = schema;

export function typingRules() {
  const blocks = [
    textblockTypeInputRule(/^(#{1,6})\s$/, nodes.heading, (match) => ({ level: Math.max(2, match[1].length) })),
    wrappingInputRule(/^\s*[-*•]\s$/, nodes.bullet_list),
    wrappingInputRule(/^(\d{1,4})[.)]\s$/, nodes.ordered_list,
      (match) => ({ start: +match[1] > 1 ? +match[1] : 0 }),
      (match, node) => node.childCount + (node.attrs.start || 1) === +match[1]),
    wrappingInputRule(/^\s*>\s$/, nodes.blockquote),
    textblockTypeInputRule(/^```([\w+#-]*)\s$/, nodes.code_block, (match) => ({ language: match[1] })),
    new InputRule(/^(?:---|—-|___|\*\*\*)$/, rule),
  ];
  return [
    ...blocks.map(inParagraph),
    marked(/(?<![\p{L}\p{N}*])\*\*([^*\s](?:[^*]*[^*\s])?)\*\*$/u, marks.strong),
    marked(/(?<![\p{L}\p{N}_])_([^_\s](?:[^_]*[^_\s])?)_$/u, marks.em),
    marked(/(?<![\p{L}\p{N}*])\*([^*\s](?:[^*]*[^*\s])?)\*$/u, marks.em),
    marked(/(?<![\p{L}\p{N}~])~~([^~\s](?:[^~]*[^~\s])?)~~$/u, marks.strike),
    marked(/(?<![`])`([^`]+)`$/, marks.code),
  ];
}

// inParagraph keeps a rule about blocks to paragraphs and headings: a caption or
// a cell stays one.
function inParagraph(rule) {
  const { handler } = rule;
  rule.handler = (state, match, start, end) => (["paragraph", "heading"].includes(state.doc.resolve(start).parent.type.name) ? handler(state, match, start, end) : null);
  return rule;
}

// rule puts a break in place of the dashes, and the cursor behind it.
function rule(state, match, start) {
  const $start = state.doc.resolve(start);
  if ($start.parent.type !== nodes.paragraph || $start.parent.childCount > 1 || $start.parentOffset > 0) return null;
  const from = $start.before(), index = $start.index(-1);
  if (!$start.node(-1).canReplaceWith(index, index + 1, nodes.horizontal_rule)) return null;
  const tr = state.tr.replaceWith(from, $start.after(), [nodes.horizontal_rule.create(), nodes.paragraph.create()]);
  return tr.setSelection(TextSelection.create(tr.doc, from + 2));
}

// marked sets what stands between two signs, and drops the signs.
function marked(pattern, type) {
  return new InputRule(pattern, (state, match, start, end) => {
    const text = match[1], $start = state.doc.resolve(start);
    if (!$start.parent.type.allowsMarkType(type) || text.includes("\ufffc")) return null;
    const sign = match[0].indexOf(text);
    const tr = state.tr;
    // The last sign is not in the document yet: it ends with the typed letter.
    const from = start + sign, to = from + text.length;
    if (to < end) tr.delete(to, end);
    tr.delete(start, from);
    tr.addMark(start, start + text.length, type.create());
    return tr.removeStoredMark(type);
  }, { inCodeMark: false });
}
