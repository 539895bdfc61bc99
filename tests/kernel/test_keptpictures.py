"""A notebook that nobody watches gets a picture of what each cell has changed."""

from __future__ import annotations

import base64
import contextlib
import io
import threading
from types import SimpleNamespace

import matplotlib as mpl
import numpy as np
import pytest
from handhost import LIMIT
from IPython.core.events import EventManager, available_events
from matplotlib._pylab_helpers import Gcf
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from PIL import Image

from jlab_qtwindows.kernel import keptpictures
from jlab_qtwindows.kernel.link import ownhost
from jlab_qtwindows.kernel.process import unattended, words
from jlab_qtwindows.protocol.connection import (
    CONNECTION_VARIABLE,
    KEEP_PICTURES_VARIABLE,
)


class Notebook:
    """A kernel's shell, and the outputs of the cells that it has run."""

    def __init__(self):
        self.content = {"allow_stdin": False}  # of each request, as nbclient sends it
        self.outputs = []
        self.shell = SimpleNamespace(
            events=EventManager(SimpleNamespace(), available_events),
            kernel=SimpleNamespace(get_parent=self._parent),
            display_pub=SimpleNamespace(publish=self._publish),
            display_formatter=SimpleNamespace(formatters={"image/png": {}}),
        )

    def _parent(self, channel):
        return {"content": self.content} if channel == "shell" else {}

    def _publish(self, data):
        self.outputs.append(data)

    @contextlib.contextmanager
    def running(self):
        """Run the block as a cell; what it gives are the outputs that come."""
        events, outputs = self.shell.events, []
        result = SimpleNamespace(result=None)
        events.trigger("pre_run_cell", None)
        yield SimpleNamespace(outputs=outputs, result=result)
        if mpl.is_interactive():
            Gcf.draw_all()  # what pyplot does after each cell
        events.trigger("post_run_cell", result)
        outputs += self.outputs
        self.outputs = []

    def run(self, function=lambda: None):
        """Run a cell; return the pictures that it has given."""
        with self.running() as cell:
            function()
        return pictures(cell.outputs)


def pictures(outputs):
    return [
        Image.open(io.BytesIO(base64.b64decode(output["image/png"])))
        for output in outputs
    ]


def pixels(image):
    return np.array(image.convert("RGBA"))


def twin(fill, **options):
    """Return what plain Agg draws of such a figure."""
    figure = Figure(**options)
    canvas = FigureCanvasAgg(figure)
    fill(figure)
    canvas.draw()
    return np.array(canvas.buffer_rgba())


def fill(figure):
    figure.add_subplot().plot([1, 3, 2])


@pytest.fixture
def notebook(monkeypatch):
    """A notebook with no backend yet; its cells are run by nobody."""
    notebook = Notebook()
    for module in (keptpictures, unattended):
        monkeypatch.setattr(module, "ipython", lambda: notebook.shell)
    monkeypatch.setattr(keptpictures, "_of_shell", None)
    return notebook


@pytest.fixture
def plt(notebook, request):
    """pyplot with the backend loaded in the first cell of the notebook."""
    pyplot = request.getfixturevalue("pyplot")
    notebook.run(keptpictures.keep_pictures_by_default)
    pyplot.ion()
    return pyplot


@pytest.fixture
def shown(plt, notebook):
    """Return a figure of which an earlier cell has given a picture."""
    figures = []

    def make():
        figures.append(plt.figure())
        fill(figures[0])

    assert len(notebook.run(make)) == 1
    return figures[0]


@pytest.fixture
def drawings(monkeypatch, plt):
    """Return the list of the figures that have been drawn for a picture."""
    drawn, draw = [], keptpictures.draw_picture
    monkeypatch.setattr(
        keptpictures, "draw_picture", lambda followed: drawn.append(1) or draw(followed)
    )
    return drawn


# -- what is on a picture --------------------------------------------------------------


def two_subfigures(figure):
    left, right = figure.subfigures(1, 2)
    left.add_subplot().imshow([[1, 2], [3, 4]])
    right.suptitle("right")
    right.add_subplot().bar([1, 2], [3, 4])


def arranged(figure):
    figure.set_layout_engine("constrained")
    figure.subplots(2, 2)[1, 0].set_xlabel("so long a label\nof two lines")


def see_through(figure):
    figure.patch.set_alpha(0.25)
    fill(figure)


@pytest.mark.parametrize("make", [fill, two_subfigures, arranged, see_through])
def test_a_picture_is_what_agg_draws_of_the_figure(plt, notebook, make):
    (picture,) = notebook.run(lambda: make(plt.figure()))

    assert np.array_equal(pixels(picture), twin(make))


def test_it_has_the_size_and_the_dots_per_inch_of_the_figure(plt, notebook):
    options = {"figsize": (3.2, 2), "dpi": 144}
    mpl.rcParams["savefig.dpi"] = 30  # that of files

    (picture,) = notebook.run(lambda: fill(plt.figure(**options)))

    assert picture.size == (460, 288)
    assert picture.info["dpi"] == pytest.approx((144, 144), abs=0.01)
    assert np.array_equal(pixels(picture), twin(fill, **options))


def test_its_text_names_the_figure_as_ipython_does(plt, notebook):
    with notebook.running() as cell:
        plt.subplots(1, 2)

    assert [o["text/plain"] for o in cell.outputs] == [
        "<Figure size 640x480 with 2 Axes>"
    ]


def test_what_the_program_has_drawn_by_hand_is_on_it(plt, notebook):
    figure, axes = plt.subplots()
    (line,) = axes.plot([1, 3, 2], animated=True, linewidth=20)
    empty = figure.canvas.copy_from_bbox(axes.bbox)

    def draw(color):
        line.set_color(color)
        figure.canvas.restore_region(empty)
        axes.draw_artist(line)
        figure.canvas.blit()

    for color in ("#ff0000", "#0000ff"):
        (picture,) = notebook.run(lambda color=color: draw(color))
        colors = {
            to_hex(pixel / 255) for pixel in np.unique(pixels(picture)[200], axis=0)
        }
        assert color in colors


def test_a_draw_of_the_programs_own_has_been_done(plt, notebook):
    def draw():
        figure = plt.figure()
        fill(figure)
        ours = figure.canvas.draw

        def lay_out(canvas):
            figure.set_size_inches(3, 2)
            ours()

        figure.canvas.draw = lay_out.__get__(figure.canvas)
        figure.axes[0].set_title("changed")

    (picture,) = notebook.run(draw)

    assert picture.size == (300, 200)


# -- which figures ---------------------------------------------------------------------


def test_each_figure_of_a_cell_gives_one(plt, notebook):
    def make():
        fill(plt.figure(figsize=(3, 2)))
        fill(plt.figure(figsize=(4, 2)))

    assert [picture.size for picture in notebook.run(make)] == [(300, 200), (400, 200)]


def lose_window(figure):
    figure.axes[0].set_title("new")
    figure.canvas.followed.closing = True  # by the user; the figure will follow


NO_NEWS = {
    "nothing": lambda plt, figure: None,
    "show": lambda plt, figure: plt.show(),
    "show-one": lambda plt, figure: figure.show(),
    "pause": lambda plt, figure: plt.pause(0.001),
    "saved": lambda plt, figure: figure.savefig(io.BytesIO(), dpi=30),
    "same-data": lambda plt, figure: figure.axes[0].lines[0].set_ydata([1, 3, 2]),
    "read": lambda plt, figure: figure.axes[0].get_xlim(),
    "closed": lambda plt, figure: figure.axes[0].set_title("new") and plt.close(),
    "window-closed": lambda plt, figure: lose_window(figure),
    "cleared": lambda plt, figure: figure.clear(),
}


@pytest.mark.parametrize("cell", NO_NEWS.values(), ids=NO_NEWS)
def test_a_figure_without_news_gives_none(plt, notebook, shown, cell):
    assert notebook.run(lambda: cell(plt, shown)) == []


def test_show_in_every_cell_draws_no_figure_again(plt, notebook, shown, drawings):
    for _ in range(3):
        notebook.run(plt.show)

    assert drawings == []


NEWS = {
    "changed": lambda plt, figure: figure.axes[0].lines[0].set_color("red"),
    "resized": lambda plt, figure: figure.set_size_inches(3, 2),
    "drawn": lambda plt, figure: figure.canvas.draw(),
    "pyplot": lambda plt, figure: plt.title("new"),
}


@pytest.mark.parametrize("cell", NEWS.values(), ids=NEWS)
def test_one_changed_or_drawn_by_a_later_cell_gives_one_there(
    plt, notebook, shown, cell
):
    (picture,) = notebook.run(lambda: cell(plt, shown))

    assert np.array_equal(pixels(picture), np.array(shown.canvas.buffer_rgba()))
    assert notebook.run() == []


def test_a_change_that_matplotlib_does_not_notice_counts_with_draw_idle(plt, notebook):
    figures = []
    notebook.run(lambda: figures.append(plt.figure()) or plt.imshow([[0.0, 1], [2, 3]]))
    (figure,) = figures
    (image,) = figure.axes[0].images

    def change():
        image._A[0, 0] = 3
        image._imcache = None
        figure.canvas.draw_idle()

    assert len(notebook.run(change)) == 1


def test_a_figure_that_is_not_shown_gives_one_when_it_is(plt, notebook):
    plt.ioff()
    assert notebook.run(lambda: fill(plt.figure())) == []

    assert len(notebook.run(plt.show)) == 1


def test_an_empty_figure_gives_one_when_it_is_filled(plt, notebook):
    assert notebook.run(plt.figure) == []

    assert len(notebook.run(lambda: plt.plot([1, 2]))) == 1


def test_the_value_of_a_cell_is_not_shown_twice(plt, notebook, shown):
    shown_by_ipython = notebook.shell.display_formatter.formatters["image/png"]
    for known, count in (({}, 1), ({Figure: str}, 0)):
        shown_by_ipython.update(known)
        with notebook.running() as cell:
            shown.axes[0].set_title(f"{count}")
            cell.result.result = shown
        assert len(cell.outputs) == count

    assert notebook.run() == []


# -- limits and failures ---------------------------------------------------------------


class Failing(Line2D):
    """A line whose drawing ends as it is told to."""

    def __init__(self, *ends):
        super().__init__([0, 1], [0, 1])
        self.ends = list(ends)

    def draw(self, renderer):
        end = self.ends.pop(0) if self.ends else None
        if end is not None:
            end()


def fail(error=RuntimeError):
    raise error("it has no data")


def test_a_figure_that_cannot_be_drawn_gives_one_sentence(plt, notebook, capsys):
    def make():
        plt.figure("loss").add_subplot().add_line(Failing(fail))
        fill(plt.figure())

    assert len(notebook.run(make)) == 1

    said = capsys.readouterr()
    assert said.err == "no picture of 'loss': RuntimeError: it has no data\n"
    assert said.out == ""


def test_one_that_is_too_large_says_so(plt, notebook, capsys):
    notebook.run(lambda: fill(plt.figure(figsize=(50, 50), dpi=100)))

    assert "5000 x 5000 px are too many" in capsys.readouterr().err


def test_a_cell_of_many_figures_gives_the_first_and_says_so(plt, notebook, capsys):
    mpl.rcParams["figure.max_open_warning"] = 0

    def make():
        for _ in range(keptpictures.MOST_PICTURES + 2):
            fill(plt.figure(figsize=(1, 1)))

    assert len(notebook.run(make)) == keptpictures.MOST_PICTURES
    assert "pictures of 20 of the 22 figures" in capsys.readouterr().err
    assert notebook.run() == []  # and none of the rest in the next cell


def test_no_picture_is_begun_when_the_time_is_over(plt, notebook, capsys, monkeypatch):
    monkeypatch.setattr(keptpictures, "MOST_SECONDS", -1.0)

    assert notebook.run(lambda: fill(plt.figure())) == []

    assert "pictures of 0 of the 1 figures" in capsys.readouterr().err


def test_an_interrupt_ends_the_drawing_in_words(plt, notebook, capsys):
    def make():
        plt.subplots()[1].add_line(Failing(lambda: fail(KeyboardInterrupt)))
        fill(plt.figure())

    assert notebook.run(make) == []

    said = capsys.readouterr()
    assert said.err == "interrupted while pictures of the figures were drawn\n"
    assert said.out == ""


# -- threads ---------------------------------------------------------------------------


def in_another_thread(function):
    thread = threading.Thread(target=function)
    thread.start()
    thread.join(LIMIT)


def test_a_state_that_another_thread_tears_is_drawn_again(plt, notebook, shown):
    def tear():
        in_another_thread(lambda: shown.axes[0].set_title("torn"))
        fail()

    line = Failing(tear)

    assert len(notebook.run(lambda: shown.axes[0].add_line(line))) == 1


def test_a_state_that_is_old_when_it_is_drawn_is_drawn_again(plt, notebook, shown):
    def change():
        in_another_thread(lambda: shown.set_facecolor("yellow"))  # drawn already

    line = Failing(change)
    (picture,) = notebook.run(lambda: shown.axes[0].add_line(line))

    assert tuple(pixels(picture)[0, 0]) == (255, 255, 0, 255)


def test_a_thread_that_never_rests_gets_a_picture(plt, notebook, shown):
    drawn = []

    def change():
        drawn.append(1)
        in_another_thread(lambda: shown.axes[0].set_title(f"{len(drawn)}"))

    line = Failing(*[change] * 100)

    assert len(notebook.run(lambda: shown.axes[0].add_line(line))) == 1
    assert len(drawn) <= 3


# -- when ------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [{"allow_stdin": True}, {}, None])
def test_a_cell_that_somebody_watches_gives_none(plt, notebook, content):
    notebook.content = content

    assert notebook.run(lambda: fill(plt.figure())) == []


@pytest.mark.parametrize("attended", [True, False])
def test_a_call_switches_it_on_and_off(plt, notebook, attended):
    notebook.content = {"allow_stdin": attended}

    notebook.run(lambda: keptpictures.keep_pictures())
    assert len(notebook.run(lambda: fill(plt.figure()))) == 1
    notebook.run(lambda: keptpictures.keep_pictures(False))
    assert notebook.run(lambda: fill(plt.figure())) == []


@pytest.mark.parametrize(
    ("value", "attended", "count"), [("1", True, 1), ("0", False, 0), ("", False, 1)]
)
def test_the_environment_decides(
    notebook, monkeypatch, request, value, attended, count
):
    monkeypatch.setenv(KEEP_PICTURES_VARIABLE, value)
    notebook.content = {"allow_stdin": attended}
    plt = request.getfixturevalue("plt")
    request.getfixturevalue("client")._finder.do_without("a test")

    assert len(notebook.run(lambda: fill(plt.figure()))) == count


def test_the_backend_listens_to_the_cells_of_a_kernel_once(plt, notebook):
    keptpictures.keep_pictures()
    keptpictures.keep_pictures_by_default()

    callbacks = notebook.shell.events.callbacks
    assert len(callbacks["pre_run_cell"]) == len(callbacks["post_run_cell"]) == 1


@pytest.mark.parametrize("shell", [None, SimpleNamespace()], ids=["script", "terminal"])
def test_where_there_is_no_notebook_it_says_so(monkeypatch, shell):
    monkeypatch.setattr(keptpictures, "ipython", lambda: shell)
    monkeypatch.setattr(words, "_said", set())

    with pytest.warns(UserWarning, match="this is no Jupyter kernel"):
        keptpictures.keep_pictures()
    keptpictures.keep_pictures(False)


def test_a_kernel_of_another_make_is_watched(notebook):
    notebook.shell.kernel = SimpleNamespace()

    assert not unattended.is_unattended()


# -- beside the windows ----------------------------------------------------------------


@pytest.fixture
def window(host, notebook, request, monkeypatch):
    """Return a figure in a window, in a notebook whose pictures are kept."""
    monkeypatch.setenv("JPY_SESSION_NAME", "notebook.ipynb")
    plt = request.getfixturevalue("plt")
    with notebook.running():
        figure = plt.figure()
        fill(figure)
        host.welcome()
        while figure.canvas.followed.has_unsent_state():
            host.show()
    return figure


def all_that_counts(figure):
    followed, axes = figure.canvas.followed, figure.axes[0]
    changes, layout = followed.changes, (axes.viewLim.bounds, axes.bbox.bounds)
    return (
        *(changes.newest, changes.noticed, changes.dirty, followed.ladder.rung),
        *(figure.stale, figure.dpi, layout),
    )


def test_a_picture_is_no_news_for_the_window(window, notebook, host):
    events = notebook.shell.events
    events.trigger("pre_run_cell", None)
    window.axes[0].set_title("new")
    host.show()
    before = all_that_counts(window)

    events.trigger("post_run_cell", None)

    assert len(notebook.outputs) == 1
    assert all_that_counts(window) == before
    assert host.is_silent()


def test_a_cell_inside_a_cell_leaves_what_came_before_it_to_be_seen(
    window, notebook, host
):
    with notebook.running() as cell:
        window.axes[0].set_title("outside")
        host.show()
        inner = notebook.run()

    assert len(inner) + len(cell.outputs) == 1


@pytest.mark.parametrize("cells", [1, 2])
def test_what_changes_between_two_cells_is_of_neither(window, notebook, host, cells):
    window.axes[0].set_title("by a click")
    host.show()

    with notebook.running() as cell:
        if cells > 1:
            notebook.run()

    assert cell.outputs == []


def test_one_that_the_window_has_not_shown_yet_is_not_drawn_in_every_cell(
    window, notebook, drawings
):
    window.canvas.followed.holds = 1
    notebook.run(lambda: window.axes[0].set_title("new"))
    assert drawings
    assert window.stale
    drawings.clear()

    for _ in range(3):
        assert notebook.run() == []

    assert drawings == []


def test_what_the_window_has_not_shown_stays_to_be_shown(window, notebook, host):
    mpl.interactive(False)

    assert len(notebook.run(lambda: window.axes[0].set_title("new"))) == 1

    assert window.stale


def test_nobody_waits_for_a_user_who_is_not_there(window, notebook, plt):
    ends = []

    def wait():
        plt.show(block=True)
        ends.append(plt.ginput(1, timeout=0))
        ends.append(plt.waitforbuttonpress())

    thread = threading.Thread(target=lambda: notebook.run(wait), daemon=True)
    thread.start()
    thread.join(LIMIT)

    assert len(ends) == 2


# -- instead of windows ----------------------------------------------------------------


@pytest.fixture
def started(monkeypatch):
    """Return the list of the hosts that have been started."""
    hosts = []

    class Host(ownhost.OwnHost):
        def ensure_running(self):
            hosts.append(self)
            raise OSError("not in a test")

    monkeypatch.setattr("jlab_qtwindows.kernel.link.finder.OwnHost", Host)
    return hosts


@pytest.mark.parametrize(
    ("attended", "setting", "windows"),
    [(True, "", True), (True, "1", True), (False, "", False), (False, "0", True)],
)
def test_no_windows_are_opened_where_nobody_watches(
    notebook,
    started,
    request,
    eventually,
    recwarn,
    monkeypatch,
    attended,
    setting,
    windows,
):
    notebook.content = {"allow_stdin": attended}
    monkeypatch.setenv(KEEP_PICTURES_VARIABLE, setting)
    client = request.getfixturevalue("client")
    plt = request.getfixturevalue("plt")

    notebook.run(lambda: fill(plt.figure()))

    eventually(lambda: client.unavailable)
    client.stop()
    assert len(started) == windows
    assert len(recwarn) == windows


@pytest.mark.parametrize(
    ("variables", "without"),
    [
        ([], True),
        ([CONNECTION_VARIABLE], True),  # a terminal of the server
        (["JPY_SESSION_NAME"], True),
        ([CONNECTION_VARIABLE, "JPY_SESSION_NAME"], False),  # its notebook
    ],
)
def test_but_a_servers_notebook_has_its_windows(
    notebook, monkeypatch, variables, without
):
    for variable in variables:
        monkeypatch.setenv(variable, "x")

    assert unattended.shows_no_windows() == without


def test_the_servers_host_is_left_alone(notebook, host, client, plt):
    notebook.run(lambda: fill(plt.figure()))

    assert host.is_silent()
    assert not host.doorbell.poll(0)
