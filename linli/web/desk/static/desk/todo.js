// j and k go down and up the list, Enter opens, o opens the matters of the same day, ? says so. Never while somebody types.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
  const lines = [...document.querySelectorAll(".owed-line .owed-title a")];
  const here = lines.findIndex((line) => line.closest(".owed-line").contains(document.activeElement));
  if (event.key === "j" || event.key === "k") {
    const next = lines[here < 0 ? 0 : here + (event.key === "j" ? 1 : -1)];
    if (next) { event.preventDefault(); next.focus(); next.scrollIntoView({ block: "center" }); }
  } else if (event.key === "o" && here >= 0) {
    const more = lines[here].closest(".owed-line").querySelector("details");
    if (more) more.open = !more.open;
  } else if (event.key === "?") {
    const help = document.getElementById("keys");
    if (help) { help.open = !help.open; help.querySelector("summary").focus(); }
  }
});
