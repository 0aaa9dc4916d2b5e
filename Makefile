# The everyday verbs; `make` alone lists them. What each does is in dev.py.
.PHONY: help run test check format bench machine policy-proof crash-test live-test scale schema docs sbom audit web setup lock

help:
	@python3 dev.py || true
run:
	@python3 dev.py run
test:
	@python3 dev.py test
check:
	@python3 dev.py check
format:
	@python3 dev.py format
bench:
	@python3 dev.py bench
machine:
	@python3 dev.py machine
policy-proof:
	@python3 dev.py policy-proof
crash-test:
	@python3 dev.py crash-test
live-test:
	@python3 dev.py live-test
scale:
	@python3 dev.py scale
schema:
	@python3 dev.py schema
docs:
	@python3 dev.py docs
sbom:
	@python3 dev.py sbom
audit:
	@python3 dev.py audit
web:
	@python3 dev.py web
setup:
	@python3 dev.py setup
lock: # the hashed lock files, for every platform and without addresses
	@.venv/bin/python -m pip install -q uv
	@$(COMPILE) -o requirements.lock
	@$(COMPILE) --extra dev -o requirements-dev.lock

COMPILE = .venv/bin/uv pip compile -q --universal --generate-hashes --no-annotate --no-header \
	--python-version 3.11 pyproject.toml
