"""What is changed in a mirror reaches all that it reaches in the kernel's figure."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import matplotlib as mpl
import numpy as np
import pytest
from gallery import agg_pixels, new_figure
from linked import CASES, Z, change_mirror, changed_pixels, image
from peer import LIMIT

from jlab_qtwindows.host.figure.links import relink
from jlab_qtwindows.kernel.snapshot.snapshot import Rung, take_snapshot


@pytest.fixture(scope="module")
def other_process():
    """Return a fresh process, as the host is one, without the kernel's state."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        yield pool


@pytest.mark.parametrize(
    ("make", "change"), CASES, ids=[f"{f.__name__}-{c}" for f, c in CASES]
)
def test_a_change_of_the_mirror_looks_as_one_of_the_figure(other_process, make, change):
    parts = [bytes(part) for part in take_snapshot(make(), Rung.MIRROR).parts]

    expected = changed_pixels(make(), change)
    mirrored = other_process.submit(change_mirror, parts, change).result(LIMIT)

    assert not np.array_equal(expected, agg_pixels(make()))
    np.testing.assert_array_equal(mirrored, expected)


def test_a_link_that_cannot_be_made_leaves_the_others():
    figure = image()
    figure.axes[1].imshow([[1]]).norm.callbacks = None
    shown = figure.axes[0].images[0]
    shown.callbacks.disconnect(shown.colorbar_cid)

    relink(figure)

    shown.set_clim(0, 7)
    assert figure.axes[1].get_ylim() == (0, 7)


@pytest.mark.skipif(
    not hasattr(mpl.colors, "MultiNorm"), reason="new in Matplotlib 3.11"
)
def test_a_norm_of_several_hears_of_its_parts():
    figure = new_figure()
    shown = figure.add_subplot().imshow(Z)
    norm = mpl.colors.MultiNorm(["linear", "linear"])
    norm.norms[0].callbacks.disconnect(norm._changed)
    shown._colorizer._norm = norm
    heard = []

    relink(figure)

    norm.callbacks.connect("changed", lambda: heard.append(True))
    norm.norms[0].vmin = -3
    assert heard
