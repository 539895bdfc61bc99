"""The private names that the window process uses, besides those of loaded figures."""

from __future__ import annotations

from .entry import PrivateName

__all__ = ["HOST"]

_SLOW_TICKS = "Matplotlib makes each tick itself, which takes longer"
_UNLINKED = (
    "a change of colours in the window reaches the colorbar with the next update"
)
_NO_HISTORY = "Home, Back and Forward go back to the newest update only"

HOST: tuple[PrivateName, ...] = (
    # -- drawing ---------------------------------------------------------------------
    PrivateName(
        "matplotlib.axis.Axis",
        ("_get_tick", "_copy_tick_props"),
        "ticks are copied from the first of their Axis",
        _SLOW_TICKS,
    ),
    PrivateName(
        "matplotlib.artist.Artist",
        ("_callbacks",),
        "the same: a copy has callbacks of its own",
        _SLOW_TICKS,
    ),
    PrivateName(
        "matplotlib.backends.backend_agg.RendererAgg",
        ("_renderer",),
        "the glyphs of a text are rendered once, not for each update",
        "they are rendered each time, which takes longer",
    ),
    PrivateName(
        "matplotlib.backends.backend_qt.FigureCanvasQT",
        ("_draw_pending",),
        "a window that is not seen is drawn when it is",
        "it is drawn at once; pictures for the panel are drawn anew",
    ),
    PrivateName(
        "matplotlib.backends.backend_qt.FigureCanvasQT",
        ("_is_drawing",),
        "a figure whose drawing has failed may be drawn again",
        "Matplotlib sees to it",
    ),
    PrivateName(
        "matplotlib.backend_bases.FigureCanvasBase",
        ("_button",),
        "whether the user holds a button of the mouse on the canvas",
        "the mouse itself is asked, wherever it is",
    ),
    PrivateName(
        "matplotlib.figure.Figure",
        ("_original_dpi",),
        "a window on a screen of another resolution draws with its dots per inch",
        "it does so from the next update on",
    ),
    PrivateName(
        "matplotlib.font_manager.FontManager",
        ("_findfont_cached",),
        "a font that comes with a figure is found, though it was looked for before",
        "it is found if nobody has looked for it before",
    ),
    # -- links between the parts of a figure -------------------------------------------
    PrivateName(
        "matplotlib.colorbar.Colorbar",
        ("_colorbar",),
        "colorbars follow the colours that the user sets",
        "those follow that belong to something with colours in the figure",
    ),
    PrivateName(
        "matplotlib.colorbar.Colorbar",
        ("_do_extends", "_extend_cid1", "_extend_cid2"),
        "the pointed ends of colorbars follow limits that the user sets",
        "they do so with the next update",
    ),
    PrivateName(
        "matplotlib.cm.ScalarMappable",
        ("_colorizer", "_id_colorizer"),
        "artists follow their norm and colormap",
        "they follow the norm",
        since=(3, 10),
    ),
    PrivateName(
        "matplotlib.colorizer.Colorizer",
        ("_id_norm",),
        "the same",
        "they follow an exchanged norm, and the one before it too",
        since=(3, 10),
    ),
    PrivateName(
        "matplotlib.colors.Normalize",
        ("_changed",),
        "a norm made of several follows them",
        _UNLINKED,
    ),
    PrivateName(
        "mpl_toolkits.mplot3d.axes3d.Axes3D",
        ("_shareview", "_shared_axes"),
        "3D Axes that turn together do so in the window",
        "the one turns that the user turns",
    ),
    # -- toolbar and dialogs -----------------------------------------------------------
    PrivateName(
        "matplotlib.backend_bases.NavigationToolbar2",
        ("_nav_stack",),
        "the history of views goes on with each new update",
        _NO_HISTORY,
    ),
    PrivateName("matplotlib.cbook._Stack", ("_elements",), "the same", _NO_HISTORY),
    PrivateName("matplotlib.axes.Axes", ("_get_view",), "the same", _NO_HISTORY),
    PrivateName(
        "matplotlib.backend_bases.NavigationToolbar2",
        ("_id_drag",),
        "a pan in the middle of a new update writes no coordinates",
        "coordinates are written during a pan",
    ),
    PrivateName(
        "matplotlib.backend_bases.NavigationToolbar2",
        ("_last_cursor",),
        "the mouse's shape after drawing, in a window shown as pictures",
        "it is an arrow until the mouse moves",
    ),
    PrivateName(
        "matplotlib.backend_bases.NavigationToolbar2",
        ("_mouse_event_to_message",),
        "an image's value stands behind coordinates that the program writes",
        "it does not",
    ),
    PrivateName(
        "matplotlib.backend_bases._Mode",
        ("_navigate_mode",),
        "the Axes of a new update know of the tool in hand",
        "nothing; none is needed since Matplotlib 3.11",
        until=(3, 11),
    ),
    PrivateName(
        "matplotlib.backends.backend_qt.NavigationToolbar2QT",
        ("_icon",),
        "icons fade where a button is disabled",
        "they look as Matplotlib has them",
    ),
    PrivateName(
        "matplotlib.backends.backend_qt.NavigationToolbar2QT",
        ("_update_buttons_checked",),
        "which tool is in hand, in a window shown as pictures",
        "the buttons show it when the kernel has said so",
    ),
    PrivateName(
        "matplotlib.backends.backend_qt.NavigationToolbar2QT",
        ("_subplot_dialog",),
        "a new dialog of subplots where the old one cannot be turned to a new update",
        "nothing, as long as it can",
    ),
    PrivateName(
        "matplotlib.backends.backend_qt.SubplotToolQt",
        ("_figure",),
        "the dialog of subplots is turned to the newest update",
        "each opening makes a new one",
    ),
    PrivateName(
        "matplotlib.backends.backend_qt.FigureManagerQT",
        ("_toolbar2_class",),
        "Matplotlib makes the toolbar",
        "we add it to the window",
    ),
)
