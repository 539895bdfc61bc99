#!/bin/sh
# Matplotlib finds the backends of other packages by their entry points, but not in
# `pyplot.switch_backend` of a process that has not looked for them before: it takes the
# name for a module of its own. `matplotlib.use` with the same name works, and so does
# `switch_backend` after any call that has looked.
#
# Exits non-zero where the behaviour has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet matplotlib==3.11.2 matplotlib-inline==0.2.2 ipython
cd "$folder"
"$folder/venv/bin/python" -c "import matplotlib as m; print('Matplotlib', m.__version__)"

run() {
    env -u MPLBACKEND "$folder/venv/bin/python" -c "$1" 2>&1 | tail -n 1
}

fresh=$(run "import matplotlib.pyplot as plt; plt.switch_backend('inline'); print('works')")
used=$(run "import matplotlib; matplotlib.use('inline')
import matplotlib.pyplot as plt; plt.switch_backend('inline'); print('works')")
echo "switch_backend in a fresh process: $fresh"
echo "switch_backend after matplotlib.use: $used"
test "$fresh" = "ModuleNotFoundError: No module named 'matplotlib.backends.backend_inline'"
test "$used" = works
