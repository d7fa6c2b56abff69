// The box for all shown ticks the others; one of them unticked unticks it. Without this the server does as the box says.
document.addEventListener("change", ({ target }) => {
  const form = target.form, all = form?.querySelector("[data-all]");
  if (!all) return;
  const boxes = [...form.querySelectorAll(`[name="${all.dataset.all}"]`)];
  if (target === all) boxes.forEach((box) => (box.checked = all.checked));
  else if (boxes.includes(target)) all.checked = boxes.every((box) => box.checked);
});
