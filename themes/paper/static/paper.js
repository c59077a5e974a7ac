// All of it is comfort: without this script every link leads where it says.

// An embed is loaded into the page when a reader asks for it; nothing is sent to
// its host before.
const players = [
  [/^https?:\/\/(?:www\.|m\.)?youtube(?:-nocookie)?\.com\/(?:watch\?(?:.*&)?v=|embed\/|shorts\/)([\w-]{6,})/, "https://www.youtube-nocookie.com/embed/"],
  [/^https?:\/\/youtu\.be\/([\w-]{6,})/, "https://www.youtube-nocookie.com/embed/"],
  [/^https?:\/\/(?:www\.|player\.)?vimeo\.com\/(?:video\/)?(\d+)/, "https://player.vimeo.com/video/"],
];
for (const figure of document.querySelectorAll("figure[data-embed-url]")) {
  const link = figure.querySelector("a");
  const player = players.find(([pattern]) => pattern.test(figure.dataset.embedUrl));
  if (!link || !player) continue;
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const frame = document.createElement("iframe");
    frame.src = player[1] + player[0].exec(figure.dataset.embedUrl)[1];
    frame.title = link.textContent;
    frame.allow = "fullscreen; picture-in-picture";
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    link.replaceWith(frame);
    frame.focus();
  });
}

// An enlarged picture goes on with the arrow keys and closes with Escape, and a
// walk through a gallery is one step in the browser's history.
const open = () => document.querySelector(".lightbox:target");
const go = (link) => link && location.replace(link.hash);
addEventListener("keydown", (event) => {
  const box = open();
  if (!box) return;
  const ahead = getComputedStyle(box).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  if (event.key === "Escape") go(box.querySelector(".close"));
  else if (event.key === ahead) go(box.querySelector(".next"));
  else if (event.key === "ArrowLeft" || event.key === "ArrowRight") go(box.querySelector(".previous"));
});
for (const link of document.querySelectorAll(".lightbox-ways a")) {
  link.addEventListener("click", (event) => { event.preventDefault(); go(link); });
}
addEventListener("hashchange", () => {
  document.documentElement.classList.toggle("enlarged", !!open());
  open()?.querySelector(".next")?.focus({ preventScroll: true });
});
document.documentElement.classList.toggle("enlarged", !!open());
