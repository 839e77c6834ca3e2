PY = .venv/bin/python
# The theme's announcement of its own end is in the notes for maintainers, not in every build.
export NO_MKDOCS_2_WARNING = 1
.PHONY: install serve build test check release bench lock clean audit coverage mutants oracle fuzz axe reproducible

install: ; @python3 tools/bootstrap.py
serve: install ; @$(PY) tools/serve.py
build: install ; @$(PY) -m mkdocs build --strict --clean
test: ; @python3 tools/bootstrap.py --browsers && $(PY) tools/test.py
check: install ; @$(PY) tools/check.py
release: install ; @$(PY) tools/release.py
bench: install ; @$(PY) -m bench
lock: install ; @$(PY) tools/lock.py
clean: ; @rm -rf site build release .cache .pytest_cache .hypothesis .mypy_cache .ruff_cache
# Campaigns: long, asked for by name, told in numbers.
audit: install ; @$(PY) tools/campaign.py audit
coverage: install ; @$(PY) tools/campaign.py coverage
mutants: install ; @$(PY) tools/campaign.py mutants
oracle: install ; @$(PY) tools/campaign.py oracle
fuzz: install ; @$(PY) tools/campaign.py fuzz
axe: install ; @$(PY) tools/campaign.py axe
reproducible: install ; @$(PY) tools/campaign.py reproducible
