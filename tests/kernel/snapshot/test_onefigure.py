"""A snapshot is of one figure, whatever leads from it to others."""

from __future__ import annotations

import pickle

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from jlab_qtwindows.kernel.snapshot.snapshot import Rung, take_snapshot

DATA = np.zeros((700, 700))
HEAVY = DATA.nbytes


def make_figure(**options):
    figure = Figure(**options)
    FigureCanvasAgg(figure)
    return figure


def size(figure):
    return sum(len(bytes(part)) for part in take_snapshot(figure, Rung.MIRROR).parts)


def loaded(figure):
    head, *buffers = take_snapshot(figure, Rung.MIRROR).parts
    return pickle.loads(head, buffers=[bytearray(part) for part in buffers])["figure"]


def follower_of_a_heavy_figure():
    leader = make_figure().add_subplot()
    leader.plot(DATA.ravel())
    leader.inset_axes((0, 0, 1, 1)).imshow(DATA)
    figure = make_figure()
    figure.add_subplot(sharex=leader, sharey=leader)
    return figure


def leader_of_a_heavy_figure():
    figure = make_figure()
    leader = figure.add_subplot()
    make_figure().add_subplot(sharex=leader).plot(DATA.ravel())
    return figure


def subfigure_that_follows():
    leader = make_figure().subfigures(1, 2)[0].add_subplot()
    leader.plot(DATA.ravel())
    figure = make_figure()
    figure.subfigures(1, 2)[1].add_subplot(sharey=leader)
    return figure


def polar_axes_that_follow():
    leader = make_figure().add_subplot(projection="polar")
    leader.plot(DATA.ravel())
    figure = make_figure()
    figure.add_subplot(projection="polar", sharey=leader)
    return figure


def view_of_another_figure():
    leader = make_figure().add_subplot(projection="3d")
    leader.plot(DATA.ravel(), DATA.ravel(), 0)
    figure = make_figure()
    figure.add_subplot(projection="3d", shareview=leader, sharez=leader)
    return figure


def categories_of_another_figure():
    leader = make_figure().add_subplot()
    leader.plot(["a", "b"], [1, 2])
    leader.imshow(DATA)
    figure = make_figure()
    figure.add_subplot(sharex=leader).plot(["a", "b"], [2, 1])
    return figure


def colorbar_of_another_figure():
    shown = make_figure().add_subplot().imshow(DATA)
    figure = make_figure()
    figure.colorbar(shown, cax=figure.add_axes((0.1, 0.1, 0.2, 0.8)))
    return figure


def image_with_its_colorbar_elsewhere():
    figure, other = make_figure(), make_figure()
    shown = figure.add_subplot().imshow([[1, 2]])
    other.colorbar(shown, cax=other.add_axes((0.1, 0.1, 0.2, 0.8)))
    other.add_subplot().imshow(DATA)
    return figure


def locator_of_two_figures():
    locator = mpl.ticker.MaxNLocator(4)
    figure = make_figure()
    figure.add_subplot().xaxis.set_major_locator(locator)
    heavy = make_figure().add_subplot()
    heavy.imshow(DATA)
    heavy.xaxis.set_major_locator(locator)
    return figure


@pytest.mark.filterwarnings("ignore:Adding colorbar to a different Figure")
@pytest.mark.parametrize(
    "make",
    [
        follower_of_a_heavy_figure,
        leader_of_a_heavy_figure,
        subfigure_that_follows,
        polar_axes_that_follow,
        view_of_another_figure,
        categories_of_another_figure,
        colorbar_of_another_figure,
        image_with_its_colorbar_elsewhere,
        locator_of_two_figures,
    ],
)
def test_the_data_of_another_figure_do_not_travel(make):
    assert size(make()) < HEAVY / 4


def test_axes_that_share_inside_the_figure_share_in_its_copy():
    leader = make_figure().add_subplot()
    figure = make_figure()
    first = figure.add_subplot(121, sharex=leader)
    second = figure.add_subplot(122, sharex=leader)

    copy_of_first, copy_of_second = loaded(figure).axes

    groups = copy_of_first.get_shared_x_axes()
    assert groups.joined(copy_of_first, copy_of_second)
    assert len(groups.get_siblings(copy_of_first)) == 2
    assert first.get_xlim() == second.get_xlim() == leader.get_xlim()


def test_taking_a_snapshot_leaves_the_groups_of_the_program_alone():
    figure = follower_of_a_heavy_figure()
    (axes,) = figure.axes
    leader = axes._sharex

    take_snapshot(figure, Rung.MIRROR)

    leader.set_xlim(5, 6)
    assert axes._sharex is leader
    assert axes.get_xlim() == (5, 6)


def test_the_colorbar_of_another_figure_keeps_norm_and_colormap():
    shown = make_figure().add_subplot().imshow(DATA, cmap="plasma", vmin=0, vmax=9)
    figure = make_figure()
    with pytest.warns(UserWarning, match="different Figure"):
        figure.colorbar(shown, cax=figure.add_axes((0.1, 0.1, 0.2, 0.8)))

    colorbar = loaded(figure).axes[0]._colorbar

    assert colorbar.mappable.get_clim() == (0, 9)
    assert colorbar.mappable.norm is colorbar.norm
    assert colorbar.mappable.get_cmap().name == "plasma"
