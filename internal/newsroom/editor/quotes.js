// Quotation marks, apostrophes, dashes and dots as the article's language sets
// them while one types. Backspace right after takes back what was done.
import { InputRule } from "../../../third_party/prosemirror/prosemirror.js";

// What is used where the page gives no marks: outer open, outer close, inner
// open, inner close.
const usual = ["“", "”", "‘", "’"];

const opening = /[\s([{<«„“‘‚¿¡—–\-/\ufffc]$|^$/u;

// quoteRules are the rules; language() says {tag, quotes} at the time of typing,
// since an article's language can be changed while it is written.
export function quoteRules(language) {
  const marks = () => (language().quotes?.length === 4 ? language().quotes : usual);
  return [
    rule(/"$/, (before) => outer(before, marks())),
    rule(/'$/, (before) => inner(before, marks())),
    rule(/\.\.\.$/, () => "…"),
    rule(/(?<=\S )-- $/, () => dash(language().tag) + " "),
    rule(/(?<=[^\s-])--([^\s-])$/, (before, match) => "—" + match[1]),
  ];
}

// dash is the one that stands between spaces.
const dash = (tag = "") => (/^(ru|uk|be|bg|en-US|es|fr|pt)\b/.test(tag) ? "—" : "–");

// rule replaces what the pattern has found by what make gives for the text that
// stands before it.
function rule(pattern, make) {
  return new InputRule(pattern, (state, match, start, end) => {
    const $start = state.doc.resolve(start);
    const before = $start.parent.textBetween(Math.max(0, $start.parentOffset - 500), $start.parentOffset, null, "\ufffc");
    const text = make(before, match);
    return text ? state.tr.insertText(text, start, end) : null;
  }, { inCodeMark: false });
}

// outer is the double mark: it closes where one is open and something stands
// before it. After a digit with none open it means inches, and stays.
function outer(before, [open, close]) {
  if (opening.test(before)) return open;
  if (isOpen(before, open, close)) return close;
  return /\d$/.test(before) ? null : close;
}

// inner is the single mark; after a letter it is an apostrophe unless an inner
// quotation is open there.
function inner(before, [, , open, close]) {
  if (opening.test(before)) return open;
  return isOpen(before, open, close) ? close : "’";
}

const isOpen = (text, open, close) => {
  if (open === close) return (text.split(open).length - 1) % 2 === 1;
  return text.lastIndexOf(open) > text.lastIndexOf(close);
};
