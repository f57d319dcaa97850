#!/bin/sh
# Installs Rigstate from this folder, without a network: ./install.sh [FOLDER] [--no-shortcut]
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 1
for python in 'python{python}' python3 python; do
    if "$python" -c 'import sys; sys.exit(sys.version.split(".")[:2] != "{python}".split("."))' 2>/dev/null; then
        exec "$python" "$here/install.py" "$@"
    fi
done
echo "install: there is no Python {python} on this computer, for which this bundle was made." >&2
exit 1
