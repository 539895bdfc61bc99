"""Programs that listen to `draw_event` have each change drawn, on the main thread."""

from __future__ import annotations

import threading

from handhost import LIMIT
from matplotlib.transforms import Bbox
from matplotlib.widgets import Cursor

from jlab_qtwindows.kernel.input.inputs import has_draw_listeners

FULL = Bbox([[0, 0], [640, 480]])  # px


def test_a_listener_of_draw_event_gets_it_with_a_renderer(canvas):
    events = []
    canvas.mpl_connect("draw_event", events.append)

    canvas.draw()

    (event,) = events
    assert event.canvas is canvas
    assert event.renderer is canvas.get_renderer()


def test_a_listener_of_draw_event_may_change_and_copy_the_picture(figure, canvas):
    regions = []

    def listener(event):
        figure.axes[0].set_title("drawn")
        regions.append(canvas.copy_from_bbox(FULL))

    canvas.mpl_connect("draw_event", listener)

    canvas.draw()

    assert len(regions) == 1


def test_what_a_listener_of_draw_event_changes_is_a_change(figure, canvas):
    canvas.mpl_connect("draw_event", lambda event: figure.axes[0].set_title("drawn"))
    canvas.draw()
    before = canvas.followed.changes.newest

    figure.axes[0].set_title("changed")
    canvas.draw()

    assert canvas.followed.changes.newest > before + 1


def test_a_change_is_told_to_listeners_of_draw_event(host, client, pyplot):
    pyplot.ion()
    figure = pyplot.figure()
    host.welcome()
    host.show()
    drawn = []
    figure.canvas.mpl_connect("draw_event", drawn.append)
    client.main_queue.run_pending()
    before = len(drawn)

    figure.suptitle("new")  # nobody calls draw()
    client.main_queue.run_pending()

    assert len(drawn) == before + 1


def test_a_listener_that_asks_for_a_drawing_is_not_called_without_end(
    host, client, pyplot
):
    pyplot.ion()
    figure = pyplot.figure()
    drawn = []

    def listener(event):
        drawn.append(1)
        figure.canvas.draw_idle()

    figure.canvas.mpl_connect("draw_event", listener)
    for _ in range(5):
        client.main_queue.run_pending()

    assert len(drawn) == 1


def test_a_change_by_another_thread_is_not_drawn_in_the_middle_of_it(client, pyplot):
    pyplot.ion()
    figure = pyplot.figure()
    figure.add_subplot()
    drawn = []
    figure.canvas.mpl_connect("draw_event", drawn.append)
    client.main_queue.run_pending()
    drawn.clear()

    thread = threading.Thread(target=lambda: figure.axes[0].plot([1, 2]))
    thread.start()
    thread.join(LIMIT)
    client.main_queue.run_pending()

    assert drawn == []


def test_a_widget_of_matplotlib_is_not_drawn_for(client, pyplot):
    pyplot.ion()
    figure, axes = pyplot.subplots()
    cursor = Cursor(axes)

    assert not has_draw_listeners(figure.canvas)
    assert not figure.canvas._local_drawing.is_posted
    assert cursor.canvas is figure.canvas


def test_a_listener_that_changes_the_figure_is_not_called_for_it(host, client, pyplot):
    pyplot.ion()
    figure = pyplot.figure()
    host.welcome()
    host.show()
    drawn = []

    def listener(event):
        drawn.append(1)
        figure.suptitle(f"drawn {len(drawn)} times")

    figure.canvas.mpl_connect("draw_event", listener)
    client.main_queue.run_pending()
    client.main_queue.run_pending()

    assert len(drawn) == 1
