// Elements without markup in strings: the page's policy allows no inline style
// and no inline handler, and a headline can't become HTML by accident.

// el makes an element. What begins with "on" is a listener, what is null or
// false is left out, and true is an attribute without a value.
export function el(tag, attributes = {}, ...children) {
  const e = document.createElement(tag);
  for (const name in attributes) {
    const value = attributes[name];
    if (name.startsWith("on")) e.addEventListener(name.slice(2), value);
    else if (value != null && value !== false) e.setAttribute(name, value === true ? "" : value);
  }
  e.append(...children.filter((c) => c != null && c !== false));
  return e;
}

const mac = /mac|iphone|ipad/i.test(navigator.platform);

// keyName is a key as this machine's keyboard has it: "Ctrl+K", or "⌘K".
export const keyName = (key) => (mac ? key.replace("Ctrl+", "⌘").replace("Alt+", "⌥").replace("Shift+", "⇧") : key);

const SVG = "http://www.w3.org/2000/svg";

// icon draws one of the paths below on a field of 24 by 24. It says nothing to
// a screen reader: the button around it has the words.
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", class: turning.has(name) ? "icon is-turning" : "icon", "aria-hidden": "true", focusable: "false" })) svg.setAttribute(key, value);
  if (name === "more" || name === "block") svg.classList.add("is-dots");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", drawn[name] || drawn.paragraph);
  svg.append(path);
  return svg;
}

// turning are the drawings that follow the direction of writing.
const turning = new Set(["bullet_list", "ordered_list", "indent", "outdent", "undo", "redo"]);

// hasIcon reports whether there is a drawing of that name.
export const hasIcon = (name) => name in drawn;

// All are strokes, so that they take the colour of the words beside them.
const drawn = {
  paragraph: "M13 4v16M17 4v16M19 4H9.5a4.5 4.5 0 0 0 0 9H13",
  heading: "M6 4v16M18 4v16M6 12h12",
  strong: "M7 5h6a3.5 3.5 0 0 1 0 7H7zM7 12h7a3.5 3.5 0 0 1 0 7H7z",
  em: "M10 4h8M6 20h8M14 4l-4 16",
  underline: "M7 4v7a5 5 0 0 0 10 0V4M5 20h14",
  strike: "M4 12h16M16 7a4 3 0 0 0-4-2c-3 0-4 1.5-4 3M8 17a4 3 0 0 0 4 2c3 0 4-1.5 4-3.200",
  code: "M8 7l-5 5 5 5M16 7l5 5-5 5",
  code_block: "M4 4h16v16H4zM10 9l-3 3 3 3M14 9l3 3-3 3",
  sub: "M4 6l9 10M13 6L4 16M17 16.500a2 2 0 1 1 3.500 1.300L17 21h4",
  sup: "M4 8l9 10M13 8L4 18M17 5a2 2 0 1 1 3.500 1.300L17 9.500h4",
  span: "M4 12a8 8 0 1 0 16 0a8 8 0 1 0-16 0M4 12h16M12 4c3 3 3 13 0 16M12 4c-3 3-3 13 0 16",
  link: "M10 14a4 4 0 0 0 5.700 0l3.100-3.100a4 4 0 0 0-5.700-5.700L12 6.300M14 10a4 4 0 0 0-5.700 0l-3.100 3.100a4 4 0 0 0 5.700 5.700l1.100-1.100",
  bullet_list: "M9 6h11M9 12h11M9 18h11M4.500 6h.010M4.500 12h.010M4.500 18h.010",
  ordered_list: "M10 6h10M10 12h10M10 18h10M4 4.500l1.500-.5v4M4 15.500a1.300 1.300 0 1 1 2.200 1L4 19.500h2.600",
  indent: "M4 5h16M11 10h9M11 14h9M4 19h16M4 9.500l3.500 2.500L4 14.500",
  outdent: "M4 5h16M11 10h9M11 14h9M4 19h16M7.500 9.500L4 12l3.500 2.500",
  blockquote: "M6 17c2.500-1 3.500-3 3.500-6H5V6h5v5M15.500 17c2.500-1 3.500-3 3.500-6h-4.500V6h5v5",
  pull_quote: "M4 4h16M4 20h16M8 15.500c1.500-.7 2.200-2 2.200-3.800H7.500V9h3v3M14 15.500c1.500-.7 2.200-2 2.200-3.800h-2.700V9h3v3",
  fact_box: "M4 4h16v16H4zM4 9h16M8 13h8M8 16.500h5",
  picture: "M4 5h16v14H4zM4 16l4.500-4.500 4 4 2.500-2.500 5 4.500M15.500 9h.010",
  gallery: "M3 8h13v12H3zM7 8V4h14v12h-5M3 17l4-4 5 5",
  embed: "M4 5h16v14H4zM10 9l5 3-5 3z",
  related: "M5 4h14v16H5zM8.500 8h7M8.500 12h7M8.500 16h4",
  table: "M4 5h16v14H4zM4 10h16M10 5v14",
  html_block: "M8 8l-4 4 4 4M16 8l4 4-4 4M13.500 5l-3 14",
  ad_break: "M4 12h3M10.500 12h3M17 12h3M5 4h14v4H5zM5 16h14v4H5z",
  horizontal_rule: "M4 12h16",
  media: "M5 9v6h3.500L13 19V5L8.500 9zM16.500 9a4 4 0 0 1 0 6",
  note: "M4 5h16v11h-8l-5 4v-4H4zM8 9h8M8 12.500h5",
  more: "M5 12h.010M12 12h.010M19 12h.010",
  insert: "M12 5v14M5 12h14",
  down: "M6 9l6 6 6-6",
  undo: "M9 14l-5-5 5-5M4 9h10a6 6 0 0 1 0 12h-3",
  redo: "M15 14l5-5-5-5M20 9H10a6 6 0 0 0 0 12h3",
  move_up: "M12 19V5M6 11l6-6 6 6",
  move_down: "M12 5v14M6 13l6 6 6-6",
  delete: "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5",
  edit: "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
  block: "M9 5h.010M9 12h.010M9 19h.010M15 5h.010M15 12h.010M15 19h.010",
};
