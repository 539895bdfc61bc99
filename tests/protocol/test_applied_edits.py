"""An edit means the same wherever it is applied."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from jlab_qtwindows.protocol.edits import apply_edits, find, mappables_of


@pytest.fixture
def figure():
    figure = Figure()
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.plot([1, 2, 3])
    axes.imshow(np.eye(3))
    axes.scatter([1, 2], [1, 2], c=[1, 2])
    axes.scatter([1, 2], [1, 2])  # without numbers it has no colormap
    figure.add_subplot(221, projection="3d")
    return figure


def test_every_object_is_found_by_its_place(figure):
    flat, solid = figure.axes

    assert find(figure, "figure") is figure
    assert find(figure, "axes/1") is solid
    assert find(figure, "axes/0/lines/0") is flat.lines[0]
    assert find(figure, "axes/0/mappables/0") is flat.images[0]
    assert find(figure, "axes/0/mappables/1") is flat.collections[0]
    assert len(mappables_of(flat)) == 2


@pytest.mark.parametrize(
    "path",
    ["", "axes", "axes/2", "axes/-1", "axes/x", "axes/0/lines/9", "axes/0/patches/0",
     "axes/0/lines", "figure/0", "figure/canvas", "axes/0/__class__/0"],
)  # fmt: skip
def test_a_place_that_does_not_exist_is_refused(figure, path):
    ((edit, error),) = apply_edits(figure, [(path, "title", "mine")])

    assert edit[0] == path
    assert isinstance(error, LookupError)


EDITS = [
    ("figure", "subplots", [0.2, 0.8, 0.1, 0.9, 0.3, 0.4], lambda f: [
        getattr(f.subplotpars, name)
        for name in ("left", "right", "bottom", "top", "wspace", "hspace")
    ]),
    ("axes/0", "xscale", "log", lambda f: f.axes[0].get_xscale()),
    ("axes/0", "xlim", [1.0, 5.0, False], lambda f: [
        *f.axes[0].get_xlim(), f.axes[0].get_autoscalex_on()
    ]),
    ("axes/1", "zlim", [1.0, 5.0, True], lambda f: [
        *f.axes[1].get_zlim(), f.axes[1].get_autoscalez_on()
    ]),
    ("axes/1", "angles", [10.0, 20.0, 30.0], lambda f: [
        f.axes[1].elev, f.axes[1].azim, f.axes[1].roll
    ]),
    ("axes/0", "title", "mine", lambda f: f.axes[0].get_title()),
    ("axes/1", "zlabel", "up", lambda f: f.axes[1].get_zlabel()),
    ("axes/0", "xgrid_major", True, lambda f: (
        f.axes[0].xaxis.get_major_ticks()[0].gridline.get_visible()
    )),
    ("axes/0/lines/0", "label", "loss", lambda f: f.axes[0].lines[0].get_label()),
    ("axes/0/lines/0", "linestyle", "--", lambda f: f.axes[0].lines[0].get_linestyle()),
    ("axes/0/lines/0", "linewidth", 3.0, lambda f: f.axes[0].lines[0].get_linewidth()),
    ("axes/0/lines/0", "color", "#ff000080", lambda f: f.axes[0].lines[0].get_color()),
    ("axes/0/lines/0", "marker", "o", lambda f: f.axes[0].lines[0].get_marker()),
    ("axes/0/mappables/0", "cmap", "magma", lambda f: (
        f.axes[0].images[0].get_cmap().name
    )),
    ("axes/0/mappables/1", "clim", [0.0, 9.0], lambda f: list(
        f.axes[0].collections[0].get_clim()
    )),
    ("axes/0/mappables/0", "interpolation", "bilinear", lambda f: (
        f.axes[0].images[0].get_interpolation()
    )),
]  # fmt: skip


@pytest.mark.parametrize(("path", "name", "value", "read"), EDITS)
def test_an_edit_sets_its_property(figure, path, name, value, read):
    assert read(figure) != value

    assert apply_edits(figure, [(path, name, value)]) == []

    assert read(figure) == value


def test_limits_come_after_the_scale_that_would_change_them(figure):
    edits = [("axes/0", "xlim", [2.0, 7.0, False]), ("axes/0", "xscale", "log")]

    apply_edits(figure, edits)

    assert figure.axes[0].get_xlim() == (2.0, 7.0)


@pytest.mark.parametrize(
    ("name", "value"),
    [("remove", None), ("xlim", "wide"), ("xlim", [1.0]), ("xscale", "no scale"),
     ("figure", 1), ("__class__", "x")],
)  # fmt: skip
def test_what_cannot_be_set_is_given_back_and_the_rest_is_done(figure, name, value):
    edits = [("axes/0", name, value), ("axes/0", "title", "mine")]

    failed = apply_edits(figure, edits)

    assert [edit for edit, _ in failed] == [edits[0]]
    assert figure.axes[0].get_title() == "mine"
