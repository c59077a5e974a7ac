// A field that holds a picture of the library: shows it, and has another one found,
// or brought, in a dialog. Without this script the field is a list to choose from.

const pause = 180; // milliseconds without a key before the library is asked

const el = (tag, attributes = {}, ...children) => {
  const e = Object.assign(document.createElement(tag), attributes);
  e.append(...children.filter(Boolean));
  return e;
};
let ids = 0;

class PictureChoice {
  constructor(place) {
    const { name, find, upload, words } = place.dataset;
    Object.assign(this, { place, find, upload, say: JSON.parse(words) });
    this.form = place.closest("form");
    this.input = el("input", { type: "hidden", name, value: place.querySelector(":checked")?.value ?? "0" });
    this.shown = el("div", { className: "shown" });
    this.said = el("p", { className: "hint", role: "status" });
    place.replaceChildren(this.input, this.shown, this.said);
    place.classList.add("is-ready");
    this.form?.addEventListener("filled", () => this.draw());
    place.addEventListener("dragover", (e) => { if (this.upload && e.dataTransfer?.types.includes("Files")) e.preventDefault(); });
    place.addEventListener("drop", (e) => {
      const file = this.upload && e.dataTransfer?.files[0];
      if (!file) return;
      e.preventDefault();
      this.bring(file, this.said).then((p) => p && this.take(p));
    });
    this.draw();
  }

  // draw shows what the field holds.
  async draw() {
    const id = this.input.value;
    let picture = null;
    if (Number(id) > 0) {
      try {
        picture = (await this.ask([["id", id]])).pictures[0];
      } catch {
        this.said.textContent = this.say.failed;
      }
    }
    if (this.input.value === id) this.show(picture);
  }

  show(picture) {
    this.picture = picture;
    const button = (word, act, className = "second") => el("button", { type: "button", className, onclick: act }, this.say[word]);
    const lacks = picture ? [!picture.alt && this.say.no_alt, !picture.credit && this.say.no_credit].filter(Boolean) : [];
    this.shown.replaceChildren(
      picture ? el("figure", {}, el("img", { src: picture.thumb, alt: picture.alt, width: picture.width, height: picture.height }),
        el("figcaption", {}, el("bdi", {}, picture.credit || picture.name), ...lacks.flatMap((w) => [" ", el("span", { className: "tag off" }, w)])))
        : el("p", { className: "empty" }, this.say.none),
      el("div", { className: "buttons" }, button(picture ? "another" : "choose", () => this.open()), picture && button("remove", () => this.take(null)),
        picture && this.upload && el("a", { href: picture.page, target: "_blank" }, this.say.describe)));
    const caption = this.form?.elements.lead_caption;
    if (caption && this.input.name === "lead_picture") caption.placeholder = picture?.caption || ""; // what stands below unless something is written
  }

  take(picture) {
    this.input.value = picture?.id ?? 0;
    this.show(picture);
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
    this.shown.querySelector("button").focus();
  }

  async ask(parameters, signal) {
    const url = new URL(this.find, document.baseURI);
    for (const [name, value] of parameters) url.searchParams.append(name, value);
    const answer = await fetch(url, { signal, headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.json();
  }

  // open asks for a picture, by words or by a file.
  open() {
    const id = `choice-${++ids}`;
    const grid = el("ul", { className: "found" }), status = el("p", { className: "hint", role: "status" });
    const words = el("input", { id: `${id}-words`, type: "search", dir: "auto", autocomplete: "off" });
    const more = el("button", { type: "button", className: "second", hidden: true, onclick: () => look(true) }, this.say.more);
    const dialog = el("dialog", { className: "choosing" },
      el("div", { className: "head" }, el("h2", { id }, this.say.title), el("button", { type: "button", className: "quiet", onclick: () => dialog.close() }, this.say.close)),
      el("div", { className: "asked" }, el("div", {}, el("label", { htmlFor: words.id }, this.say.search), words), this.upload && this.bringer(id, status, (p) => choose(p))),
      status, grid, el("p", {}, more));
    dialog.setAttribute("aria-labelledby", id);
    let timer = 0, asked = null, last = 0;
    const choose = (picture) => {
      dialog.close();
      this.take(picture);
    };
    const look = async (on) => {
      asked?.abort();
      asked = new AbortController();
      try {
        const found = await this.ask([["q", words.value.trim()], ...(on ? [["before", last]] : [])], asked.signal);
        const tiles = found.pictures.map((p) => el("li", {}, el("button", { type: "button", onclick: () => choose(p) },
          el("img", { src: p.thumb, alt: "", loading: "lazy" }), el("bdi", {}, p.alt || p.caption || p.name))));
        if (!on) grid.replaceChildren();
        grid.append(...tiles);
        if (on) tiles[0]?.firstChild.focus();
        last = found.pictures.at(-1)?.id ?? last;
        more.hidden = !found.more;
        status.textContent = grid.children.length ? this.say.found.replace("{n}", grid.children.length) : this.say.none_found;
      } catch (problem) {
        if (problem.name !== "AbortError") status.textContent = this.say.failed;
      }
    };
    words.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => look(false), pause);
    });
    words.addEventListener("keydown", (e) => {
      if (e.key === "ArrowDown" && grid.firstChild) {
        e.preventDefault();
        grid.querySelector("button").focus();
      }
    });
    grid.addEventListener("keydown", (e) => walk(e, grid));
    dialog.addEventListener("close", () => {
      asked?.abort();
      dialog.remove();
    });
    document.body.append(dialog);
    dialog.showModal();
    words.focus();
    look(false);
  }

  bringer(id, status, chosen) {
    const input = el("input", { id: `${id}-file`, type: "file", accept: "image/*" });
    input.addEventListener("change", async () => {
      const picture = input.files[0] && (await this.bring(input.files[0], status));
      input.value = "";
      if (picture) chosen(picture);
    });
    return el("div", { className: "bring" }, el("label", { htmlFor: input.id }, this.say.upload), input);
  }

  // bring uploads a file and resolves to its picture, or to null after telling why.
  bring(file, status) {
    return new Promise((resolve) => {
      const request = new XMLHttpRequest(), body = new FormData();
      const end = (words, picture = null) => {
        status.textContent = words;
        resolve(picture);
      };
      body.append("file", file, file.name);
      request.open("POST", this.upload);
      request.responseType = "json";
      request.setRequestHeader("Accept", "application/json");
      request.upload.onprogress = (e) => {
        if (e.lengthComputable) status.textContent = e.loaded < e.total ? this.say.percent.replace("{n}", Math.round((100 * e.loaded) / e.total)) : this.say.looking;
      };
      request.onload = () => {
        const { status: code, response } = request;
        if (code === 401) return end(this.say.signedOut);
        if (code < 400 && response?.picture) return end(response.there ?? "", response.picture);
        end(response?.error ?? this.say.refused);
      };
      request.onerror = () => end(this.say.noAnswer);
      request.send(body);
    });
  }
}

// walk has the arrow keys go from one picture of a grid to the next, as they stand.
function walk(event, grid) {
  const all = [...grid.querySelectorAll("button")], at = all.indexOf(document.activeElement);
  const row = Math.max(1, all.filter((b) => b.offsetTop === all[0].offsetTop).length);
  const on = getComputedStyle(grid).direction === "rtl" ? -1 : 1;
  const step = { ArrowRight: on, ArrowLeft: -on, ArrowDown: row, ArrowUp: -row }[event.key];
  if (!step || at < 0) return;
  event.preventDefault();
  all[Math.min(all.length - 1, Math.max(0, at + step))].focus();
}

for (const place of document.querySelectorAll("[data-picture-choice]")) new PictureChoice(place);
