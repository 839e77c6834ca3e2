"""The policy as data: YAML files, and the small package that reads, checks and projects them."""
