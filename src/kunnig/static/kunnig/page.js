// Small conveniences of every page. All pages work without this file.

// A form came back with faults: begin at the list of them.
document.querySelector(".ds-error-summary")?.focus();

document.addEventListener("click", (event) => {
  // A link in that list leads into the field, not only to its place on the page.
  const link = event.target.closest(".ds-error-summary a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (field) {
    event.preventDefault();
    field.focus();
    field.closest(".ds-field, fieldset")?.scrollIntoView({ block: "center" });
  }
  // A menu closes when something else is pressed.
  for (const menu of document.querySelectorAll("details.k-lang[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  if (event.target.closest("[data-print]")) window.print();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.k-lang[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// Printing by button needs a script, so the button shows only with one.
for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;

// A part that htmx swapped in may be a form with faults too.
document.addEventListener("htmx:afterSettle", (event) => {
  event.target.querySelector?.(".ds-error-summary")?.focus();
});
