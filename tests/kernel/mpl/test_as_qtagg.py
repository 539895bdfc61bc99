"""What a program gets of canvas, manager and pyplot is what QtAgg gives it.

Each row is run under both backends, each in a process of its own, with a new figure of
400 x 300 px. A row leaves its answer in `result`.
"""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from desktop import virtual_desktop
from handhost import LIMIT

pytestmark = pytest.mark.e2e

# What the rows share.
PROGRAM = """
import json, sys, warnings
import matplotlib as mpl
mpl.use(sys.argv[1])
import matplotlib.pyplot as plt
from matplotlib.backend_bases import KeyEvent, MouseButton, MouseEvent
warnings.filterwarnings("ignore", message="Treat the new Tool classes")

def press(x=200, y=150, button=1, **options):
    MouseEvent("button_press_event", canvas, x, y, button, **options)._process()

def release(x=200, y=150, button=1):
    MouseEvent("button_release_event", canvas, x, y, button)._process()

def move(x=200, y=150):
    MouseEvent("motion_notify_event", canvas, x, y)._process()

def key(name):
    KeyEvent("key_press_event", canvas, name, 200, 150)._process()

def soon(function, milliseconds=20):
    timer = canvas.new_timer(milliseconds)
    timer.single_shot = True
    timer.add_callback(function)
    timer.start()
    kept.append(timer)

for row, code in json.load(sys.stdin).items():
    kept = []
    fig = plt.figure(figsize=(4, 3), dpi=100)
    ax = fig.add_axes((0, 0, 1, 1), xlim=(0, 4), ylim=(0, 3))
    canvas, manager = fig.canvas, fig.canvas.manager
    result = None
    try:
        exec(code)
    except Exception as error:
        result = type(error).__name__, str(error)
    plt.close("all")
    mpl.rcdefaults()
    mpl.rcParams["toolbar"] = "toolbar2"
    print("ROW", json.dumps([row, result], default=str), flush=True)
"""

ROWS = {
    "the id of the key handler": """
key("l")
before = ax.get_yscale()
canvas.mpl_disconnect(manager.key_press_handler_id)
key("k")
result = type(manager.key_press_handler_id).__name__, before, ax.get_xscale()
""",
    "the id of the button handler": """
canvas.mpl_disconnect(manager.button_press_handler_id)
result = type(manager.button_press_handler_id).__name__
""",
    "a disconnected callback": """
heard = []
cid = canvas.mpl_connect("button_press_event", lambda e: heard.append(e.x))
press(10)
canvas.mpl_disconnect(cid)
press(20)
canvas.mpl_disconnect(cid)
canvas.mpl_disconnect(10_000)
result = heard
""",
    "an event that there is not": """
canvas.mpl_connect("no_such_event", print)
""",
    "pyplot's own connecting": """
heard = []
cid = plt.connect("key_press_event", lambda e: heard.append(e.key))
key("x")
plt.disconnect(cid)
key("y")
result = heard
""",
    "a timer that rings once": """
heard = []
timer = canvas.new_timer(interval=15, callbacks=[(heard.append, [1], {})])
timer.single_shot = True
timer.start()
canvas.start_event_loop(0.3)
result = heard, timer.single_shot, timer.interval
""",
    "a timer that rings until it is stopped": """
heard = []
timer = canvas.new_timer(interval=10)
def ring():
    heard.append(1)
    if len(heard) == 3:
        timer.stop()
timer.add_callback(ring)
timer.start()
canvas.start_event_loop(0.5)
result = len(heard)
""",
    "a timer whose callback is done": """
heard = []
timer = canvas.new_timer(interval=10)
timer.add_callback(lambda: heard.append("once") or False)
timer.add_callback(lambda: heard.append("again") or len(heard) < 5)
timer.start()
canvas.start_event_loop(0.5)
result = heard
""",
    "the interval of a timer": """
timer = canvas.new_timer()
first = timer.interval
timer.interval = 12.7
result = first, timer.interval, timer.single_shot
""",
    "file types": """
result = sorted(canvas.get_supported_filetypes().items())
""",
    "file types in groups": """
groups = canvas.get_supported_filetypes_grouped()
result = sorted(groups.items()), canvas.get_default_filetype()
""",
    "the name of a file": """
manager.set_window_title("a title / of mine")
result = canvas.get_default_filename()
""",
    "the Axes at a place": """
right = fig.add_axes((0.5, 0, 0.5, 1))
fig.add_axes((0.5, 0.5, 0.5, 0.5)).set_visible(False)
found = [canvas.inaxes((x, 200)) for x in (100, 300, 900)]
result = [{ax: "left", right: "right", None: "none"}[a] for a in found]
""",
    "the mouse that an Axes has grabbed": """
other = fig.add_axes((0.5, 0, 0.5, 1))
heard = []
canvas.mpl_connect("motion_notify_event", lambda e: heard.append(e.inaxes is ax))
canvas.grab_mouse(ax)
move(300)
try:
    canvas.grab_mouse(other)
except RuntimeError as error:
    heard.append(str(error))
canvas.release_mouse(other)
grabbed = canvas.mouse_grabber is ax
canvas.release_mouse(ax)
move(300)
result = heard, grabbed, canvas.mouse_grabber
""",
    "the lock of the widgets": """
lock = canvas.widgetlock
first, second = object(), object()
lock(first)
state = [lock.locked(), lock.available(second), lock.isowner(first)]
for act in (lock, lock.release):
    try:
        act(second)
    except ValueError as error:
        state.append(str(error).replace("alredy", "already"))
lock.release(first)
result = state, lock.locked()
""",
    "a tool that holds the lock": """
manager.toolbar.zoom()
locked, mode = canvas.widgetlock.locked(), str(manager.toolbar.mode)
manager.toolbar.zoom()
result = locked, mode, canvas.widgetlock.locked(), str(manager.toolbar.mode)
""",
    "waiting for a button": """
soon(press)
result = plt.waitforbuttonpress(timeout=20)
""",
    "waiting for a key": """
soon(lambda: key("a"))
result = plt.waitforbuttonpress(timeout=20)
""",
    "waiting in vain": """
result = plt.waitforbuttonpress(timeout=0.05)
""",
    "clicks that are waited for": """
def act():
    for place, button in (((1, 1), 1), ((2, 2), 1), ((3, 1.5), 3), ((3, 2), 1)):
        press(*ax.transData.transform(place), button)
soon(act)
result = [[round(float(v), 6) for v in p] for p in plt.ginput(2, timeout=20)]
""",
    "clicks that are ended by a key": """
def act():
    press(100, 100)
    key("enter")
soon(act)
result = len(plt.ginput(5, timeout=20))
""",
    "a loop that is ended": """
soon(canvas.stop_event_loop)
canvas.start_event_loop(20)
soon(canvas.stop_event_loop)
canvas.start_event_loop()
result = "ended"
""",
    "a loop that ends by itself": """
canvas.start_event_loop(0.05)
result = "ended"
""",
    "a size given to the current manager": """
heard = []
canvas.mpl_connect("resize_event", lambda e: heard.append((e.width, e.height)))
plt.get_current_fig_manager().resize(500, 350)
plt.pause(0.3)
same = tuple(fig.get_size_inches().round(6).tolist())
result = same, canvas.get_width_height(), heard[-1]
""",
    "the title": """
first = manager.get_window_title(), manager.window.windowTitle()
manager.set_window_title("mine")
second = manager.window.windowTitle()
manager.window.setWindowTitle("yours")
result = first, second, manager.get_window_title()
""",
    "keys and modifiers": """
heard = []
for name in ("key_press_event", "key_release_event", "scroll_event"):
    canvas.mpl_connect(name, lambda e: heard.append((e.name, e.key)))
key("ctrl+a")
KeyEvent("key_release_event", canvas, "ctrl+a", 1, 1)._process()
MouseEvent("scroll_event", canvas, 9, 9, step=-2)._process()
result = heard
""",
    "enter and leave": """
heard = []
for name in ("axes_enter_event", "axes_leave_event"):
    canvas.mpl_connect(name, lambda e: heard.append(e.name))
ax.set_position((0, 0, 0.5, 1))
move(100)
move(300)
move(150)
result = heard
""",
    "a pick": """
(line,) = ax.plot([1, 3], [1, 2], picker=5)
canvas.draw()
heard = []
canvas.mpl_connect("pick_event", lambda e: heard.append((e.artist is line, e.ind)))
press(100, 100)
press(100, 200)
result = [(same, ind.tolist()) for same, ind in heard]
""",
    "closing": """
heard = []
canvas.mpl_connect("close_event", lambda e: heard.append(e.name))
plt.close(fig)
result = heard, plt.fignum_exists(fig.number if hasattr(fig, "number") else 1)
""",
    "no toolbar": """
mpl.rcParams["toolbar"] = "None"
result = plt.figure().canvas.manager.toolbar
""",
    "tools of the program's own": """
from matplotlib.backend_tools import ToolBase
class Mark(ToolBase):
    default_keymap = ("m",)
    def trigger(self, *args):
        heard.append("marked")
globals()["heard"] = heard = []
mpl.rcParams["toolbar"] = "toolmanager"
canvas = plt.figure().canvas
canvas.manager.toolmanager.add_tool("Mark", Mark)
canvas.manager.toolbar.add_tool("Mark", "own")
key("m")
canvas.manager.toolmanager.trigger_tool("Mark")
names = sorted(canvas.manager.toolmanager.tools)
result = heard, names, canvas.manager.key_press_handler_id
""",
    "a hook of every figure": """
import types
hooks = types.ModuleType("hooks_of_the_test")
hooks.name = lambda figure: figure.set_label("hooked")
sys.modules[hooks.__name__] = hooks
mpl.rcParams["figure.hooks"] = [hooks.__name__ + ":name"]
result = plt.figure().get_label()
""",
    "the toolbar's buttons": """
heard = []
toolbar = manager.toolbar
toolbar.addSeparator()
action = toolbar.addAction("Mark", lambda: heard.append("marked"))
action.triggered.connect(lambda on: heard.append(on))
action.setCheckable(True)
action.toggled.connect(lambda on: heard.append(("toggled", on)))
action.trigger()
action.setChecked(False)
texts = [a.text() for a in toolbar.actions()]
own = texts[:10]
toolbar.removeAction(action)
result = heard, own, texts[-2:], action in toolbar.actions(), action.isChecked()
""",
    "the window's values": """
window = manager.window
window.resize(700, 500)
flags = window.windowFlags()
value = int(flags) if hasattr(flags, "__int__") else flags.value
before = value & 0x40000
window.setWindowFlags(flags | type(flags)(0x40000))
after = window.windowFlags()
after = (int(after) if hasattr(after, "__int__") else after.value) & 0x40000
rect = window.geometry().getRect()
states = window.isMinimized(), window.isMaximized(), window.isFullScreen()
result = rect[2:], window.size().width(), window.height(), before, after, states
""",
    "the status bar": """
bar = manager.window.statusBar()
bar.showMessage("one", 60_000)
first = bar.currentMessage()
bar.clearMessage()
result = first, bar.currentMessage()
""",
    "what there is not": """
result = [hasattr(x, "noSuchName") for x in (manager.window, manager.toolbar, canvas)]
""",
}


@pytest.fixture(scope="module")
def answers():
    """Return what both backends give for every row."""

    def ask(backend):
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, backend],
            input=json.dumps(ROWS),
            env={**desktop.environment(), "QT_API": "pyqt5"},
            capture_output=True,
            text=True,
            timeout=5 * LIMIT,
        )
        lines = [x[4:] for x in done.stdout.splitlines() if x.startswith("ROW ")]
        assert len(lines) == len(ROWS), done.stderr[-2000:]
        return dict(map(json.loads, lines))

    with virtual_desktop() as desktop:
        return ask("qtagg"), ask("qtwindows")


@pytest.mark.parametrize("row", ROWS)
def test_a_program_gets_what_qtagg_gives_it(answers, row):
    theirs, ours = answers

    assert ours[row] == theirs[row]
    assert theirs[row] is not None or row == "no toolbar" or "vain" in row
