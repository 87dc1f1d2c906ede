#!/bin/sh
# Writes requirements.txt and requirements-dev.txt from the .in files: one version of each package, with the hashes of
# all its files for every Python from 3.11 and every platform, and no index address. `make lock` calls it.
#
# uv and not pip-compile: uv takes the hashes from the index, pip-compile downloads the wheels of every platform to
# compute them where an index offers no JSON. Pass --upgrade to move to newer versions.
set -eu
cd "$(dirname "$0")/.."
UV=$(command -v uv || echo .venv/bin/uv)
[ -x "$UV" ] || .venv/bin/python -m pip install --quiet uv || python3 -m pip --python .venv/bin/python install --quiet uv
for name in requirements requirements-dev; do
    "$UV" pip compile --quiet --universal --python-version 3.11 --generate-hashes --strip-extras \
        --no-header --no-emit-index-url --no-emit-find-links --system-certs "$@" "$name.in" -o "$name.txt"
done
