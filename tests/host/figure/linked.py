"""Figures whose parts answer each other, and what the toolbar and dialogs change."""

from __future__ import annotations

import matplotlib as mpl
import numpy as np
from gallery import X, agg_pixels, new_figure
from matplotlib.backends.backend_agg import FigureCanvasAgg

Z = np.outer(np.sin(X), np.cos(X))


def change_mirror(parts, change):
    """Return the picture of a mirror after a change; run in a fresh process."""
    from jlab_qtwindows.host.figure.mirror import load_mirror

    mirror = load_mirror(parts)
    mirror.style.apply()
    return changed_pixels(mirror.figure, change)


def changed_pixels(figure, change):
    """Return the picture after the figure has been drawn, and then changed."""
    FigureCanvasAgg(figure).draw()
    CHANGES[change](figure)
    return agg_pixels(figure)


# -- changes ---------------------------------------------------------------------------


def _mappable(figure):
    return next(
        artist
        for axes in figure.axes
        for artist in (*axes.images, *axes.collections)
        if artist.get_array() is not None
    )


def set_limits_of_colors(figure):
    mappable = _mappable(figure)
    low, high = mappable.get_clim()
    mappable.set_clim(low + 0.25 * (high - low), high + 0.5 * (high - low))


def set_colormap(figure):
    _mappable(figure).set_cmap("hot")


def set_norm(figure):
    _mappable(figure).set_norm(mpl.colors.PowerNorm(0.5, 0, 1))


def pan_the_last_axes(figure):
    """Pan as the toolbar does, by a part of the Axes."""
    axes = figure.axes[-1]
    box = axes.bbox
    axes.start_pan(box.x0 + box.width / 2, box.y0 + box.height / 2, 1)
    axes.drag_pan(1, None, box.x0 + box.width * 0.6, box.y0 + box.height * 0.7)
    axes.end_pan()


def zoom_into_the_last_axes(figure):
    axes = figure.axes[-1]
    (x0, y0), (x1, y1) = axes.bbox.min, axes.bbox.max
    width, height = x1 - x0, y1 - y0
    box = x0 + 0.2 * width, y0 + 0.3 * height, x0 + 0.7 * width, y0 + 0.8 * height
    axes._set_view_from_bbox(box)


def turn(figure):
    figure.axes[0].view_init(10, 20, 5, share=True)


CHANGES = {
    function.__name__: function
    for function in (
        set_limits_of_colors,
        set_colormap,
        set_norm,
        pan_the_last_axes,
        zoom_into_the_last_axes,
        turn,
    )
}
OF_COLORBARS = (
    "set_limits_of_colors",
    "set_colormap",
    "set_norm",
    "pan_the_last_axes",
    "zoom_into_the_last_axes",
)


# -- figures with colorbars ------------------------------------------------------------


def image():
    figure = new_figure()
    figure.colorbar(figure.add_subplot().imshow(Z))
    return figure


def scattered():
    figure = new_figure()
    figure.colorbar(figure.add_subplot(projection="polar").scatter(X, X, c=X))
    return figure


def logarithmic_mesh():
    figure = new_figure()
    mesh = figure.add_subplot().pcolormesh(abs(Z) + 0.01, norm="log")
    figure.colorbar(mesh, extend="max")
    return figure


def one_norm_for_two_images():
    figure = new_figure()
    both = figure.subplots(1, 2)
    norm = mpl.colors.Normalize(-1, 1)
    images = [axes.imshow(Z * k, norm=norm) for k, axes in enumerate(both, 1)]
    figure.colorbar(images[1], ax=both)
    return figure


def colorbar_of_a_norm_alone():
    figure = new_figure()
    axes = figure.add_subplot()
    norm = mpl.colors.Normalize(-1, 1)
    axes.imshow(Z, norm=norm)
    figure.colorbar(mpl.cm.ScalarMappable(norm, "plasma"), ax=axes)
    return figure


def two_colorbars_of_one_image():
    figure = new_figure()
    shown = figure.add_subplot().imshow(Z)
    figure.colorbar(shown, location="left", extend="both")
    figure.colorbar(shown)
    return figure


def hexagons_with_marginals():
    figure = new_figure()
    points = np.random.default_rng(0).normal(size=(2, 500))
    hexagons = figure.add_subplot().hexbin(*points, gridsize=12, marginals=True)
    figure.colorbar(hexagons)
    return figure


def colorbar_in_another_subfigure():
    figure = new_figure()
    left, right = figure.subfigures(1, 2)
    shown = left.add_subplot().imshow(Z)
    right.colorbar(shown, cax=right.add_axes((0.2, 0.1, 0.2, 0.8)))
    return figure


def quivers():
    figure = new_figure()
    axes = figure.add_subplot()
    arrows = axes.quiver(X[:5], X[:5], X[:5], X[:5], X[:5])
    axes.quiverkey(arrows, 0.8, 0.9, 2, "key")
    figure.colorbar(arrows)
    return figure


def streams():
    figure = new_figure()
    lines = figure.add_subplot().streamplot(X, X, Z, Z.T, color=Z).lines
    figure.colorbar(lines)
    return figure


def surface():
    figure = new_figure()
    axes = figure.add_subplot(projection="3d")
    x, y = np.meshgrid(X[::5], X[::5])
    figure.colorbar(axes.plot_surface(x, y, np.sin(x), cmap="plasma"))
    return figure


def image_in_an_inset():
    figure = new_figure()
    axes = figure.add_subplot()
    figure.colorbar(axes.inset_axes((0.5, 0.5, 0.4, 0.4)).imshow(Z), ax=axes)
    return figure


def labelled_contours():
    figure = new_figure()
    axes = figure.add_subplot()
    contours = axes.contour(Z)
    axes.clabel(contours)
    figure.colorbar(contours)
    return figure


# -- figures whose Axes belong together ------------------------------------------------


def twins():
    figure = new_figure()
    axes = figure.add_subplot()
    axes.plot(X)
    axes.twinx().plot(X**2, "r")
    axes.twiny().plot(X[::-1] * 2, X, "g")
    return figure


def secondary_axes():
    figure = new_figure()
    axes = figure.add_subplot()
    axes.plot(X)
    axes.secondary_xaxis("top", functions=(np.deg2rad, np.rad2deg))
    return figure


def shared_axes():
    figure = new_figure()
    for number, axes in enumerate(
        figure.subplots(2, 2, sharex=True, sharey="row").flat
    ):
        axes.plot(X * number)
    return figure


def indicated_inset():
    figure = new_figure()
    axes = figure.add_subplot()
    axes.plot(X)
    inset = axes.inset_axes((0.5, 0.1, 0.4, 0.4), xlim=(10, 20), ylim=(0, 2))
    inset.plot(X)
    axes.indicate_inset_zoom(inset)
    return figure


def connected_axes():
    figure = new_figure()
    left, right = figure.subplots(1, 2)
    left.plot(X)
    right.plot(X)
    patch = mpl.patches.ConnectionPatch(
        (1, 2), (30, 4), left.transData, right.transData, axesA=left, axesB=right
    )
    figure.add_artist(patch)
    return figure


def annotated_artists():
    figure = new_figure()
    axes = figure.add_subplot()
    axes.errorbar(X, X, 0.3, label="bars", capsize=2)
    text = axes.text(1, 1, "text")
    axes.annotate(
        "at the text",
        (0.5, 0.5),
        xycoords=text,
        xytext=(20, 20),
        textcoords="offset points",
        arrowprops={},
    )
    axes.annotate("below", (1, 0), xycoords=axes.get_window_extent, xytext=(4, 1))
    axes.legend()
    return figure


def shared_view():
    figure = new_figure()
    left = figure.add_subplot(121, projection="3d")
    right = figure.add_subplot(122, projection="3d", shareview=left, sharez=left)
    left.plot(X, X, X)
    right.plot(X, X, X * 2)
    return figure


_WITH_COLORBARS = (
    image,
    scattered,
    logarithmic_mesh,
    one_norm_for_two_images,
    colorbar_of_a_norm_alone,
    two_colorbars_of_one_image,
    hexagons_with_marginals,
    colorbar_in_another_subfigure,
    quivers,
    streams,
    surface,
)
_OF_AXES = (
    twins,
    secondary_axes,
    shared_axes,
    indicated_inset,
    connected_axes,
    annotated_artists,
)
CASES = [
    *((figure, "set_limits_of_colors") for figure in _WITH_COLORBARS),
    *((image, change) for change in OF_COLORBARS[1:]),
    (hexagons_with_marginals, "set_colormap"),
    (two_colorbars_of_one_image, "pan_the_last_axes"),
    (colorbar_of_a_norm_alone, "pan_the_last_axes"),
    (labelled_contours, "set_colormap"),
    (image_in_an_inset, "pan_the_last_axes"),
    *((figure, "pan_the_last_axes") for figure in _OF_AXES),
    (shared_view, "turn"),
]
