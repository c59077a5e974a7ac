// The tools of a picture: its focus, set by a click, and its crop, a frame that is
// drawn, moved and sized with mouse, finger or keys. They fill in the numbers of the
// forms, which also work without this script, and show at once how readers will see
// the picture. All places are from the left, in every language.

const el = (tag, attributes = {}, ...children) => {
  const e = Object.assign(document.createElement(tag), attributes);
  e.append(...children);
  return e;
};
const between = (n, least, most) => Math.min(most, Math.max(least, n));
const handles = ["nw", "n", "ne", "e", "se", "s", "sw", "w"];

class Tools {
  constructor(stage) {
    this.stage = stage;
    const data = stage.dataset;
    Object.assign(this, { say: data, w: +data.width, h: +data.height, least: +data.least, img: stage.querySelector("img"), ratio: 0, mode: "focus" });
    this.inputs = {};
    for (const name of ["focus-x", "focus-y", "crop-left", "crop-top", "crop-width", "crop-height"]) this.inputs[name] = document.getElementById(name);
    this.crops = !!this.inputs["crop-left"];
    if (data.uncut) Object.assign(this.img, { src: data.uncut, width: this.w, height: this.h });
    this.build();
    this.read();
    for (const input of Object.values(this.inputs)) input?.addEventListener("input", () => this.read());
  }

  // style is that of what a selector names, in a sheet of the tools' own: the page's
  // policy has no place for styles in its elements.
  style(selector) {
    if (!this.sheet) {
      this.sheet = new CSSStyleSheet();
      document.adoptedStyleSheets = [this.sheet];
    }
    return this.sheet.cssRules[this.sheet.insertRule(selector + "{}", this.sheet.cssRules.length)].style;
  }

  build() {
    this.room = el("span", { className: "room" });
    this.img.replaceWith(this.room);
    this.img.draggable = false;
    this.dot = el("button", { type: "button", className: "focus-dot" });
    this.dot.ariaLabel = this.say.dot;
    this.dot.addEventListener("keydown", (e) => this.dotKey(e));
    this.room.append(this.img);
    if (this.crops) {
      this.box = el("span", { className: "crop-box", tabIndex: 0, role: "application" }, ...handles.map((at) => el("span", { className: "handle is-" + at })));
      this.box.ariaLabel = this.say.box;
      this.box.addEventListener("keydown", (e) => this.boxKey(e));
      this.room.append(this.box);
      this.stage.before(this.modes());
    }
    this.room.append(this.dot);
    this.dotStyle = this.style(".focus-dot");
    this.boxStyle = this.style(".crop-box");
    this.stage.classList.add("is-ready");
    this.room.addEventListener("pointerdown", (e) => this.down(e));
    this.previews();
    this.turn("focus");
  }

  // modes are the switches between the tools, and the proportions of a crop.
  modes() {
    const button = (label, act) => el("button", { type: "button", className: "second", onclick: act }, label);
    const group = (name, ...buttons) => {
      const g = el("span", { role: "group" }, ...buttons);
      g.ariaLabel = name;
      return g;
    };
    this.modeButtons = { focus: button(this.say.focus, () => this.turn("focus")), crop: button(this.say.crop, () => this.turn("crop")) };
    const shapes = [[this.say.free, 0], [this.say.original, this.w / this.h], ["3:2", 3 / 2], ["16:9", 16 / 9], ["1:1", 1]];
    this.shapeButtons = shapes.map(([label, ratio]) => {
      const b = button(label, () => this.shape(b, ratio));
      b.ariaPressed = String(ratio === 0);
      return b;
    });
    this.shapes = group(this.say.shape, ...this.shapeButtons);
    return el("div", { className: "modes" }, group(this.say.mode, ...Object.values(this.modeButtons)), this.shapes);
  }

  turn(mode) {
    this.mode = mode;
    this.stage.classList.toggle("is-cropping", mode === "crop");
    if (!this.crops) return;
    for (const [name, b] of Object.entries(this.modeButtons)) b.ariaPressed = String(name === mode);
    this.shapes.hidden = mode !== "crop";
  }

  // read takes over what stands in the fields.
  read() {
    const number = (name, otherwise) => {
      const n = parseFloat(this.inputs[name]?.value);
      return Number.isFinite(n) ? n : otherwise;
    };
    this.focus = { x: between(number("focus-x", 50), 0, 100), y: between(number("focus-y", 50), 0, 100) };
    const w = between(number("crop-width", this.w), 1, this.w), h = between(number("crop-height", this.h), 1, this.h);
    this.crop = { x: between(number("crop-left", 0), 0, this.w - w), y: between(number("crop-top", 0), 0, this.h - h), w, h };
    this.draw();
  }

  // write is the reverse.
  write() {
    const set = (name, n) => { if (this.inputs[name]) this.inputs[name].value = n; };
    set("crop-left", this.crop.x);
    set("crop-top", this.crop.y);
    set("crop-width", this.crop.w);
    set("crop-height", this.crop.h);
    set("focus-x", this.focus.x);
    set("focus-y", this.focus.y);
    this.draw();
  }

  draw() {
    const part = (n, of) => `${(n * 100) / of}%`;
    Object.assign(this.dotStyle, { left: `${this.focus.x}%`, top: `${this.focus.y}%` });
    if (this.box) {
      const { x, y, w, h } = this.crop;
      Object.assign(this.boxStyle, { left: part(x, this.w), top: part(y, this.h), width: part(w, this.w), height: part(h, this.h) });
      this.box.classList.toggle("is-all", w === this.w && h === this.h);
    }
    for (const view of this.views) view();
  }

  // previews are the proportions in which the theme shows pictures, each cut around
  // the focus as the server cuts it.
  previews() {
    const cuts = [[this.say.whole, 0, 0], ...[...document.querySelectorAll(".cut-list li")].map((li) => [li.textContent, +li.dataset.w, +li.dataset.h])];
    const list = el("ul", { className: "cuts" });
    this.views = cuts.map(([label, w, h], i) => {
      list.append(el("li", {}, el("span", { className: "cut" }), el("span", {}, label)));
      const frame = this.style(`.cuts li:nth-child(${i + 1}) .cut`);
      frame.backgroundImage = `url("${new URL(this.img.src, location).href}")`;
      return () => this.preview(frame, w, h);
    });
    const name = el("h2", { id: "cuts-title" }, this.say.cuts);
    const part = el("section", { className: "seen-as" }, name, list);
    part.setAttribute("aria-labelledby", name.id);
    this.stage.after(part);
  }

  preview(frame, w, h) {
    const c = this.crop, most = { w: 144, h: 108 };
    let cw = c.w, ch = c.h;
    if (w && c.w * h > c.h * w) cw = (c.h * w) / h;
    else if (w) ch = (c.w * h) / w;
    const fx = between((this.focus.x * this.w / 100 - c.x) / c.w, 0, 1), fy = between((this.focus.y * this.h / 100 - c.y) / c.h, 0, 1);
    const x = c.x + (c.w - cw) * fx, y = c.y + (c.h - ch) * fy, scale = Math.min(most.w / cw, most.h / ch);
    const pair = (a, b) => `${a * scale}px ${b * scale}px`;
    Object.assign(frame, { width: `${cw * scale}px`, height: `${ch * scale}px`, backgroundSize: pair(this.w, this.h), backgroundPosition: pair(-x, -y) });
  }

  // at is where in the picture an event is, in its pixels.
  at(e) {
    const r = this.img.getBoundingClientRect();
    return { x: between(((e.clientX - r.left) / r.width) * this.w, 0, this.w), y: between(((e.clientY - r.top) / r.height) * this.h, 0, this.h) };
  }

  down(e) {
    if (e.button !== 0) return;
    e.preventDefault();
    const move = this.mode === "crop" ? this.cropping(e) : (to) => this.setFocus((to.x / this.w) * 100, (to.y / this.h) * 100);
    if (this.mode === "focus") {
      move(this.at(e));
      this.dot.focus({ preventScroll: true });
    } else this.box.focus({ preventScroll: true });
    const follow = (e) => move(this.at(e));
    const end = () => {
      for (const [name, act] of Object.entries(acts)) this.room.removeEventListener(name, act);
    };
    const acts = { pointermove: follow, pointerup: end, pointercancel: end };
    this.room.setPointerCapture(e.pointerId);
    for (const [name, act] of Object.entries(acts)) this.room.addEventListener(name, act);
  }

  // cropping is what a pointer that goes down there does with the frame as it moves.
  cropping(e) {
    const from = this.at(e), was = { ...this.crop }, handle = handles.find((h) => e.target.classList.contains("is-" + h));
    if (handle) return (to) => this.pull(handle, was, to);
    const whole = was.w === this.w && was.h === this.h;
    if (e.target === this.box && !whole) return (to) => this.place(was.x + to.x - from.x, was.y + to.y - from.y, was.w, was.h);
    return (to) => Math.hypot(to.x - from.x, to.y - from.y) > this.w / 100 && this.span(from.x, from.y, to.x, to.y);
  }

  // pull moves one handle; the opposite side stays.
  pull(handle, was, to) {
    const right = was.x + was.w, bottom = was.y + was.h;
    if (handle === "n" || handle === "s") return this.span(was.x, handle === "n" ? bottom : was.y, right, to.y);
    if (handle === "w" || handle === "e") return this.span(handle === "w" ? right : was.x, was.y, to.x, bottom);
    this.span(handle.includes("w") ? right : was.x, handle.includes("n") ? bottom : was.y, to.x, to.y);
  }

  // span puts the frame between a corner that stays and one that moves.
  span(ax, ay, x, y) {
    const right = x >= ax, down = y >= ay, mostW = right ? this.w - ax : ax, mostH = down ? this.h - ay : ay;
    let w = between(Math.abs(x - ax), this.least, mostW), h = between(Math.abs(y - ay), this.least, mostH);
    if (this.ratio) {
      w = Math.min(Math.max(w, h * this.ratio), mostW, mostH * this.ratio);
      h = w / this.ratio;
    }
    this.place(right ? ax : ax - w, down ? ay : ay - h, w, h);
  }

  place(x, y, w, h) {
    w = between(Math.round(w), Math.min(this.least, this.w), this.w);
    h = between(Math.round(h), Math.min(this.least, this.h), this.h);
    this.crop = { x: between(Math.round(x), 0, this.w - w), y: between(Math.round(y), 0, this.h - h), w, h };
    this.write();
  }

  // shape gives the frame a proportion: the largest that fits into it, around the
  // focus.
  shape(button, ratio) {
    this.ratio = ratio;
    for (const b of this.shapeButtons) b.ariaPressed = String(b === button);
    this.stage.classList.toggle("is-shaped", ratio > 0);
    if (!ratio) return;
    const c = this.crop, w = Math.min(c.w, c.h * ratio), h = w / ratio;
    const part = (f, whole, from, n) => between((f * whole / 100 - from) / n, 0, 1);
    this.place(c.x + (c.w - w) * part(this.focus.x, this.w, c.x, c.w), c.y + (c.h - h) * part(this.focus.y, this.h, c.y, c.h), w, h);
  }

  setFocus(x, y) {
    const tenth = (n) => Math.round(between(n, 0, 100) * 10) / 10;
    this.focus = { x: tenth(x), y: tenth(y) };
    this.write();
  }

  dotKey(e) {
    const by = arrow(e);
    if (!by) return;
    const step = e.shiftKey ? 5 : 1;
    this.setFocus(this.focus.x + by.x * step, this.focus.y + by.y * step);
  }

  boxKey(e) {
    const by = arrow(e);
    if (!by) return;
    this.turn("crop");
    const { x, y, w, h } = this.crop, step = Math.max(1, Math.round(Math.max(this.w, this.h) / 100));
    if (!e.shiftKey) return this.place(x + by.x * step, y + by.y * step, w, h);
    if (this.ratio) {
      const more = (by.x || by.y) * step, width = Math.min(w + more, this.w - x, (this.h - y) * this.ratio);
      if (Math.min(width, width / this.ratio) >= this.least) this.place(x, y, width, width / this.ratio);
      return;
    }
    this.place(x, y, Math.min(w + by.x * step, this.w - x), Math.min(h + by.y * step, this.h - y));
  }
}

// arrow is where an arrow key leads; nothing for another key.
function arrow(e) {
  const by = { ArrowLeft: { x: -1, y: 0 }, ArrowRight: { x: 1, y: 0 }, ArrowUp: { x: 0, y: -1 }, ArrowDown: { x: 0, y: 1 } }[e.key];
  if (by && !e.ctrlKey && !e.metaKey && !e.altKey) {
    e.preventDefault();
    return by;
  }
}

// send sends a tool's form and shows the picture as it is then. What is being written
// about it beside the tools stays as it is.
async function send(form, submitter) {
  const view = document.getElementById("picture-view"), words = view.querySelector("#stage").dataset;
  const data = new FormData(form, submitter);
  const said = view.querySelector(".said") || view.insertAdjacentElement("afterbegin", el("p", { className: "said", role: "status" }));
  said.textContent = words.busy;
  form.inert = true;
  const body = form.enctype === "multipart/form-data" ? data : new URLSearchParams(data);
  const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/html" } }).catch(() => null);
  const page = answer && new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page?.getElementById("picture-view");
  form.inert = false;
  if (!fresh) {
    said.textContent = words.failed;
    if (answer && answer.status < 500) { // who was signed out signs in, and goes on from there
      form.dataset.plain = "1";
      form.requestSubmit(submitter);
    }
    return;
  }
  view.replaceWith(fresh);
  const facts = page.querySelector("[aria-labelledby=facts]");
  if (facts) document.querySelector("[aria-labelledby=facts]")?.replaceWith(facts);
  start();
  fresh.prepend(el("p", { className: "said", role: "status" }));
  const wrong = fresh.querySelector("[aria-invalid]");
  if (wrong) wrong.focus();
  else fresh.querySelector(`form[action="${CSS.escape(new URL(form.action).pathname)}"] button, button`)?.focus({ preventScroll: true });
  requestAnimationFrame(() => { fresh.querySelector(".said").textContent = page.querySelector(".notice")?.textContent || ""; });
}

function start() {
  const stage = document.getElementById("stage");
  if (stage?.dataset.width) new Tools(stage);
}

document.addEventListener("submit", (e) => {
  const form = e.target;
  if (!form.matches("#picture-view form.tool") || form.dataset.plain || !document.getElementById("stage")) return;
  e.preventDefault();
  send(form, e.submitter);
});
start();
