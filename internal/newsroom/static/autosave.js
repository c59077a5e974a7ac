// Keeps what is typed into the form of an article: with the newsroom every few
// seconds, and in this browser as the last net, for when there is no connection or
// nobody is signed in any more. Tells who else has the article open. Without this
// script the form works as it is.

const form = document.getElementById("article");
const { keep, present, id, staff, version } = form.dataset;
const status = document.getElementById("keeping"), others = document.getElementById("present");
const place = `article-${staff}-${id}`; // in the browser's store, which others may use too: each is offered their own alone
const rest = 3000, soon = 500, look = 10_000; // milliseconds: after the last key, here and for the last net; between two looks at who is there

let counter = Number(form.elements.counter.value); // of what the newsroom has
let tried = counter; // of what was sent last: whether it came is not known when its answer is lost
let behind = false; // something was typed that it does not have
let sending = null, timer = 0, net = 0, typed = 0, stopped = false, leaving = false;

// The editor's tools stand below the bar, which is as high as what is in it.
const bar = form.querySelector(".bar"), below = new CSSStyleSheet();
document.adoptedStyleSheets.push(below);
if (bar) new ResizeObserver(() => below.replaceSync(`.article { --bar: ${bar.offsetHeight}px }`)).observe(bar);

// fields is the form as it would be sent.
function fields() {
  follow();
  return [...new FormData(form)].filter(([, value]) => typeof value === "string");
}

const el = (tag, attributes, ...children) => {
  const e = Object.assign(document.createElement(tag), attributes);
  e.append(...children);
  return e;
};

// check shows what is to be mended in what was kept.
function check(list) {
  const place = document.getElementById("findings");
  const rows = list.map((f) => el("li", { className: f.must ? "must" : "should" }, el("a", { href: `#${f.field}` }, f.text),
    ...(f.mend ? [" ", el("a", { className: "mend", href: f.mend, target: "_blank" }, f.how)] : [])));
  place?.replaceChildren(place.querySelector("h2"), rows.length ? el("ul", { className: "findings" }, ...rows) : el("p", {}, place.dataset.fine));
}

// follow has the field of the text follow its editor, which else does so after a
// while.
function follow() {
  const editor = form.querySelector("[data-editor]")?.editor;
  if (editor) form.elements.body.value = editor.json();
}

function say(key, trouble, time = "") {
  status.textContent = form.dataset[key].replace("{time}", time);
  status.classList.toggle("trouble", trouble);
}

// The last net: what was typed stands in the browser until the newsroom has it.
function catchText(sent = false) {
  try {
    localStorage.setItem(place, JSON.stringify({ counter: tried + 1, version: form.elements.version.value, fields: fields(), sent }));
  } catch { /* it is full or switched off: the newsroom keeps the text */ }
}

function letGo() {
  try {
    localStorage.removeItem(place);
  } catch { /* likewise */ }
}

function changed() {
  behind = true;
  typed = Date.now();
  clearTimeout(timer);
  timer = setTimeout(send, rest);
  clearTimeout(net);
  net = setTimeout(() => { if (behind) catchText(); }, soon);
}

// send has the newsroom keep what was typed. Only one letter is under way at a
// time, so that none overtakes another.
async function send() {
  clearTimeout(timer);
  if (!behind || sending || leaving) return;
  catchText();
  if (stopped) return;
  behind = false;
  form.elements.counter.value = ++tried;
  sending = post(keep, fields());
  try {
    took(await sending);
  } catch (error) {
    behind = true;
    failed(error);
  } finally {
    sending = null;
  }
  if (behind && !stopped) timer = setTimeout(send, rest);
}

async function post(address, pairs) {
  const response = await fetch(address, { method: "POST", body: new URLSearchParams(pairs), headers: { Accept: "application/json" } });
  if (!response.ok) throw Object.assign(new Error(response.statusText), { status: response.status });
  return response.json();
}

function took(answer) {
  counter = answer.counter;
  if (!behind) letGo();
  say("kept", false, answer.kept);
  if (answer.findings) check(answer.findings);
  tell(answer);
}

function failed({ status: code }) {
  switch (code) {
    case 401: return say("signedOut", true);
    case 409:
      stopped = true;
      return say("window", true);
    case 403: case 404: case 413: case 422:
      stopped = true;
      return say("refused", true);
    default: return say("offline", true);
  }
}

// tell shows who is there, and that somebody has changed the article.
function tell(answer) {
  others.replaceChildren(...answer.present.flatMap((name) => [Object.assign(document.createElement("span"), { className: "tag", textContent: name }), " "]));
  if (answer.version !== Number(version) && !document.getElementById("behind")) {
    others.before(Object.assign(document.createElement("p"), { id: "behind", className: "warning", role: "alert", textContent: form.dataset.changed }));
  }
}

async function here() {
  if (document.hidden || leaving || Date.now() - typed < look) return;
  try {
    tell(await post(present, []));
  } catch { /* the next letter says what is wrong */ }
}

// What the newsroom never got, from an earlier visit, is offered.
function offer() {
  let found = null;
  try {
    found = JSON.parse(localStorage.getItem(place));
  } catch { /* nothing that can be read */ }
  // A page with the very same text has it; after a save the page says what was done.
  const same = found && text(found.fields) === text(fields());
  const saved = found?.sent && new URLSearchParams(location.search).has("done");
  // A page that says what is wrong with the form has all of it, and the newsroom
  // gets it now.
  if (found?.sent && "asTyped" in form.dataset) return changed();
  if (!found || same || saved || found.counter <= counter) return letGo();
  const box = document.getElementById("net");
  box.hidden = false;
  document.getElementById("net-take").addEventListener("click", () => {
    fill(found.fields);
    tried = Math.max(tried, found.counter); // the letter of the page that was closed may still come
    form.elements.version.value = found.version;
    box.hidden = true;
    changed();
  });
  document.getElementById("net-drop").addEventListener("click", () => {
    box.hidden = true;
    letGo();
  });
}

// text is what people have typed of a form, to be compared.
function text(pairs) {
  return JSON.stringify(pairs.filter(([name]) => name !== "counter" && name !== "version"));
}

// fill puts values into the form.
function fill(pairs) {
  const values = new Map();
  for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), value]);
  for (const field of form.elements) {
    if (!field.name || field.name === "version" || field.name === "counter") continue;
    const list = values.get(field.name) ?? [];
    if (field.type === "checkbox" || field.type === "radio") field.checked = list.includes(field.value);
    else if (field.type !== "submit" && field.tagName !== "BUTTON" && field.tagName !== "FIELDSET") field.value = list.shift() ?? "";
  }
  form.querySelector("[data-editor]")?.editor?.set(form.elements.body.value);
  form.dispatchEvent(new Event("filled")); // for fields that show more than a value
}

// Ctrl+S, as everywhere.
addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector('button[value="save"]'));
});
form.addEventListener("input", changed);
form.addEventListener("change", changed); // also of the editor: it sends one for each edit
form.querySelector("[data-editor]")?.addEventListener("change", changed);
form.addEventListener("submit", () => {
  follow();
  form.elements.counter.value = tried; // what is still under way comes too late
  clearTimeout(timer);
  clearTimeout(net); // else a slow answer has it say that nothing was sent
  catchText(true); // until the newsroom answers with a page
  leaving = true;
});
addEventListener("pageshow", () => { leaving = false; });
addEventListener("online", send);
// What another page of this article, just left, has written a moment too late.
addEventListener("storage", (event) => { if (event.key === place && event.newValue && !behind) offer(); });
addEventListener("pagehide", () => {
  if (behind && !leaving) catchText();
});
document.addEventListener("visibilitychange", () => { if (document.hidden) send(); });
setInterval(here, look);
offer();
