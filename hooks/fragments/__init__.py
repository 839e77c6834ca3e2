"""The parts of the guide's pages, made from the rules, in one language. Nothing here knows MkDocs."""
