// Two small kindnesses where scripts run; every page works without them.
"use strict";

// A form that came back with mistakes begins at their summary.
document.addEventListener("DOMContentLoaded", () => {
  const mistakes = document.querySelector("[data-focus]");
  if (mistakes) mistakes.focus();
});

// A second press of the same button sends nothing while the first is on its way. The library would not do it twice either.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "yes";
});

// Back from the browser's memory, a form may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
