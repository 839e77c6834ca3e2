import "./age.js";
import "./embedded.js";
import "./offline.js";

// For every page. The language switch keeps to the section, because anchors are the same in both languages.
for (const link of document.querySelectorAll("a[data-language-switch]")) {
  link.addEventListener("click", () => {
    link.hash = location.hash;
  });
}

// The sheet says when it was printed; without JavaScript the browser's own header does.
for (const place of document.querySelectorAll("[data-printed]")) {
  addEventListener("beforeprint", () => {
    const today = new Date();
    const time = place.querySelector("time");
    if (time) {
      time.dateTime = today.toISOString().slice(0, 10);
      time.textContent = today.toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
    }
    place.removeAttribute("hidden");
  });
}
