// Loads an embed into the page when a reader asks for it. Nothing is sent to its
// host before; without this script the link just leads there.
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
