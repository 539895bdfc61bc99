"""The private names that the kernel's side uses."""

from __future__ import annotations

from .entry import PrivateName
from .states import STATES

__all__ = ["KERNEL"]

_GUARD = "no cell-run guard; cells may be lost where a GUI loop runs"

KERNEL: tuple[PrivateName, ...] = (
    *STATES,
    # -- following ---------------------------------------------------------------------
    PrivateName(
        "matplotlib.axes.Axes",
        ("_children",),
        "an Axes that is being rebuilt is told from one whose data change",
        "a figure that is rebuilt may be shown in the middle of it",
    ),
    PrivateName(
        "matplotlib",
        ("_pylab_helpers",),
        "pyplot's list of figures",
        "it is taken from `matplotlib.backend_bases`",
    ),
    PrivateName(
        "matplotlib.backend_bases.Event",
        ("_process",),
        "code of events is not in the middle of a change while it calls the program",
        "a figure is not followed while a callback computes",
    ),
    PrivateName(
        "matplotlib.backend_bases",
        ("_mouse_handler",),
        "callbacks for entering and leaving an Axes are not in the middle of a change",
        "a figure is not followed while such a callback computes",
    ),
    PrivateName(
        "matplotlib.animation.Animation",
        ("_fig",),
        "while an animation is saved only its own figure waits",
        "while an animation's program writes the file all figures wait",
    ),
    PrivateName(
        "matplotlib.backend_bases.Event",
        ("_guiEvent_deleted",),
        "what the window has sent is not read after its event",
        "nothing; Matplotlib itself has it no more since 3.10",
        until=(3, 10),
    ),
    PrivateName(
        "matplotlib.backend_bases.TimerBase",
        ("_on_timer", "_timer_set_interval"),
        "timers call the program; code of timers counts as the program's meanwhile",
        "our own code calls it; a new interval holds from the next call on",
    ),
    # -- layout and drawing in the kernel ----------------------------------------------
    PrivateName(
        "matplotlib.backend_bases.RendererBase",
        ("_draw_disabled",),
        "a layout draws nothing",
        "a layout takes as long as a drawing",
    ),
    PrivateName(
        "matplotlib.text.Text",
        ("_renderer",),
        "`draw()` sets what is cheap; a text is placed when its box is read",
        "`draw()` lays the whole figure out, which takes half as long as drawing it",
    ),
    PrivateName(
        "matplotlib.axes.Axes",
        ("_left_title", "_right_title"),
        "the same, of titles",
        "the same of all texts in the Axes",
    ),
    PrivateName(
        "matplotlib.ticker.ScalarFormatter",
        ("_powerlimits",),
        "the factor beside an axis is known without its ticks",
        "`draw()` computes the ticks, which takes longer",
    ),
    PrivateName(
        "matplotlib.axes.Axes",
        ("_viewLim",),
        "limits are read without computing them",
        "callbacks of limits may be called a little earlier",
    ),
    PrivateName(
        "matplotlib.figure.Figure",
        ("_set_dpi",),
        "a picture of more than 16 Mpx is drawn with fewer dots per inch",
        "every second or third pixel of it is shown",
    ),
    PrivateName(
        "matplotlib.backend_bases.FigureCanvasBase",
        ("_idle_draw_cntx",),
        "pyplot asks for no drawing while callbacks of `draw_event` run",
        "a figure with such callbacks may be drawn once more",
    ),
    PrivateName(
        "matplotlib.widgets.Button",
        ("_useblit",),
        "widgets draw without blitting",
        "a program that asks for `useblit=True` may not see its selector",
    ),
    # -- toolbar, keys, callbacks ------------------------------------------------------
    PrivateName(
        "matplotlib.backend_bases.FigureManagerBase",
        ("_toolbar2_class", "_toolmanager_toolbar_class"),
        "Matplotlib makes the toolbar",
        "we make it, after hooks of new figures have run",
    ),
    PrivateName(
        "matplotlib.backend_bases.NavigationToolbar2",
        ("_nav_stack",),
        "whether Back and Forward do something, in a window shown as pictures",
        "they can always be pressed",
    ),
    PrivateName(
        "matplotlib.cbook._Stack",
        ("_pos",),
        "the same",
        "they can always be pressed",
    ),
    PrivateName(
        "matplotlib.backend_bases.NavigationToolbar2",
        ("_wait_cursor_for_draw_cm",),
        "drawing in the kernel does not change the mouse's shape",
        "the mouse may look busy for a moment",
    ),
    PrivateName(
        "matplotlib.backend_managers.ToolManager",
        ("_key_press", "_key_press_handler_id"),
        "keys on which the window has acted are not acted on again",
        "Matplotlib's own tools have no keys in a window shown as pictures",
    ),
    PrivateName(
        "matplotlib.backend_tools",
        ("_register_tool_class",),
        "the tools of a tool manager act in the window",
        "they act on the program's figure",
    ),
    PrivateName(
        "matplotlib.cbook.CallbackRegistry",
        ("_remove_proxy",),
        "the end of an object with callbacks is noticed",
        "the window sends events that nobody wants until the next connection",
    ),
    # -- IPython's kernel --------------------------------------------------------------
    PrivateName(
        "ipykernel.kernelbase.Kernel",
        ("_input_request",),
        "callbacks run while a cell waits for `input()`",
        "they run when it has been answered",
    ),
    PrivateName(
        "ipykernel.kernelbase.Kernel",
        ("_aborting",),
        "the guard waits while cells behind an error are refused",
        "a GUI loop is entered meanwhile, and refused cells are answered later",
    ),
    PrivateName(
        "ipykernel.kernelbase.Kernel",
        ("_main_asyncio_lock",),
        "the guard knows the order of requests",
        _GUARD,
        since=(7,),
    ),
    PrivateName(
        "zmq.eventloop.zmqstream.ZMQStream",
        ("_recv_callback", "_recv_copy"),
        "the guard counts requests",
        _GUARD,
    ),
)
