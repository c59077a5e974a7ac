// Brings files into the picture library: chosen or dropped anywhere on the page,
// two at a time, each with its progress, to be cancelled and tried again. Without
// this script the form sends them all at once.

const form = document.getElementById("bringing");
const say = (key, values = {}) => Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), form.dataset[key]);
const atOnce = 2;

const el = (tag, attributes = {}, ...children) => {
  const e = Object.assign(document.createElement(tag), attributes);
  e.append(...children);
  return e;
};

const queue = el("section", { className: "queue", hidden: true });
const sum = el("p", { role: "status" }), sumBar = el("progress", { max: 1, value: 0 });
const cancelAll = el("button", { type: "button", className: "second", onclick: () => jobs.forEach((j) => j.cancel()) }, say("cancelAll"));
const clear = el("button", { type: "button", className: "second", hidden: true, onclick: tidy }, say("clear"));
const list = el("ul");
sumBar.ariaLabel = document.getElementById("bring").textContent;
queue.append(el("div", { className: "all" }, sum, cancelAll, clear), sumBar, list);
form.after(queue);

let jobs = [];

// Job is one file on its way. It waits, runs, and ends as taken, as there already,
// wrong or cancelled.
class Job {
  constructor(file) {
    Object.assign(this, { file, state: "waiting", sent: 0, again: false });
    this.bar = el("progress", { max: 1, value: 0 });
    this.bar.ariaLabel = say("progress", { name: file.name });
    this.words = el("p", { className: "state" });
    this.acts = el("div", { className: "acts" });
    this.picture = this.preview();
    this.line = el("li", {}, this.picture, el("bdi", { className: "name" }, file.name), this.words, this.acts);
    list.append(this.line);
    this.wait();
  }

  preview() {
    if (!/^image\/(jpeg|png|gif|webp|avif|svg\+xml)$/.test(this.file.type)) return el("span", { className: "blank" });
    const img = el("img", { alt: "", src: URL.createObjectURL(this.file) });
    img.onload = () => URL.revokeObjectURL(img.src);
    img.onerror = () => {
      img.onload();
      img.replaceWith(el("span", { className: "blank" }));
    };
    return img;
  }

  show(words, wrong, ...acts) {
    this.line.classList.toggle("is-wrong", wrong);
    this.words.replaceChildren(words);
    this.acts.replaceChildren(...acts);
  }

  button(word, act) {
    const b = el("button", { type: "button", className: "second", onclick: act }, say(word));
    b.ariaLabel = `${say(word)}: ${this.file.name}`;
    return b;
  }

  wait() {
    this.state = "waiting";
    this.sent = 0;
    this.show(say("waiting"), false, this.button("cancel", () => this.cancel()));
  }

  retry(again) {
    this.again = again;
    this.wait();
    next();
  }

  run() {
    this.state = "running";
    if (this.file.size > Number(form.dataset.most)) return this.fail(say("tooLarge"));
    const body = new FormData();
    if (this.again) body.append("again", "1");
    for (const field of form.querySelectorAll(".common [name]")) body.append(field.name, field.value);
    body.append("file", this.file, this.file.name);
    const request = (this.request = new XMLHttpRequest());
    request.open("POST", form.action);
    request.responseType = "json";
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = (e) => { if (e.lengthComputable) this.progress(e.loaded / e.total); };
    request.onload = () => this.answered(request);
    request.onerror = () => this.fail(say("noAnswer"));
    request.onabort = () => this.stop();
    this.show(this.bar, false, this.button("cancel", () => this.cancel()));
    this.progress(0);
    request.send(body);
  }

  progress(share) {
    this.sent = share;
    this.bar.value = share;
    this.bar.textContent = say("percent", { n: Math.round(100 * share) });
    if (share === 1) this.words.replaceChildren(say("looking"));
    total();
  }

  answered({ status, response }) {
    const picture = response?.picture;
    if (status === 401) return this.fail(say("signedOut"));
    if (status === 413) return this.fail(say("tooLarge"));
    if (status >= 400 || !picture) return this.fail(response?.error || (status >= 500 ? say("noAnswer") : say("refused")));
    const link = el("a", { href: picture.page, className: "button second" }, response.there ? say("look") : say("taken"));
    this.state = response.there ? "there" : "taken";
    this.sent = 1;
    this.show(response.there || "", false, link, ...(response.there ? [this.button("both", () => this.retry(true))] : []));
    next();
  }

  fail(words) {
    this.state = "wrong";
    this.sent = 1;
    this.show(words, true, this.button("retry", () => this.retry(this.again)));
    next();
  }

  cancel() {
    if (this.state === "running") this.request.abort();
    else if (this.state === "waiting") this.stop();
  }

  stop() {
    this.state = "cancelled";
    this.sent = 1;
    this.show(say("cancelled"), false, this.button("retry", () => this.retry(this.again)));
    next();
  }
}

const of = (...states) => jobs.filter((j) => states.includes(j.state));

// total shows how much of all is done, by bytes.
function total() {
  const size = jobs.reduce((n, j) => n + j.file.size + 1, 0);
  sumBar.value = size ? jobs.reduce((n, j) => n + j.sent * (j.file.size + 1), 0) / size : 0;
}

let fresh = 0; // files that the grid does not show yet

function next() {
  for (const job of of("waiting").slice(0, Math.max(0, atOnce - of("running").length))) job.run();
  const busy = of("waiting", "running").length > 0;
  sum.textContent = say("all", { done: jobs.length - of("waiting", "running").length, all: jobs.length });
  queue.hidden = jobs.length === 0;
  cancelAll.hidden = !busy;
  clear.hidden = busy;
  total();
  if (!busy && of("taken").length > fresh) {
    fresh = of("taken").length;
    refresh();
  }
}

function tidy() {
  jobs = [];
  fresh = 0;
  list.replaceChildren();
  next();
  document.getElementById("files").focus();
}

// refresh shows what has come in the grid, where that begins with the newest.
async function refresh() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const grid = page.getElementById("library");
  if (grid) document.getElementById("library").replaceWith(grid);
}

function bring(files) {
  if (!files.length) return;
  jobs.push(...[...files].map((file) => new Job(file)));
  next();
}

const input = document.getElementById("files");
input.addEventListener("change", () => {
  bring(input.files);
  input.value = "";
});
form.addEventListener("submit", (event) => event.preventDefault());

// Files may be dropped anywhere. Elements come and go under the pointer, so the way
// in and out is counted.
const veil = el("div", { className: "drop", hidden: true }, el("p", {}, say("drop")));
document.body.append(veil);
const brings = (event) => event.dataTransfer?.types.includes("Files");
let over = 0;
const turn = (by) => {
  over = Math.max(0, over + by);
  veil.hidden = over === 0;
};
addEventListener("dragenter", (e) => { if (brings(e)) turn(1); });
addEventListener("dragleave", (e) => { if (brings(e)) turn(-1); });
addEventListener("dragover", (e) => { if (brings(e)) e.preventDefault(); });
addEventListener("drop", (e) => {
  if (!brings(e)) return;
  e.preventDefault();
  over = 0;
  veil.hidden = true;
  bring(e.dataTransfer.files);
});
// Files can be pasted, too.
addEventListener("paste", (e) => {
  if (e.target.closest?.("input, textarea")) return;
  bring(e.clipboardData?.files ?? []);
});
addEventListener("beforeunload", (e) => { if (of("waiting", "running").length) e.preventDefault(); });

form.classList.add("is-ready");
