"""What a user reads has the words of the table in CONTRIBUTING.md, and no others."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator

import pytest
from usertexts import (
    HOME,
    SOURCES,
    Text,
    all_texts,
    notebook_texts,
    page_texts,
    python_texts,
    typescript_texts,
)

from jlab_qtwindows.kernel.status import WITHOUT_GIL

# Where such a word is a name, or means something else: the file, and what stands there.
ALLOWED = {
    ("README.md", "ARGS=--peers"),  # an option of a command
    ("labextension/schema/guard.json", "ui-components:refresh"),  # an icon
}

CELLS = [
    {"cell_type": "markdown", "source": ["It travels as frames,\n", "once.\n"]},
    {"cell_type": "code", "source": ["idle = 1  # while the kernel is idle\n"]},
]


def table() -> dict[str, str]:
    """Return the right word for each wrong one."""
    page = (HOME / "CONTRIBUTING.md").read_text("utf-8")
    section = page.partition("## Words for users")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (.+?) \| .+ \| (.+?) \|$", section, re.MULTILINE)
    return {
        wrong.lower(): right
        for right, wrongs in rows[1:]
        for wrong in wrongs.split(", ")
    }


def wrong_words(texts: Iterable[Text]) -> list[str]:
    """Return in a sentence each use of a word that is not for users."""
    words = table()
    any_word = "|".join(map(re.escape, words))
    pattern = re.compile(rf"\b({any_word})(?:s|ed)?\b(?!/s)", re.IGNORECASE)
    return [
        f'{text.file}:{text.line}: "{found[0]}": write "{words[found[1].lower()]}"'
        for text in texts
        for found in pattern.finditer(text.words)
        if not any(f == text.file and name in text.words for f, name in ALLOWED)
    ]


def test_a_user_reads_one_word_for_one_thing() -> None:
    assert wrong_words(all_texts()) == []


@pytest.mark.parametrize("pattern", [pattern for pattern, _ in SOURCES])
def test_all_that_a_user_reads_is_there_to_be_read(pattern: str) -> None:
    assert list(HOME.glob(pattern))


@pytest.mark.parametrize(
    ("texts_of", "source", "wrong"),
    [
        (page_texts, "a page\nof a window host", ["window host"]),
        (notebook_texts, json.dumps({"cells": CELLS}), ["as frames", "idle"]),
        (python_texts, "print('it is ' 'idle')", ["idle"]),
        (python_texts, "print(f'{name} is idle')", ["idle"]),
        (typescript_texts, "trans.__('Idle')", ["Idle"]),
        (typescript_texts, "trans.__(\n  'a thumbnail'\n)", ["thumbnail"]),
        (typescript_texts, "label: `the thumbnails of ${name}`", ["thumbnails"]),
    ],
)
def test_a_wrong_word_is_found_wherever_it_stands(
    texts_of: Callable[[str, str], Iterator[Text]], source: str, wrong: list[str]
) -> None:
    told = wrong_words(texts_of("file", source))

    assert [re.findall(r'"(.*?)"', words)[0] for words in told] == wrong


@pytest.mark.parametrize(
    ("texts_of", "source"),
    [
        (page_texts, "`draw_idle()` at 20 frames/s"),
        (python_texts, "logger.warning('a peer was refused')"),
        (python_texts, "def f():\n    '''Ask the peer.'''\n    return 'mirror'"),
        (typescript_texts, "// it is idle\nstate === 'idle' /* a thumbnail */"),
    ],
)
def test_what_no_user_reads_has_the_words_of_the_code(
    texts_of: Callable[[str, str], Iterator[Text]], source: str
) -> None:
    assert wrong_words(texts_of("file", source)) == []


def test_the_docstrings_of_what_cells_call_are_read_too() -> None:
    source = "def f():\n    '''Show a thumbnail.'''"

    assert wrong_words(python_texts("jlab_qtwindows/kernel/api.py", source))


def test_the_moments_without_the_gil_are_the_same_on_the_page_and_in_a_cell() -> None:
    moments = WITHOUT_GIL.partition("follow at ")[2]

    page = (HOME / "README.md").read_text("utf-8").replace("`", "")

    assert moments
    assert moments in page
