// For every page. The language switch keeps to the section, because anchors are the same in both languages.
for (const link of document.querySelectorAll("a[data-language-switch]")) {
  link.addEventListener("click", () => {
    link.hash = location.hash;
  });
}
