// A classic script right after the colour switch: sets the reader's colours before anything is painted.
(() => {
  const palette = globalThis.__md_get("__palette");
  const follows = "(prefers-color-scheme)";
  let media = palette?.color?.media ?? follows;
  if (media === follows) media = `(prefers-color-scheme: ${matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"})`;
  const option = document.querySelector(`[data-md-color-media="${media}"]`);
  for (const name of ["media", "scheme", "primary", "accent"]) {
    const value = option?.getAttribute(`data-md-color-${name}`);
    if (value) document.body.setAttribute(`data-md-color-${name}`, value);
  }
})();
