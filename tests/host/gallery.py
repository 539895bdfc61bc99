"""Figures that are hard to carry from one process to another, and how to draw them."""

from __future__ import annotations

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

X = np.linspace(0, 2 * np.pi, 50)


def agg_pixels(figure):
    """Return the picture that Agg draws, as an array.

    It is drawn twice, since a layout may move between the first and the second time.
    """
    canvas = figure.canvas
    agg = FigureCanvasAgg(figure)
    agg.draw()
    agg.draw()
    figure.set_canvas(canvas)
    return np.array(agg.buffer_rgba())


def draw_mirror(parts):
    """Return the picture of a mirror; run in a process that knows nothing else."""
    from jlab_qtwindows.host.figure.mirror import load_mirror

    mirror = load_mirror(parts)
    mirror.style.apply()
    return agg_pixels(mirror.figure)


def new_figure(**options):
    figure = Figure(figsize=(4, 3), **options)
    FigureCanvasAgg(figure)
    return figure


def lines():
    figure = new_figure()
    axes = figure.add_subplot()
    axes.plot(X, np.sin(X), "o--", label="sin")
    axes.plot(X, np.cos(X), lw=3, alpha=0.5, label="cos")
    axes.legend()
    axes.grid()
    return figure


def many_points():
    figure = new_figure()
    random = np.random.default_rng(1)
    figure.add_subplot().plot(random.normal(size=100_000).cumsum())
    return figure


def scatter():
    figure = new_figure()
    random = np.random.default_rng(1)
    axes = figure.add_subplot()
    x, y, c = random.random((3, 200))
    figure.colorbar(axes.scatter(x, y, 100 * c, c, cmap="plasma"))
    return figure


def bars():
    figure = new_figure()
    axes = figure.add_subplot()
    axes.bar(["a", "b", "c"], [1, 3, 2], yerr=0.2, capsize=4)
    return figure


def polar_bars():
    figure = new_figure()
    axes = figure.add_subplot(projection="polar")
    axes.bar([0, 1.5, 3], [1, 3, 2], width=1.2, alpha=0.5)
    return figure


def image():
    figure = new_figure()
    axes = figure.add_subplot()
    axes.imshow(np.outer(np.sin(X), np.cos(X)), extent=(0, 1, 0, 2), origin="lower")
    return figure


def contours():
    figure = new_figure()
    axes = figure.add_subplot()
    z = np.outer(np.sin(X), np.cos(X))
    axes.contourf(z, levels=8, hatches=["/", "\\", "."])
    axes.clabel(axes.contour(z, levels=4, colors="k"))
    return figure


def surface():
    figure = new_figure()
    axes = figure.add_subplot(projection="3d")
    x, y = np.meshgrid(X[::5], X[::5])
    axes.plot_surface(x, y, np.sin(x) * np.cos(y), cmap="viridis")
    axes.view_init(40, 20)
    return figure


def texts():
    figure = new_figure()
    axes = figure.add_subplot(title=r"$\int_0^\infty e^{-x^2}\,dx$ größer ☃")
    axes.text(0.1, 0.5, "rotated", rotation=30, bbox={"boxstyle": "round"})
    axes.annotate("here", (0.8, 0.8), (0.3, 0.9), arrowprops={"arrowstyle": "->"})
    figure.suptitle("over all", style="italic")
    return figure


def twins():
    figure = new_figure()
    axes = figure.add_subplot()
    axes.plot(X, "r")
    axes.twinx().plot(X**2, "b")
    return figure


def subfigures():
    figure = new_figure(layout="constrained")
    left, right = figure.subfigures(1, 2, width_ratios=(2, 1))
    left.subplots(2, 1, sharex=True)[0].plot(X)
    left.suptitle("left")
    right.set_facecolor("0.8")
    right.add_subplot().barh([1, 2], [3, 4])
    return figure


def equal_aspect_drawn_before():
    figure = new_figure()
    axes = figure.add_subplot(aspect="equal")
    axes.plot(np.cos(X), np.sin(X))
    figure.canvas.draw()
    axes.plot([0, 3], [0, 0.5])
    return figure


def hatches_of_own_settings():
    mpl.rcParams.update(
        {
            "hatch.linewidth": 4,
            "hatch.color": "red",
            "axes.unicode_minus": False,
            "path.simplify_threshold": 1.0,
        }
    )
    figure = new_figure()
    axes = figure.add_subplot()
    axes.fill_between(X, np.sin(X), hatch="//", facecolor="none", edgecolor="k")
    return figure


def sketched_by_settings():
    mpl.rcParams["font.family"] = "serif"
    mpl.rcParams["mathtext.fontset"] = "cm"
    mpl.rcParams["savefig.facecolor"] = "yellow"
    figure = new_figure()
    figure.add_subplot(title="$x^2$ serif").plot(X)
    return figure


def logarithms():
    figure = new_figure()
    axes = figure.add_subplot(xscale="log", yscale="symlog")
    axes.plot(X + 0.1, np.sinh(X) - 10)
    axes.grid(which="both")
    return figure


def other_dpi():
    figure = new_figure(dpi=100)
    figure.add_subplot().plot(X)
    figure.set_dpi(63)
    return figure


def dates_and_categories():
    figure = new_figure()
    upper, lower = figure.subplots(2)
    days = np.datetime64("2025-01-01") + np.arange(40)
    upper.plot(days, np.arange(40) % 7, drawstyle="steps-mid")
    upper.minorticks_on()
    lower.plot(["one", "two", "three"], [3, 1, 2], "s-")
    return figure


def holes_in_the_data():
    figure = new_figure()
    axes = figure.add_subplot()
    axes.plot(X, np.ma.masked_greater(np.sin(X), 0.5), "o-")
    axes.plot(X, np.where(X > 3, np.nan, X), "--")
    axes.axvline(2)
    axes.axline((0, 0), slope=1)
    axes.tick_params(which="minor", length=9)
    axes.set_xticks([1.5, 2.5], minor=True)
    return figure


def changed_after_it_was_drawn():
    figure = new_figure()
    axes = figure.add_subplot()
    (line,) = axes.plot(X, np.sin(X))
    figure.canvas.draw()
    line.set_data(X[::2], 2 * np.cos(X[::2]))
    axes.relim()
    axes.autoscale_view()
    figure.subplots_adjust(left=0.3)
    return figure


def own_formatter():
    figure = new_figure()
    axes = figure.add_subplot()
    axes.plot(X)
    unit = "km"
    axes.yaxis.set_major_formatter(lambda value, position: f"{value:g} {unit}")
    return figure


def sharing_with_another_figure():
    other = Figure(figsize=(9, 2)).add_subplot()
    other.plot(X * 3)
    figure = new_figure()
    axes = figure.add_subplot(sharex=other)
    axes.plot(X)
    axes.minorticks_on()
    return figure


def image_masked_here_and_there():
    figure = new_figure()
    axes = figure.add_subplot()
    values = np.outer(np.sin(X), np.cos(X))
    shown = axes.imshow(np.ma.masked_greater(values, 0.5))
    axes.contour(np.ma.masked_less(values, -0.5), colors="k")
    figure.colorbar(shown)
    return figure


FIGURES = {
    function.__name__: function
    for function in (
        lines,
        many_points,
        scatter,
        bars,
        polar_bars,
        image,
        contours,
        surface,
        texts,
        twins,
        subfigures,
        equal_aspect_drawn_before,
        hatches_of_own_settings,
        sketched_by_settings,
        logarithms,
        other_dpi,
        own_formatter,
        dates_and_categories,
        holes_in_the_data,
        changed_after_it_was_drawn,
        sharing_with_another_figure,
        image_masked_here_and_there,
    )
}
