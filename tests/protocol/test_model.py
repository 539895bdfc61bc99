"""Texts that leave the kernel are short and printable."""

from __future__ import annotations

import pytest

from jlab_qtwindows.protocol.model import MAX_TEXT, clip


def test_an_ordinary_title_stays_as_it_is():
    assert clip("Größe ∝ x² ☃ 图") == "Größe ∝ x² ☃ 图"


@pytest.mark.parametrize(
    "hostile", ["\n", "\r", "\t", "\0", "\x1b", "\x7f", "\u202e", "\u2028", "\u200b"]
)
def test_control_characters_become_spaces(hostile):
    assert clip(f"a{hostile}b") == "a b"


@pytest.mark.parametrize("length", [MAX_TEXT - 1, MAX_TEXT])
def test_a_text_of_the_greatest_length_stays_whole(length):
    assert clip("x" * length) == "x" * length


@pytest.mark.parametrize("length", [MAX_TEXT + 1, 3 * MAX_TEXT, 10_000_000])
def test_a_longer_text_is_cut_and_says_so(length):
    clipped = clip("x" * length)

    assert clipped == "x" * (MAX_TEXT - 1) + "…"
    assert len(clipped) == MAX_TEXT


def test_a_lone_surrogate_can_be_encoded_afterwards():
    assert clip("a\ud800b").encode() == b"a b"
