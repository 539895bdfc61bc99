#!/usr/bin/env bash
# `matplotlib.rc_context` gives every setting back that was assigned within it. A setting
# that is a list, as those of the keymap are, is the same list inside and outside of the
# context: what is taken out of it in place stays out of it, for the whole process.
# `rcParamsDefault` has that list, too, so that `rcdefaults` does not bring it back either.
#
# Exits non-zero where the behaviour has changed. Seen:
# "assigned: ['s', 'ctrl+s'] again; changed in place: ['ctrl+s'] for good" and
# "rcParamsDefault: ['ctrl+s']; after rcdefaults: ['ctrl+s']".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check matplotlib==3.10.8
cat >"$folder/look.py" <<'P'
import sys

import matplotlib as mpl

with mpl.rc_context():
    mpl.rcParams["keymap.save"] = ["x"]
assigned = list(mpl.rcParams["keymap.save"])
with mpl.rc_context():
    mpl.rcParams["keymap.save"].remove("s")
in_place = list(mpl.rcParams["keymap.save"])
default = list(mpl.rcParamsDefault["keymap.save"])
mpl.rcdefaults()
again = list(mpl.rcParams["keymap.save"])
print(f"Matplotlib {mpl.__version__}")
print(f"assigned: {assigned} again; changed in place: {in_place} for good")
print(f"rcParamsDefault: {default}; after rcdefaults: {again}")
less = ["ctrl+s"]
sys.exit([assigned, in_place, default, again] != [["s", "ctrl+s"], less, less, less])
P
"$folder/venv/bin/python" "$folder/look.py"
