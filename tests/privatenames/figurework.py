"""What kernel and window process do with a figure, all in this process.

Run where a private name is gone: nothing may fail, and the window must show what Agg
draws of the same figure.
"""

from __future__ import annotations

import datetime
import io
import logging

import numpy as np


def all_of_it() -> str:
    """Do it; return how the figure has travelled."""
    errors = _Errors()
    logging.getLogger("jlab_qtwindows").addHandler(errors)
    import matplotlib as mpl

    mpl.use("qtwindows")
    mpl.interactive(False)
    from matplotlib import pyplot as plt
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure = many_kinds(plt.figure(figsize=(6, 4)))
    figure.canvas.draw()
    figure.canvas.settle()
    twin = many_kinds(mpl.figure.Figure(figsize=(6, 4)))
    expected = pixels(twin, FigureCanvasAgg)
    transfer = show_in_window(figure, expected)
    size = (4, 3)
    shared = share(plt.figure(figsize=size), plt.figure(figsize=size))
    twin = share(mpl.figure.Figure(size), mpl.figure.Figure(size))
    expected = pixels(twin, FigureCanvasAgg)
    work_in_kernel(plt, shared)
    show_in_window(shared, expected, use=True)
    plt.close("all")
    assert not errors.found, errors.found
    return transfer


class _Errors(logging.Handler):
    """Whatever our code reports as an error."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.found = []

    def emit(self, record):
        self.found.append(self.format(record))


# -- figures ---------------------------------------------------------------------------


def many_kinds(figure):
    """Draw what depends on private names: bent bars, colorbars, dates, 3D."""
    lines = figure.add_subplot(3, 3, 1, title="lines")
    lines.set_title("left", loc="left")
    lines.plot(1e6 * np.arange(9), np.sin(np.arange(9)), "o--", label="sine")
    lines.axhline(0.5, gid="bent where it is in polar Axes")
    lines.legend()
    lines.grid()
    polar = figure.add_subplot(3, 3, 2, projection="polar")
    polar.bar([0, 1.5, 3], [1, 3, 2], width=1.2)
    polar.axhline(2)
    image = figure.add_subplot(3, 3, 3)
    shown = image.imshow(np.outer(np.arange(4), np.arange(5)))
    figure.colorbar(shown, extend="max")
    dates = figure.add_subplot(3, 3, 4)
    days = [datetime.datetime(2024, 1, day) for day in (1, 5, 9)]
    dates.plot(days, [1, 3, 2])
    first = figure.add_subplot(3, 3, 5, projection="3d")
    first.plot([1, 2], [1, 3], [2, 1])
    figure.add_subplot(3, 3, 6, projection="3d", shareview=first).bar3d(
        1, 2, 0, 1, 1, 1
    )
    equal = figure.add_subplot(3, 3, 7, aspect="equal")
    equal.scatter([1, 2, 3], [1, 5, 2], c=[3, 1, 2])
    text = figure.add_subplot(3, 3, 8, yscale="log", sharex=equal)
    text.annotate("word", (2, 5), (2.5, 50), arrowprops={"arrowstyle": "->"})
    text.plot(np.ma.masked_greater([1, 20, 300, 7], 250))
    twin = text.twinx()
    twin.plot([1, 2], [5, 3], color="r")
    return figure


def share(figure, other):
    """Draw a figure that shares an axis and a colormap with another one."""
    theirs = other.add_subplot()
    theirs.set_xlim(0, 3)
    theirs.plot([1, 5, 2])
    mesh = theirs.pcolormesh(np.outer(np.arange(3), np.arange(3)), cmap="hot")
    ours = figure.add_subplot(1, 2, 1, sharex=theirs)
    ours.plot([3, 1, 2])
    ours.set_title("ours")
    figure.colorbar(mesh, cax=figure.add_axes((0.7, 0.1, 0.05, 0.8)))
    return figure


def pixels(figure, canvas_class):
    canvas = canvas_class(figure)
    canvas.draw()
    canvas.draw()  # a layout may move between the first and the second time
    return np.array(canvas.buffer_rgba())


# -- the kernel ------------------------------------------------------------------------


def work_in_kernel(plt, figure):
    """Do what a program does with a canvas, its window and its callbacks."""
    from matplotlib.backend_bases import MouseEvent
    from matplotlib.widgets import Button

    from jlab_qtwindows.kernel.follow.contents import structure_of
    from jlab_qtwindows.kernel.input.callbacks import process

    canvas, axes = figure.canvas, figure.axes[0]
    canvas.layout.restore()
    structure_of(figure)
    assert axes.title.get_window_extent().width > 0
    heard = []
    for signal in ("button_press_event", "draw_event"):
        canvas.mpl_disconnect(canvas.mpl_connect(signal, heard.append))
    cid = canvas.mpl_connect("button_press_event", heard.append)
    process(MouseEvent("button_press_event", canvas, 100, 100, 1))
    canvas.mpl_disconnect(cid)
    assert len(heard) == 1
    told = []
    cid = axes.callbacks.connect("xlim_changed", told.append)
    axes.set_xlim(axes.get_xlim())
    canvas.draw()
    axes.callbacks.disconnect(cid)
    assert told
    use_toolbar(canvas)
    use_timer(canvas)
    canvas.flush_events()
    figure.savefig(io.BytesIO(), format="png", dpi=30)
    draw_for_listeners(plt.figure())
    filter_pixels(plt.figure())
    Button(plt.figure().add_subplot(), "press", useblit=True)
    use_tools(plt)


def use_toolbar(canvas):
    toolbar = canvas.manager.toolbar
    toolbar.zoom()
    toolbar.zoom()
    toolbar.home()
    toolbar.set_history_buttons()
    assert toolbar.mode == ""


def use_timer(canvas):
    from jlab_qtwindows.kernel.link.client import get_client

    calls = []
    timer = canvas.new_timer(interval=5)
    timer.add_callback(lambda: calls.append(1) or len(calls) < 2)
    timer.start()
    timer.interval = 2
    get_client().main_queue.run_until(lambda: len(calls) == 2, 10)
    assert len(calls) == 2
    assert not timer.callbacks


def draw_for_listeners(figure):
    """Have it drawn in here for a callback, which must not go on for ever."""
    from jlab_qtwindows.kernel.link.client import get_client

    drawn = []
    figure.canvas.mpl_connect("draw_event", drawn.append)
    figure.add_subplot().plot([1, 2])
    figure.canvas.draw()
    get_client().main_queue.run_until(lambda: len(drawn) > 20, 0.3)
    assert 1 <= len(drawn) < 20


def filter_pixels(figure):
    """Draw with a filter, which reads the picture while it is being drawn."""
    (line,) = figure.add_subplot().plot([1, 2])
    line.set_agg_filter(lambda image, dpi: (image, 0, 0))
    figure.canvas.draw()
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    shown = np.array(figure.canvas.buffer_rgba())
    expected = pixels(figure, FigureCanvasAgg)
    np.testing.assert_array_equal(shown, expected)


def use_tools(plt):
    """Have a figure with a tool manager, and press a key of it."""
    import warnings

    from matplotlib.backend_bases import KeyEvent

    from jlab_qtwindows.kernel.input.callbacks import process

    with warnings.catch_warnings(), plt.rc_context():
        warnings.simplefilter("ignore")
        plt.rcParams["toolbar"] = "toolmanager"
        canvas = plt.figure().canvas
    assert canvas.manager.toolbar is not None
    process(KeyEvent("key_press_event", canvas, "p"))


# -- the window ------------------------------------------------------------------------


def show_in_window(figure, expected, *, use=False):
    """Show a state in a real window, and use that; return how it has travelled."""
    from matplotlib.backends.qt_compat import QtWidgets

    from jlab_qtwindows.host.figure import ticks
    from jlab_qtwindows.host.window.window import HostWindow
    from jlab_qtwindows.protocol.messages import OpenFigure

    # Before there is a window, whose settings are in force here, too.
    transfer, update = travel(figure, 1)
    application = QtWidgets.QApplication.instance() or QtWidgets.QApplication([])
    ticks.install()
    height, width = expected.shape[:2]
    closed = []
    window = HostWindow(
        peer(),
        OpenFigure("w1", 1, "Figure 1", width, height, 1.0, True),
        on_changed=lambda window: None,
        on_closed=closed.append,
        send=lambda identity, message: None,
    )
    window.window.show()
    application.processEvents()
    window.content.show(update)
    window.canvas.draw()
    seen = np.array(window.canvas.renderer.buffer_rgba())
    assert seen.shape == expected.shape, (seen.shape, expected.shape)
    differing = (seen != expected).any(axis=2).mean()
    assert differing == 0, f"{differing:.1%} of the pixels differ ({transfer})"
    if use:
        use_window(window, figure, application)
    window.window.close()
    application.processEvents()
    assert closed == [window]
    window.close()
    application.processEvents()
    return transfer


def travel(figure, revision):
    """Return the newest state as the window gets it, by the best way that there is."""
    from jlab_qtwindows.host.figure.mirror import (
        UnreadableFigure,
        load_frame,
        load_mirror,
    )
    from jlab_qtwindows.host.wire.inbox import Update
    from jlab_qtwindows.kernel.snapshot.snapshot import Rung, take_snapshot
    from jlab_qtwindows.protocol.errors import FigureNotTransferable
    from jlab_qtwindows.protocol.messages import UpdateFigure

    for rung in Rung:
        try:
            snapshot = take_snapshot(figure, rung)
            parts = [bytes(part) for part in snapshot.parts]
            if rung is Rung.FRAMES:
                mirror = load_frame(parts, snapshot.width, snapshot.height)
            else:
                mirror = load_mirror(parts)
        except (FigureNotTransferable, UnreadableFigure) as error:
            why = str(error)
            continue
        why = "" if rung is Rung.MIRROR else why
        size = {"width": snapshot.width, "height": snapshot.height}
        frame = size if rung is Rung.FRAMES else {}
        message = UpdateFigure(
            "w1", revision, snapshot.kind, rung.transfer, why, **frame
        )
        return rung.transfer, Update(message, mirror)
    raise AssertionError(f"the figure does not travel: {why}")


def use_window(window, figure, application):
    """Do what a user does: zoom, dialogs, a key, while new states come."""
    from matplotlib.backends.qt_compat import QtWidgets

    from jlab_qtwindows.host.window.pictures import export, thumbnail

    toolbar, canvas = window.manager.toolbar, window.canvas
    shows_frames = toolbar.shows_frames
    drag_zoom(canvas, toolbar)
    zoomed = canvas.figure.axes[0].get_xlim() if not shows_frames else None
    figure.axes[0].plot([0, 2], [0, 0.5])
    _, update = travel(figure, 2)
    window.content.show(update)
    canvas.draw_when_visible()
    if not shows_frames:
        np.testing.assert_allclose(canvas.figure.axes[0].get_xlim(), zoomed)
        toolbar.configure_subplots()
        for dialog in window.window.findChildren(QtWidgets.QDialog):
            dialog.reject()
    toolbar.home()
    toolbar.back()
    toolbar.forward()
    canvas.draw()
    window.window.hide()
    canvas.draw_when_visible()
    assert thumbnail(canvas, 100)[0]
    assert export(canvas, "png", None)
    window.canvas.forget_view()
    application.processEvents()
    assert not canvas.draw_error


def drag_zoom(canvas, toolbar):
    """Zoom into the middle of the first Axes with the mouse."""
    from PyQt5.QtCore import QEvent, QPoint, QPointF, Qt
    from PyQt5.QtGui import QMouseEvent
    from PyQt5.QtTest import QTest
    from PyQt5.QtWidgets import QApplication

    if toolbar.shows_frames:
        return
    left, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    axes = canvas.figure.axes[0]
    before, box = axes.get_xlim(), axes.bbox
    start, end = (
        QPoint(
            int(box.x0 + share * box.width),
            int(canvas.height() - box.y0 - share * box.height),
        )
        for share in (0.3, 0.7)
    )
    toolbar.zoom()
    QTest.mousePress(canvas, left, plain, start)
    moved = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(end), Qt.MouseButton.NoButton, left, plain
    )
    QApplication.sendEvent(canvas, moved)
    QTest.mouseRelease(canvas, left, plain, end)
    toolbar.zoom()
    assert axes.get_xlim() != before


def peer():
    from jlab_qtwindows.host.wire.peers import Peer

    return Peer(b"peer", "kernel", "k1", "work.ipynb", 1)
