// A front is arranged without loading the page anew: what a button of the form says is
// asked of the server, which answers with the form as it is then, with what fills
// itself and with the preview. Without this module the same buttons do the same.

const front = document.getElementById("front");
const said = document.getElementById("said");
const trouble = document.getElementById("trouble");
const looks = document.getElementById("looks");
const shown = document.getElementById("shown");
let dirty = false;
let asked = 0; // how many answers were asked for: only the last one counts

const form = () => document.getElementById("arrange");

function complain(words) {
	trouble.textContent = words;
	trouble.hidden = !words;
}

// ask sends the form as if a button had been pressed, and shows the answer.
async function ask(what, focus) {
	const data = new FormData(form());
	data.set("do", what);
	const open = [...front.querySelectorAll("details[open]")].map((d) => d.id).filter(Boolean);
	const mine = ++asked;
	front.setAttribute("aria-busy", "true");
	let page;
	try {
		const answer = await fetch(form().action, { method: "POST", body: new URLSearchParams(data) });
		page = new DOMParser().parseFromString(await answer.text(), "text/html");
	} catch {
		if (mine === asked) complain(front.dataset.offline);
		return front.removeAttribute("aria-busy");
	}
	if (mine !== asked) return;
	front.removeAttribute("aria-busy");
	const now = page.getElementById("front");
	if (!now) return send(what); // signed out, or something else that is to be seen
	complain("");
	front.replaceChildren(...now.childNodes);
	for (const id of open) document.getElementById(id)?.setAttribute("open", "");
	const at = focus && document.getElementById(focus);
	if (at) (at.disabled ? at.closest("li") ?? at : at).focus();
	said.textContent = page.getElementById("said").textContent;
	const src = page.getElementById("shown").getAttribute("src");
	if (src) {
		shown.src = src;
		looks.hidden = false;
	}
}

// send has the browser send the form itself.
function send(what) {
	const button = document.createElement("button");
	button.name = "do";
	button.value = what;
	button.hidden = true;
	form().append(button);
	dirty = false;
	button.click();
}

document.addEventListener("submit", (e) => {
	if (e.target !== form()) return;
	const button = e.submitter;
	if (!button || button.hidden || ["save", "schedule"].includes(button.value)) {
		dirty = false;
		return;
	}
	e.preventDefault();
	if (!["look", "find"].includes(button.value)) dirty = true;
	const id = button.value.split(" ")[1];
	ask(button.value, /^(remove|put)/.test(button.value) ? (button.value.startsWith("put") ? `pin-${id}` : "q") : button.id);
});

front.addEventListener("change", (e) => {
	if (e.target.name !== "q") dirty = true;
	if ("act" in e.target.dataset) ask("look", e.target.id);
});
front.addEventListener("keydown", (e) => {
	if (e.target.id === "q" && e.key === "Enter") {
		e.preventDefault();
		ask("find", "q");
	}
});
addEventListener("beforeunload", (e) => {
	if (dirty) e.preventDefault();
});

// A card is dragged by its handle, with a mouse, a pen or a finger.
let held = null;
front.addEventListener("pointerdown", (e) => {
	const handle = e.target.closest(".handle");
	if (!handle || e.button !== 0) return;
	e.preventDefault();
	held = handle.closest(".pin");
	held.classList.add("held");
});
addEventListener("pointermove", (e) => {
	if (!held) return;
	const edge = 60;
	if (e.clientY < edge || e.clientY > innerHeight - edge) scrollBy(0, e.clientY < edge ? -12 : 12);
	const over = document.elementFromPoint(e.clientX, e.clientY); // the held one is seen through
	const zone = over?.closest(".zone");
	if (!zone) return;
	const list = zone.querySelector(".pins");
	const next = [...list.children].find((li) => li !== held && e.clientY < li.getBoundingClientRect().top + li.offsetHeight / 2);
	if (next !== held.nextElementSibling || held.parentElement !== list) list.insertBefore(held, next ?? null);
});
function drop() {
	if (!held) return;
	held.classList.remove("held");
	const name = held.parentElement.dataset.zone;
	const id = held.dataset.id;
	held.querySelector('[name="pin"]').value = `${name}:${id}`;
	held = null;
	dirty = true;
	ask(`look ${id}`, `pin-${id}`);
}
addEventListener("pointerup", drop);
addEventListener("pointercancel", drop);

document.documentElement.classList.add("scripted");
ask("look");
