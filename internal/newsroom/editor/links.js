// Links: to an address or to an article of the paper's own, which is kept by id,
// so that the link follows it.
import { TextSelection } from "../../../third_party/prosemirror/prosemirror.js";
import { ask } from "./dialog.js";
import { el } from "./dom.js";
import { picker } from "./picker.js";
import { schema } from "./schema.js";

const { link } = schema.marks;

// safeAddress is an address that a link may have, as Go's safeURL allows; "" for
// none. A name of a host without a scheme becomes one with https.
export function safeAddress(text) {
  const address = text.trim().replace(/[\u0000-\u001f\u007f]/g, "");
  if (!address || address.length > 4096) return "";
  if (/^(https?:\/\/[^\s/]|mailto:\S|tel:\S)/i.test(address)) return address.replace(/\s/g, "%20");
  if (/^[/#?]/.test(address) && !/^\/\\/.test(address)) return address.replace(/\s/g, "%20");
  if (/^[^\s/:@]+@[^\s/:@]+\.[^\s/:@]+$/.test(address)) return "mailto:" + address;
  if (/^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+(:\d+)?([/?#]\S*)?$/u.test(address)) return "https://" + address;
  return "";
}

// looksLikeAddress tells an address from words to be searched.
export const looksLikeAddress = (text) => !!safeAddress(text) && /^\S+$/.test(text.trim());

// showArticle is what an option says of an article.
export const showArticle = (a) => [
  el("span", { class: "editor-headline", lang: a.lang, dir: a.dir || "auto" }, a.headline || a.url || ""),
  el("span", { class: "editor-hint" }, [a.section, a.date, a.state].filter(Boolean).join(" · ")),
];

// target asks where something is to lead; it resolves to {article}, {href},
// {remove} or null. Both an address and words to be searched go into one field.
export async function target(ctx, { title, current = {}, removable = false }) {
  const { say, find } = ctx;
  let article = current.article ? await find.article(current.article) || { id: current.article, headline: "№ " + current.article } : null;
  let submit = () => {};
  const search = async (words, signal) => {
    article = null;
    return !words || looksLikeAddress(words) ? [] : find.articles(words, signal);
  };
  const p = picker({
    say, label: say("link_target"), value: article ? article.headline : current.href || "", search, show: showArticle,
    chosen: (a) => {
      article = a;
      p.input.value = a.headline;
      p.clear();
      submit();
    },
  });
  const check = () => {
    const right = !!article || !!safeAddress(p.input.value);
    p.input.toggleAttribute("aria-invalid", !right);
    if (!right) p.status.textContent = say("link_bad");
    return right;
  };
  const answer = await ask(say, {
    title, removable, save: say("apply"),
    fields: [{
      name: "to", kind: "element", element: p.element, check,
      read: () => (article ? { article: article.id, headline: article.headline } : { href: safeAddress(p.input.value) }),
      done: (f) => { submit = f; },
    }],
  });
  return answer && (answer.remove ? answer : answer.to);
}

// linkAt is the link around the cursor, as {mark, from, to}; null for none.
export function linkAt(state) {
  const { $from, from, to, empty } = state.selection;
  const parent = $from.parent;
  if (!parent.inlineContent) return null;
  let found = null;
  parent.forEach((child, offset) => {
    const mark = link.isInSet(child.marks), start = $from.start() + offset, end = start + child.nodeSize;
    if (!mark) return;
    if (found && found.mark.eq(mark) && found.to === start) found.to = end;
    else if (!found || found.to < from) found = { mark, from: start, to: end };
  });
  return found && found.from <= from && found.to >= to && (empty || found.to > from) ? found : null;
}

// setLink asks for a link of what is selected, of the link that the cursor is in,
// or of new words.
export function setLink(ctx) {
  return (state, dispatch, view) => {
    const { $from, node } = state.selection;
    if (node || !$from.parent.inlineContent || !$from.parent.type.allowsMarkType(link)) return false;
    if (dispatch) change(ctx, view);
    return true;
  };
}

async function change(ctx, view) {
  const at = linkAt(view.state);
  const to = await target(ctx, { title: ctx.say("link"), current: at?.mark.attrs, removable: !!at });
  view.focus();
  if (!to) return;
  const { state } = view, tr = state.tr;
  const { from, to: end } = at || state.selection;
  if (to.remove) return view.dispatch(tr.removeMark(from, end, link));
  const attrs = to.article ? { article: to.article } : { href: to.href };
  const mark = link.create({ ...at?.mark.attrs, href: "", article: 0, ...attrs });
  if (from === end) {
    const words = to.headline || to.href;
    tr.insertText(words, from).addMark(from, from + words.length, mark);
  } else tr.removeMark(from, end, link).addMark(from, end, mark);
  tr.setSelection(TextSelection.create(tr.doc, tr.mapping.map(end)));
  view.dispatch(tr.removeStoredMark(link));
}
