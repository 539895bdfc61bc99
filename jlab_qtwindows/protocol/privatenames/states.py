"""The private names by which a state of a figure is taken, and loaded elsewhere."""

from __future__ import annotations

from .entry import FRAMES, PrivateName

__all__ = ["STATES"]

_LARGER = "the updates of figures are larger"
_COMPARED = "ticks that look like the first of their Axis are left out"
_OTHERS = "what belongs to another figure is left out"
_OTHERS_LARGER = "a figure that shares with another one travels with more of that"


STATES: tuple[PrivateName, ...] = (
    # -- whether the copy of a figure is a true one ------------------------------------
    PrivateName(
        "matplotlib.transforms.TransformNode",
        ("_INVALID_FULL", "_invalid"),
        "a loaded figure computes its transforms anew",
        FRAMES,
    ),
    PrivateName(
        "matplotlib.transforms.TransformedPath",
        ("_transform",),
        "a loaded line follows its transform",
        FRAMES,
    ),
    PrivateName(
        "matplotlib.figure.Figure",
        ("_dpi", "_restore_to_pylab"),
        "a figure travels with its dpi, and opens no window where it is loaded",
        FRAMES,
    ),
    PrivateName(
        "matplotlib.path.Path",
        ("_interpolation_steps",),
        "bars of polar Axes and lines like `axhline` are bent",
        FRAMES,
    ),
    PrivateName(
        "matplotlib.dates", ("_epoch",), "the day from which dates count", FRAMES
    ),
    # -- what need not travel ----------------------------------------------------------
    PrivateName(
        "matplotlib.transforms.TransformNode",
        ("_parents",),
        "links between transforms, without those to drawn lines",
        _LARGER,
    ),
    PrivateName(
        "matplotlib.transforms.Bbox",
        ("_points", "_points_orig", "_minpos"),
        "small arrays travel as lists of numbers; ticks are compared",
        _LARGER,
    ),
    PrivateName(
        "matplotlib.transforms.Affine2D",
        ("_mtx", "_inverted"),
        "the same, and results are left out",
        _LARGER,
    ),
    PrivateName(
        "matplotlib.transforms.BlendedGenericTransform",
        ("_affine",),
        "results are left out",
        _LARGER,
    ),
    PrivateName(
        "matplotlib.transforms.TransformedPath",
        ("_transformed_path", "_transformed_points"),
        "results are left out",
        _LARGER,
    ),
    PrivateName(
        "matplotlib.lines.Line2D",
        ("_xorig", "_yorig", "_invalidx", "_invalidy", "_path"),
        "copies of a line's data are left out",
        _LARGER,
    ),
    PrivateName(
        "matplotlib.lines.Line2D",
        ("_x", "_y", "_xy", "_x_filled", "_transformed_path", "_subslice", "_marker"),
        "copies of a line's data are left out; ticks are compared",
        _LARGER,
    ),
    PrivateName(
        "mpl_toolkits.mplot3d.art3d.Line3D",
        ("_verts3d",),
        "lists of numbers travel as arrays",
        _LARGER,
    ),
    PrivateName("matplotlib.axis.Tick", ("_loc",), _COMPARED, _LARGER),
    PrivateName("matplotlib.text.Text", ("_text",), _COMPARED, _LARGER),
    PrivateName(
        "matplotlib.artist.Artist",
        ("_callbacks", "_mouseover", "_remove_method", "_stale", "_transform"),
        _COMPARED,
        _LARGER,
    ),
    PrivateName(
        "matplotlib.transforms.ScaledTranslation",
        ("_t", "_scale_trans"),
        _COMPARED,
        _LARGER,
    ),
    PrivateName(
        "matplotlib.transforms.CompositeGenericTransform",
        ("_a", "_b"),
        _COMPARED,
        _LARGER,
    ),
    PrivateName(
        "matplotlib.transforms.TransformedBbox",
        ("_bbox",),
        _COMPARED,
        _LARGER,
    ),
    PrivateName(
        "matplotlib.transforms.BboxTransformTo",
        ("_boxout",),
        _COMPARED,
        _LARGER,
    ),
    PrivateName(
        "matplotlib.artist.Artist",
        ("_picker", "_visible"),
        "what a program keeps on its artists is left out",
        "such a figure travels whole, or is shown as pictures where it cannot",
    ),
    PrivateName(
        "matplotlib.axes.Axes",
        ("_subclass_uses_cla",),
        "the same, of the program's own classes of Axes",
        "such a figure travels whole, or is shown as pictures where it cannot",
    ),
    PrivateName(
        "matplotlib",
        ("_constrained_layout", "axes._axes", "axes._base"),
        "which attributes are Matplotlib's is read out of these modules",
        "a figure with attributes of the program travels whole, or is shown as "
        "pictures",
    ),
    PrivateName(
        "numpy.ma.MaskedArray",
        ("_fill_value",),
        "masked arrays keep what the program fills them with",
        "they have NumPy's own value, which no drawing reads",
    ),
    # -- other figures -----------------------------------------------------------------
    PrivateName(
        "matplotlib.figure.Figure",
        ("_axstack", "_canvas_callbacks", "_localaxes"),
        _OTHERS,
        _OTHERS_LARGER,
    ),
    PrivateName(
        "matplotlib.axes.Axes",
        (
            *("_children", "_colorbars", "_mouseover_set", "_shared_axes"),
            *("_sharex", "_sharey", "_twinned_axes"),
        ),
        _OTHERS,
        _OTHERS_LARGER,
    ),
    PrivateName(
        "mpl_toolkits.mplot3d.axes3d.Axes3D",
        ("_sharez", "_shareview"),
        _OTHERS,
        _OTHERS_LARGER,
    ),
    PrivateName(
        "matplotlib.colorbar.Colorbar",
        ("_colorbar", "_colorbar_info"),
        _OTHERS,
        _OTHERS_LARGER,
    ),
    PrivateName(
        "matplotlib.figure.Figure", ("_layout_engine",), _OTHERS, _OTHERS_LARGER
    ),
    PrivateName(
        "matplotlib.cm.ScalarMappable",
        ("_colorizer",),
        "the colours of another figure that a colorbar shows travel without its data",
        "they travel by Matplotlib's way of versions below 3.10",
        since=(3, 10),
    ),
    PrivateName(
        "matplotlib.colorizer.Colorizer",
        ("_norm",),
        "the same, with the norm that they share",
        "the colorbar has a copy of the norm",
        since=(3, 10),
    ),
)
