// A draft that could not be saved by itself says so: nobody answered, or the answer was a fault.
for (const failed of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(failed, ({ target }) => {
    const line = target.closest?.(".draft-bar")?.querySelector("[data-failed]");
    if (line) line.textContent = line.dataset.failed;
  });
}
