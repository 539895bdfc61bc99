"""The findings as text, as JSON and in a cell."""

from __future__ import annotations

import json

import pytest

from jlab_qtwindows.doctor.line import fault, ok, warning
from jlab_qtwindows.doctor.report import Report

REPORT = Report(
    "1.0",
    (
        ok("display", "X11 :0 answers"),
        warning("window manager", "none", "start one"),
        fault("window process", "shows nothing: <no Qt>", "pip install PyQt5"),
    ),
)


def test_text_is_an_aligned_table_with_the_level_first():
    assert REPORT.to_text().splitlines() == [
        "ok       display         X11 :0 answers",
        "warning  window manager  none",
        "                         remedy: start one",
        "fault    window process  shows nothing: <no Qt>",
        "                         remedy: pip install PyQt5",
        "",
        "1 fault, 1 warning.",
    ]


def test_text_is_folded_to_the_terminal():
    long = Report("", (ok("here", "word " * 60),))

    assert max(map(len, long.to_text(width=60).splitlines())) <= 60
    assert len(long.to_text().splitlines()) == 3


def test_only_a_terminal_gets_colours():
    assert "\x1b" not in REPORT.to_text()
    assert "\x1b[31mfault  \x1b[0m" in REPORT.to_text(colours=True)


def test_json_has_every_line_and_their_numbers():
    assert json.loads(REPORT.to_json()) == {
        "format": 1,
        "version": "1.0",
        "faults": 1,
        "warnings": 1,
        "lines": [
            {"level": a, "subject": b, "finding": c, "remedy": d}
            for a, b, c, d in (
                ("ok", "display", "X11 :0 answers", ""),
                ("warning", "window manager", "none", "start one"),
                (
                    *("fault", "window process", "shows nothing: <no Qt>"),
                    "pip install PyQt5",
                ),
            )
        ],
    }
    assert Report.from_json(REPORT.to_json()) == REPORT


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"format": 2, "version": "", "lines": []}',
        '{"format": 1, "version": "", "lines": [{"level": "ok"}]}',
        '{"format": 1, "version": "", "lines": [{"level": "odd", "subject": "a", '
        '"finding": "b"}]}',
    ],
)
def test_what_is_no_report_is_not_taken_for_one(text):
    with pytest.raises(ValueError, match=r".+"):
        Report.from_json(text)


def test_html_shows_text_as_text():
    shown = REPORT._repr_html_()

    assert "&lt;no Qt&gt;" in shown
    assert "<no Qt>" not in shown


def test_without_anything_wrong_it_says_so():
    good = Report("", (ok("display", "there"),))

    assert good.to_text().endswith("Everything is as it should be.")
