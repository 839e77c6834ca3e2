// Inside another site's frame (mkdocs.yml, extra.embed) the page leaves its navigation out, and its links open beside the frame.

if (window.self !== window.top) {
  document.documentElement.classList.add("embedded");
  for (const link of document.querySelectorAll("a[href]")) {
    if (link instanceof HTMLAnchorElement && !link.getAttribute("href")?.startsWith("#")) {
      link.target = "_blank";
      link.rel = "noopener";
    }
  }
}
