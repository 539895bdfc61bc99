"""All of Matplotlib's widgets work from a window that is in another process."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib import widgets

from jlab_qtwindows.protocol.messages import InputEvent, UpdateFigure


def nothing(*selected):
    """Do nothing with what is selected."""


@pytest.fixture
def figure(plt):
    """Return a figure whose window is open, with one Axes over all of it."""
    figure = plt.figure(figsize=(4, 4), dpi=100)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, 1), ylim=(0, 1))
    return figure


@pytest.fixture
def axes(figure):
    return figure.axes[0]


@pytest.fixture
def user(host, figure, deliver):
    """Return what a user can do in the window; places are fractions of it."""
    host.welcome()
    host.show()
    window_id = figure.canvas.followed.window_id

    class User:
        def event(self, kind, x, y, **fields):
            return InputEvent(window_id, f"{kind}_event", x, y, **fields)

        def press(self, x, y, **fields):
            return self.event("button_press", x, y, button=1, **fields)

        def move(self, x, y):
            return self.event("motion_notify", x, y, button=1, buttons=[1])

        def release(self, x, y):
            return self.event("button_release", x, y, button=1)

        def click(self, *place):
            deliver(figure, self.press(*place), self.release(*place))

        def drag(self, *places):
            for event in (
                self.press(*places[0]),
                *(self.move(*place) for place in places[1:]),
                self.release(*places[-1]),
            ):
                deliver(figure, event)

        def type(self, keys, x=0.5, y=0.5):
            for key in keys:
                deliver(figure, self.event("key_press", x, y, key=key))

    return User()


@pytest.fixture
def shown_again(host, figure):
    """Check, at the end, that the window got a state with what has changed."""
    yield
    update, _ = host.receive(UpdateFigure)
    assert update.window_id == figure.canvas.followed.window_id


@pytest.mark.usefixtures("shown_again")
class TestControls:
    def test_button(self, axes, user):
        clicks = []
        button = widgets.Button(axes, "press")
        button.on_clicked(clicks.append)

        user.click(0.5, 0.5)
        button.label.set_text("pressed")

        assert len(clicks) == 1

    def test_check_buttons(self, axes, user):
        buttons = widgets.CheckButtons(axes, ["a"], [False])
        x, y = buttons._frames.get_offsets()[0]

        user.click(x, y)

        assert buttons.get_status() == [True]

    def test_radio_buttons(self, axes, user):
        buttons = widgets.RadioButtons(axes, ["a", "b"])
        x, y = buttons._buttons.get_offsets()[1]

        user.click(x, y)

        assert buttons.value_selected == "b"

    def test_slider(self, axes, user):
        slider = widgets.Slider(axes, "", 0, 1, valinit=0.1)

        user.drag((0.1, 0.5), (0.4, 0.5), (0.75, 0.5))

        assert slider.val == pytest.approx(0.75)

    def test_range_slider(self, axes, user):
        slider = widgets.RangeSlider(axes, "", 0, 1, valinit=(0.2, 0.8))

        user.drag((0.8, 0.5), (0.7, 0.5), (0.6, 0.5))

        assert slider.val == (pytest.approx(0.2), pytest.approx(0.6))

    def test_text_box(self, axes, user):
        submitted = []
        box = widgets.TextBox(axes, "", textalignment="left")
        box.on_submit(submitted.append)

        user.click(0.5, 0.5)
        user.type([*"loq", "enter"])  # all of them keys of a window too

        assert submitted == ["loq"]

    def test_cursor(self, axes, user, deliver, figure):
        cursor = widgets.Cursor(axes)

        deliver(figure, user.event("motion_notify", 0.25, 0.5))

        assert cursor.lineh.get_visible()
        assert cursor.linev.get_xdata()[0] == pytest.approx(0.25)

    # The canvas is asked for by Matplotlib below 3.11, and by no later one.
    @pytest.mark.filterwarnings("ignore::matplotlib.MatplotlibDeprecationWarning")
    def test_multi_cursor(self, axes, user, deliver, figure):
        cursor = widgets.MultiCursor(None, [axes])

        deliver(figure, user.event("motion_notify", 0.25, 0.5))

        assert cursor.vlines[0].get_xdata()[0] == pytest.approx(0.25)


@pytest.mark.usefixtures("shown_again")
class TestSelectors:
    def test_span(self, axes, user):
        selector = widgets.SpanSelector(axes, lambda *span: None, "horizontal")

        user.drag((0.25, 0.5), (0.5, 0.5), (0.75, 0.5))

        assert selector.extents == (pytest.approx(0.25), pytest.approx(0.75))

    @pytest.mark.parametrize(
        "kind", [widgets.RectangleSelector, widgets.EllipseSelector]
    )
    def test_box(self, axes, user, kind):
        selector = kind(axes, nothing, interactive=True)

        user.drag((0.2, 0.3), (0.4, 0.4), (0.6, 0.7))

        assert selector.extents == pytest.approx((0.2, 0.6, 0.3, 0.7))

    def test_polygon(self, axes, user):
        selector = widgets.PolygonSelector(axes, lambda vertices: None)

        for place in [(0.2, 0.2), (0.8, 0.2), (0.5, 0.8), (0.2, 0.2)]:
            user.drag(place, place)

        assert np.allclose(selector.verts, [(0.2, 0.2), (0.8, 0.2), (0.5, 0.8)])

    @pytest.mark.parametrize("kind", [widgets.LassoSelector])
    def test_lasso(self, axes, user, kind):
        drawn = []
        selector = kind(axes, drawn.append)

        user.drag((0.2, 0.2), (0.8, 0.2), (0.5, 0.8))

        assert len(drawn[0]) >= 3
        assert selector.active


@pytest.mark.parametrize(
    "make",
    [
        lambda axes: widgets.SpanSelector(
            axes, nothing, "horizontal", useblit=True, interactive=True
        ),
        lambda axes: widgets.RectangleSelector(
            axes, nothing, useblit=True, interactive=True
        ),
        lambda axes: widgets.EllipseSelector(axes, nothing, useblit=True),
        lambda axes: widgets.PolygonSelector(axes, nothing, useblit=True),
        lambda axes: widgets.LassoSelector(axes, nothing, useblit=True),
    ],
)
def test_what_a_selector_draws_is_seen_though_it_wants_to_blit(axes, make):
    selector = make(axes)

    # Animated ones are drawn by whoever blits, and this canvas does not.
    assert not any(artist.get_animated() for artist in selector.artists)


def test_a_new_rectangle_can_be_moved_by_its_middle(axes, user):
    selector = widgets.RectangleSelector(axes, nothing, interactive=True)
    user.drag((0.2, 0.2), (0.3, 0.3), (0.4, 0.4))

    user.drag((0.3, 0.3), (0.4, 0.4), (0.5, 0.5))

    assert selector.extents == pytest.approx((0.4, 0.6, 0.4, 0.6))
