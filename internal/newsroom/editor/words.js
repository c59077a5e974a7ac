// The words of the editor's own screens in English. A page in another language
// gives its own under the same keys; what it lacks is said in English.
export const english = {
  body: "Article text",
  toolbar: "Formatting",
  placeholder: "Write, or type / for pictures, quotes and other blocks",
  style: "Style", format: "More formatting", insert: "Insert", block: "This block", undo: "Undo", redo: "Redo",
  paragraph: "Paragraph", heading: "Heading {level}", bullet_list: "Bulleted list", ordered_list: "Numbered list",
  blockquote: "Quote", pull_quote: "Pull quote", fact_box: "Fact box", picture: "Picture", gallery: "Gallery", embed: "Embed",
  media: "Sound or film", related: "Read more", table: "Table", code_block: "Code", html_block: "HTML", ad_break: "Ad break", horizontal_rule: "Break between parts",
  strong: "Bold", em: "Italic", underline: "Underlined", strike: "Struck through", code: "Code in a line", sub: "Subscript", sup: "Superscript",
  span: "Another language", link: "Link", indent: "Deeper in the list", outdent: "Less deep in the list",
  edit: "Edit this block", move_up: "Move up", move_down: "Move down", delete: "Delete this block", drag: "Drag to move, press for more",
  row_before: "Add a row above", row_after: "Add a row below", row_delete: "Delete the row",
  column_before: "Add a column before", column_after: "Add a column after", column_delete: "Delete the column",
  cell_header: "Heading cell", row_header: "Heading row", table_caption: "Caption of the table",
  save: "Save", cancel: "Cancel", remove: "Remove", close: "Close", apply: "Apply",
  link_target: "Address, or words of an article of ours", link_bad: "That is no address that a link can have.", link_title: "Title (shown on hover)",
  find_article: "Find an article", find_picture: "Find a picture", none_found: "Nothing found.", found: "{n} found", finding: "Looking …", find_failed: "The search did not answer. Try again.",
  upload: "Upload pictures", add_pictures: "Add pictures", chosen: "{n} chosen", uploading: "{name}: {percent} %", upload_failed: "{name} was not taken: {why}", no_answer: "the server did not answer", not_a_picture: "it is no picture", too_large: "it is too large",
  caption: "Caption", alt: "Description for who can't see it", credit: "Credit", align: "Place", align_: "In the column", align_left: "At the start, text beside it", align_right: "At the end, text beside it", align_center: "In the middle", align_wide: "Wide", align_full: "Full width",
  picture_link: "Leads to", no_alt: "No description yet", missing_picture: "This picture can't be shown.", picture_elsewhere: "Picture at {host}",
  address: "Address", embed_hint: "The address of the page or film; nothing is loaded from there until a reader asks for it.", title: "Title", cite: "Who said it, and where", code_language: "Language of the code", html: "HTML; scripts and styles are left out on the page",
  missing_article: "This article is not there any more.", read_more_of: "Headline", language_tag: "Language, as en, ar or pt-BR", direction: "Direction", dir_: "By the language", dir_ltr: "Left to right", dir_rtl: "Right to left", dir_auto: "By its first letters",
  words: "{n} words", minutes: "{n} min to read", help: "Alt+F10: toolbar. Slash: blocks. Alt+Shift+arrow: move a block. Alt+Enter: edit a block.",
  blocks: "Blocks", moved: "Moved", deleted: "Deleted", broken: "This text can't be shown in the editor. It stands below as it is stored.",
};

// speaker gives say(key, values), with the page's words before ours. Numbers are
// written as the page's language writes them.
export function speaker(own, language) {
  const digits = new Intl.NumberFormat(language || undefined);
  return (key, values = {}) => {
    const text = own[key] || english[key] || key;
    return text.replace(/\{(\w+)\}/g, (all, name) => {
      const value = values[name];
      return typeof value === "number" ? digits.format(value) : value ?? all;
    });
  };
}
