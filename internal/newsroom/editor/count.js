// How many words a text has, and how long it takes to read.
//
// Words are counted block by block, and a block that has not changed is not
// counted again: the count of a long article costs what was typed in.

// Scripts that put no space between words: there the browser's own dictionary
// parts them. Elsewhere what stands between spaces and has a letter or digit is
// a word, which costs a tenth.
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const spaced = /[\p{L}\p{N}][^\s\u2013\u2014]*/gu;

// wordsIn counts the words of a text in a language (a tag, or "").
export function wordsIn(text, language) {
  if (!unspaced.test(text)) return text.match(spaced)?.length || 0;
  let n = 0;
  for (const part of segmenter(language).segment(text)) if (part.isWordLike) n++;
  return n;
}

function segmenter(language) {
  try {
    return new Intl.Segmenter(language || undefined, { granularity: "word" });
  } catch {
    return new Intl.Segmenter(undefined, { granularity: "word" });
  }
}

// counter counts a document's words in one language.
export function counter(language) {
  const known = new WeakMap();
  const block = (node) => {
    let n = known.get(node);
    if (n === undefined) known.set(node, n = wordsIn(textOf(node), language));
    return n;
  };
  return (doc) => {
    let sum = 0;
    doc.forEach((node) => { sum += block(node); });
    return sum;
  };
}

function textOf(node) {
  const parts = [node.attrs.title || "", node.attrs.cite || ""];
  if (node.isTextblock) parts.push(node.textBetween(0, node.content.size, " ", " "));
  else node.forEach((child) => parts.push(textOf(child)));
  return parts.join(" ");
}

// As many words a minute as the reading site counts with, rounded as there.
export const minutesFor = (words) => Math.max(1, Math.floor((words + 110) / 220));
