"""Whether code that Matplotlib calls runs at a safe point."""

from __future__ import annotations

import warnings

import pytest
from matplotlib.animation import FuncAnimation
from matplotlib.backend_bases import KeyEvent, MouseButton, MouseEvent
from matplotlib.backend_managers import ToolManager
from matplotlib.backend_tools import ToolBase, ToolToggleBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.widgets import Button, Slider, SpanSelector

from jlab_qtwindows.kernel.follow.safepoint import all_clear


class TestCallbacks:
    """Matplotlib that calls the program is done, or has not begun; or it is not."""

    @pytest.fixture
    def send(self, figure):
        """Return a function that has the canvas dispatch a mouse event."""

        def send(name, x=0.5, y=0.5, button=MouseButton.LEFT):
            width, height = figure.bbox.size
            MouseEvent(name, figure.canvas, x * width, y * height, button)._process()

        return send

    def test_a_button_and_a_slider(self, figure, send, callback):
        button = Button(figure.add_axes((0, 0, 1, 0.5)), "run")
        button.on_clicked(callback)
        slider = Slider(figure.add_axes((0, 0.5, 1, 0.5)), "", 0, 1, valinit=0)
        slider.on_changed(callback)

        send("button_press_event", y=0.2)
        send("button_release_event", y=0.2)
        send("button_press_event", y=0.75)
        slider.set_val(0.1)

        assert callback.clear == [True, True, True]

    def test_a_selector(self, figure, send, callback):
        (axes,) = figure.axes
        selector = SpanSelector(axes, callback, "horizontal")
        send("button_press_event", 0.4)
        send("motion_notify_event", 0.6)
        send("button_release_event", 0.6)

        assert selector.extents[1] > selector.extents[0]
        assert callback.clear == [True]

    def test_a_pick(self, figure, send, callback):
        (line,) = figure.axes[0].plot([0, 1], [0, 1], picker=True, pickradius=50)
        figure.canvas.draw()
        figure.canvas.mpl_connect("pick_event", callback)
        figure.canvas.mpl_connect("button_press_event", figure.pick)
        send(
            "button_press_event",
            *figure.transFigure.inverted().transform(
                line.axes.transData.transform((0.5, 0.5))
            ),
        )

        assert callback.clear
        assert all(callback.clear)

    def test_an_axes_that_is_entered_or_left(self, figure, send, callback):
        figure.canvas.mpl_connect("axes_enter_event", callback)
        figure.canvas.mpl_connect("axes_leave_event", callback)

        send("motion_notify_event")
        send("motion_notify_event", 0, 0)

        assert callback.clear == [True, True]

    def test_a_tool_of_the_tool_manager(self, figure, callback):
        class Tool(ToolBase):
            default_keymap = ("x",)

            def trigger(self, *arguments):
                callback()

        class Toggle(ToolToggleBase):
            def enable(self, event=None):
                callback()

        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # tool managers are new
            tools = ToolManager(figure)
        tools.add_tool("tool", Tool)
        tools.add_tool("toggle", Toggle)
        KeyEvent("key_press_event", figure.canvas, "x")._process()
        tools.trigger_tool("toggle")

        assert callback.clear == [True, True]

    def test_an_animation(self, figure, callback):
        animation = FuncAnimation(
            figure, callback, frames=3, repeat=False, cache_frame_data=False
        )
        animation._step()
        animation.pause()

        # The second time is at the end of the first drawing, which is not over.
        assert callback.clear == [True, False]

    def test_what_the_callback_calls_counts(self, figure, inside_matplotlib):
        seen = []
        button = Button(figure.axes[0], "run")
        button.on_clicked(
            lambda event: inside_matplotlib(lambda: seen.append(all_clear()))
        )

        button._observers.process("clicked", None)

        assert seen == [False]

    def test_new_limits_and_norms_are_not_done(self, figure, callback):
        (axes,) = figure.axes
        axes.callbacks.connect("xlim_changed", callback)
        image = axes.imshow([[0, 1]])
        image.callbacks.connect("changed", callback)

        axes.set_xlim(3, 4)
        image.set_clim(0, 5)

        assert len(callback.clear) >= 2
        assert not any(callback.clear)

    def test_nor_is_a_drawing(self, figure, callback):
        figure.canvas.mpl_connect("draw_event", callback)

        FigureCanvasAgg.draw(figure.canvas)

        assert callback.clear == [False]

    def test_a_widget_that_sets_limits_is_not_done(self, figure, callback):
        (axes,) = figure.axes
        axes.callbacks.connect("ylim_changed", callback)
        slider = Slider(figure.add_axes((0, 0, 1, 0.1)), "", 0, 1, valinit=0)
        slider.on_changed(lambda value: axes.set_ylim(0, 1 + value))

        slider.set_val(0.5)

        assert callback.clear
        assert not any(callback.clear)
