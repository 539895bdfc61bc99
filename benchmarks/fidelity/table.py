"""The table at the end, and whether the run was good."""

from __future__ import annotations

from collections import Counter

import matplotlib as mpl
from script import ScriptResult
from verdict import Judged, Verdict, explain, judge

LEAST_IDENTICAL = 0.995  # of the figures


def report(results: list[ScriptResult], left_out: dict[str, str]) -> bool:
    """Print what became of scripts and figures; returns whether all is well."""
    judged = [judge(figure) for result in results for figure in result.figures]
    failed = [result for result in results if result.error]
    unexplained = [result for result in failed if not explain(result)]
    _print_scripts(len(results), left_out, failed)
    counts = _print_figures(judged)
    _print_details(judged, failed)
    identical = counts[Verdict.IDENTICAL] / max(1, len(judged))
    return not (
        unexplained
        or counts[Verdict.WRONG]
        or counts[Verdict.NOT_SHOWN]
        or identical < LEAST_IDENTICAL
    )


def _print_scripts(
    count: int, left_out: dict[str, str], failed: list[ScriptResult]
) -> None:
    print(f"\nGallery of Matplotlib {mpl.__version__}")
    _line("scripts run", count)
    for need, number in Counter(filter(None, left_out.values())).items():
        _line(f"left out, for they need {need}", number)
    _line("ended with an error", len(failed))


def _print_figures(judged: list[Judged]) -> Counter[Verdict]:
    counts = Counter(each.verdict for each in judged)
    _line("figures", len(judged))
    for verdict in Verdict:
        share = counts[verdict] / max(1, len(judged))
        _line(f"  {verdict.value}", counts[verdict], f"{share:8.2%}")
    for transfer, number in Counter(
        each.figure.transfer or "nothing" for each in judged
    ).most_common():
        _line(f"travelled as {transfer}", number)
    return counts


def _print_details(judged: list[Judged], failed: list[ScriptResult]) -> None:
    for result in failed:
        print(f"\n{result.script}\n  {explain(result) or 'ERROR: ' + result.error}")
    for each in judged:
        if each.verdict is not Verdict.IDENTICAL:
            figure, difference = each.figure, each.figure.difference
            print(f"\n{figure.script}, figure {figure.num}: {each.verdict.value}")
            print(
                f"  {difference.pixels} px ({difference.share:.2%}), by at most "
                f"{difference.greatest} of 255, {figure.transfer}"
            )
            print(f"  {each.reason}" if each.reason else "  no reason known")


def _line(label: str, count: int, more: str = "") -> None:
    print(f"{label:40s}{count:6d}{more}")
