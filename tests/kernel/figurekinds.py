"""Kinds of figures of which drawing computes something that a program reads.

Each fills an empty figure; `renew` gives it other data, as a running program does.
"""

from __future__ import annotations

import datetime

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.lines import Line2D
from matplotlib.offsetbox import AnchoredText
from matplotlib.patches import Circle
from matplotlib.spines import Spine

KINDS = {}
X = np.linspace(0, 10, 50)


def kind(fill):
    KINDS[fill.__name__] = fill
    return fill


@kind
def line(figure):
    figure.subplots().plot([10, 50, 20, 60, 10])


@kind
def dates(figure):
    axes = figure.subplots()
    start = datetime.date(2024, 1, 1)
    axes.plot([start + datetime.timedelta(days) for days in range(40)], range(40))
    figure.autofmt_xdate()


@kind
def categories(figure):
    figure.subplots().bar(["some", "words", "here"], [3, 1, 2])


@kind
def log(figure):
    figure.subplots().loglog(X + 0.1, X**3 + 1)


@kind
def symlog(figure):
    axes = figure.subplots()
    axes.plot(X, (X - 5) ** 3)
    axes.set_yscale("symlog")


@kind
def equal_aspect(figure):
    axes = figure.subplots()
    axes.plot(X, 3 * np.sin(X))
    axes.set_aspect("equal")


@kind
def equal_limits(figure):
    axes = figure.subplots()
    axes.plot(X, 3 * np.sin(X))
    axes.axis("equal")


@kind
def box_aspect(figure):
    axes = figure.subplots()
    axes.plot(X, X)
    axes.set_box_aspect(0.5)


@kind
def shared(figure):
    (upper, lower) = figure.subplots(2, sharex=True)
    upper.plot(X, np.sin(X))
    lower.plot(X * 3, X)


@kind
def image(figure):
    figure.subplots().imshow(np.arange(600).reshape(20, 30))


@kind
def colorbar(figure):
    axes = figure.subplots()
    figure.colorbar(axes.imshow(np.arange(600).reshape(20, 30)))


@kind
def mesh(figure):
    axes = figure.subplots()
    figure.colorbar(axes.pcolormesh(np.arange(600).reshape(20, 30)), ax=axes)


@kind
def contours(figure):
    axes = figure.subplots()
    axes.contourf(X, X, np.outer(np.sin(X), np.cos(X)))


@kind
def polar(figure):
    axes = figure.add_subplot(projection="polar")
    axes.plot(X, X**2)


@kind
def mollweide(figure):
    figure.add_subplot(projection="mollweide").plot(X / 5, np.sin(X))


@kind
def inset(figure):
    axes = figure.subplots()
    axes.plot(X, np.sin(X))
    axes.inset_axes([0.6, 0.6, 0.3, 0.3]).plot(X, X**2)


@kind
def zoomed_inset(figure):
    axes = figure.subplots()
    axes.plot(X, np.sin(X))
    part = axes.inset_axes([0.6, 0.6, 0.3, 0.3], xlim=(1, 2), ylim=(0.5, 1))
    part.plot(X, np.sin(X))
    axes.indicate_inset_zoom(part)


@kind
def twins(figure):
    axes = figure.subplots()
    axes.plot(X, np.sin(X))
    axes.twinx().plot(X, X**3)


@kind
def secondary(figure):
    axes = figure.subplots()
    axes.plot(X, np.sin(X))
    axes.secondary_xaxis("top", functions=(np.rad2deg, np.deg2rad))


@kind
def constrained(figure):
    figure.set_layout_engine("constrained")
    for axes in figure.subplots(2, 2).flat:
        axes.plot(X, 1000 * X)
        axes.set(xlabel="x", ylabel="y", title="title")


@kind
def compressed(figure):
    figure.set_layout_engine("compressed")
    for axes in figure.subplots(2, 2).flat:
        axes.imshow(np.arange(600).reshape(20, 30))


@kind
def tight(figure):
    figure.set_layout_engine("tight")
    axes = figure.subplots()
    axes.plot(X, 1e5 * X)
    axes.set_ylabel("two\nlines", size=30)


@kind
def scatter_3d(figure):
    figure.add_subplot(projection="3d").scatter(X, np.sin(X), np.cos(X))


@kind
def surface_3d(figure):
    axes = figure.add_subplot(projection="3d")
    axes.plot_surface(*np.meshgrid(X, X), np.outer(np.sin(X), np.cos(X)))


@kind
def scatter(figure):
    figure.subplots().scatter(X, X**2, c=X, s=60)


@kind
def histogram(figure):
    figure.subplots().hist(np.sin(np.arange(500)), bins=12)


@kind
def legend(figure):
    axes = figure.subplots()
    axes.plot(X, np.sin(X), label="sine")
    axes.plot(X, np.cos(X), label="cosine")
    axes.legend()


@kind
def figure_legend(figure):
    figure.subplots().plot(X, X, label="both")
    figure.legend(loc="outside right upper" if figure.get_layout_engine() else 1)


@kind
def annotations(figure):
    axes = figure.subplots()
    axes.plot(X, X)
    axes.annotate("here", (5, 5), (2, 8), arrowprops={"arrowstyle": "->"})
    axes.add_artist(AnchoredText("anchored", loc="lower right"))


@kind
def pie(figure):
    figure.subplots().pie([1, 2, 3], labels=["a", "b", "c"])


@kind
def quiver(figure):
    axes = figure.subplots()
    arrows = axes.quiver(X, X, np.cos(X), np.sin(X))
    axes.quiverkey(arrows, 0.9, 0.9, 1, "key")


@kind
def boxes(figure):
    figure.subplots().boxplot([X, X**1.2, np.sqrt(X)])


@kind
def inverted(figure):
    axes = figure.subplots()
    axes.plot(X, np.exp(X))
    axes.invert_yaxis()


@kind
def margins(figure):
    axes = figure.subplots()
    axes.fill_between(X, np.sin(X), 3)
    axes.margins(0.2, 0.4)


@kind
def patches(figure):
    axes = figure.subplots()
    axes.add_patch(Circle((3, 4), 2))
    axes.set(xlim=(0, 9), ylim=(0, 9), aspect=1, anchor="W")


@kind
def subfigures(figure):
    left, right = figure.subfigures(1, 2, width_ratios=(1, 2))
    left.subplots().plot(X, X)
    right.subplots(2)[1].imshow(np.arange(600).reshape(20, 30))


@kind
def table(figure):
    axes = figure.subplots()
    axes.plot(X, np.sin(X))
    axes.table([["1", "2"], ["3", "4"]], loc="top")


@kind
def mosaic(figure):
    parts = figure.subplot_mosaic("AB;CC", per_subplot_kw={"A": {"aspect": 1}})
    parts["A"].plot(X, X)
    parts["C"].step(X, 1e4 * X)


def renew(figure):
    """Give the figure more: another line, as data that has come since."""
    for axes in figure.axes[:1]:
        if axes.name != "3d":
            axes.plot([0.5, 1.4], [0.3, 1.9])
        else:
            axes.plot([0, 12], [0, 2], [0, 3])
        axes.set_title("new")


def make_pickable(figure):
    """Have what is plotted picked, by its number; legends and what is in them too."""
    axes = [part for axis in figure.findobj(Axis) for part in axis.findobj()]
    left_out = {id(artist) for artist in axes}
    for number, artist in enumerate(figure.findobj(include_self=False)):
        if id(artist) not in left_out and not isinstance(artist, Axes | Spine):
            artist.set_gid(str(number))
            artist.set_picker(5 if isinstance(artist, Line2D) else True)
