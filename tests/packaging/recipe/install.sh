#!/bin/sh
# Installs Rigstate from this folder, without a network: ./install.sh [FOLDER] [--no-shortcut]
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 1
for python in 'python{python}' python3 python3.14 python3.13 python3.12 python3.11; do
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        exec "$python" "$here/install.py" "$@"
    fi
done
echo "install: there is no Python 3.11 or newer on this computer." >&2
exit 1
