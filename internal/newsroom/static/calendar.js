// Walks through the calendar by keyboard: arrows from day to day, Page Up and Down to
// the days before and after, Home to today. Without this script Tab goes through all.

const days = [...document.querySelectorAll("[data-day]")];
const rtl = document.documentElement.dir === "rtl";

document.querySelector(".days").addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("form")) return;
  const at = days.indexOf(event.target.closest(".day")?.querySelector("[data-day]"));
  const step = { ArrowLeft: rtl ? 1 : -1, ArrowRight: rtl ? -1 : 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
  if (step) days[at + step]?.focus();
  else if (event.key === "PageUp") document.querySelector("[rel=prev]").click();
  else if (event.key === "PageDown") document.querySelector("[rel=next]").click();
  else if (event.key === "Home") (document.querySelector("[aria-current=date] [data-day]") || days[0]).focus();
  else return;
  event.preventDefault();
});
