// How long the text is while it is typed, counted as the server counts it: blanks and invisible marks do not count.
const seen = /[\p{Cf}\p{Cc}\p{Cs}\p{Co}\p{Cn}\s]/u;
const long = (text) => [...text.normalize("NFC")].filter((mark) => !seen.test(mark)).length;
const form = document.querySelector("form[data-lengths]");
const count = () => {
  for (const line of document.querySelectorAll("[data-least]")) {
    const boxes = line.dataset.of ? [form.elements[line.dataset.of]] : form.querySelectorAll("textarea[name]:not([name*='-']), input[type=text][name]:not([name*='-'])");
    const has = [...boxes].reduce((sum, box) => sum + long(box?.value ?? ""), 0);
    line.querySelector("[data-has]").textContent = has.toLocaleString("en");
    line.classList.toggle("need-more", has < Number(line.dataset.least));
    line.classList.toggle("reached", has >= Number(line.dataset.least));
  }
};
form?.addEventListener("input", count);
