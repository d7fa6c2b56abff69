// Enter moves to the next field; at the last one, and with Ctrl anywhere, it sends. Shift+Enter is a new line.
document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("form[data-enter-moves]");
  if (!form || event.key !== "Enter" || event.shiftKey || event.isComposing || event.target.matches("button, a, summary")) return;
  event.preventDefault();
  const fields = [...form.querySelectorAll("input:not([type=hidden]), textarea, select")].filter((field) => field.checkVisibility());
  const groups = fields.filter((field, n) => field.type !== "radio" || field.name !== fields[n - 1]?.name);
  const here = groups.findIndex((field) => field === event.target || (field.type === "radio" && field.name === event.target.name));
  const next = groups[here + 1];
  if (event.ctrlKey || !next || next.closest("[data-stays]")) form.requestSubmit(form.querySelector("[data-sends]"));
  else (next.type === "radio" && form.querySelector(`[name="${next.name}"]:checked`) || next).focus();
});
