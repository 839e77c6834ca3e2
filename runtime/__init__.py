"""The project's own build of a small Python runtime for the page, from one exact release of the npm package pyodide."""
