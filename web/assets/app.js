// Keys of the review queue, values of the map's sliders, news of a watch, and scrolling to where a link of a text leads. Every page works without.
"use strict";

document.addEventListener("keydown", (event) => {
  const field = event.target.closest("input, textarea, select");
  if (field || event.ctrlKey || event.metaKey || event.altKey || !document.querySelector("form.review")) return;
  const one = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!one) return;
  event.preventDefault();
  if (one.tagName === "SUMMARY") {
    one.parentElement.open = true;
    one.parentElement.querySelector("select, input").focus();
  } else {
    one.click();
  }
});

function months(form) {
  const names = [...form.querySelectorAll("#months option")].map((o) => o.textContent);
  for (const slider of form.querySelectorAll("input[type=range]")) {
    const name = names[Number(slider.value)] || "";
    form.querySelector(`output[data-of="${slider.name}"]`).textContent = name;
    slider.setAttribute("aria-valuetext", name);
  }
}

document.addEventListener("input", (event) => {
  const form = event.target.closest("form.map");
  if (!form || event.target.type !== "range") return;
  const first = form.elements.first, last = form.elements.last;
  if (Number(first.value) > Number(last.value)) {
    (event.target === first ? last : first).value = event.target.value;
  }
  months(form);
});

const news = document.querySelector("[data-news]");
if (news) {
  let count = 0;
  const source = new EventSource(news.dataset.news);
  source.addEventListener("report", () => {
    count += 1;
    news.textContent = `${count} new ${count === 1 ? "report" : "reports"}: load the page again to read them in.`;
  });
  addEventListener("pagehide", () => source.close());
}

// A form that was answered with an error keeps what htmx would drop.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status >= 400 && event.detail.xhr.status < 500) event.detail.shouldSwap = false;
});
