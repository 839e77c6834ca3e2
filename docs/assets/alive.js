// For the pages with the estimator: where its modules did not come to life, the page says so and leads to the tables. A classic
// script in old syntax, so that a browser too old for the modules still runs it.
(function () {
  "use strict";
  var note = document.getElementById("not-alive");
  if (!note) return;

  /** @param {string} name  the paragraph that says why; empty to hide them all */
  function show(name) {
    var parts = note.querySelectorAll("[data-why]");
    for (var i = 0; i < parts.length; i += 1) parts[i].hidden = parts[i].getAttribute("data-why") !== name;
    note.hidden = !name;
  }

  function look() {
    var able = "noModule" in document.createElement("script") && typeof WebAssembly === "object" && typeof Worker === "function" &&
      typeof WebAssembly.compileStreaming === "function" && "inert" in document.createElement("div");
    // The page's modules run before its load event; one that failed leaves no other trace that every browser has.
    show(!able ? "old" : document.documentElement.hasAttribute("data-alive") ? "" : "broken");
  }

  if (document.readyState === "complete") look();
  else window.addEventListener("load", look);
})();
