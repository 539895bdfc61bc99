"""What a program keeps on its figure stays in the kernel, unless its code draws."""

from __future__ import annotations

import gc
import pickle
import threading
import weakref

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.dates import DateFormatter
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import Formatter, FuncFormatter

from jlab_qtwindows.kernel.snapshot import needed
from jlab_qtwindows.kernel.snapshot import snapshot as module
from jlab_qtwindows.kernel.snapshot.ownnames import matplotlibs_base, names_of
from jlab_qtwindows.kernel.snapshot.snapshot import Rung, take_snapshot
from jlab_qtwindows.protocol.errors import FigureNotTransferable, FigureTooLarge

HEAVY = np.zeros(3_000_000)


class Browser(Figure):
    """A figure that only keeps things, as those of viewers do."""

    def browse(self):
        return self.data


class Painting(Figure):
    def draw(self, renderer):
        self.patch.set_facecolor(self.colour)
        super().draw(renderer)


class Painted(Line2D):
    def draw(self, renderer):
        self.set_color(self.figure.colour)
        super().draw(renderer)


class Labels(Formatter):
    def __call__(self, value, pos=None):
        return self.axis.axes.unit


class Named(Line2D):
    """Adds a name, and draws as any other."""

    def nickname(self):
        return "line"


@pytest.fixture(autouse=True)
def small_limits(monkeypatch):
    monkeypatch.setattr(module, "MUCH_BYTES", 1 << 20)
    monkeypatch.setattr(module, "MOST_BYTES", 4 << 20)


def size(figure):
    return sum(len(bytes(part)) for part in take_snapshot(figure, Rung.MIRROR).parts)


def loaded(figure, rung=Rung.MIRROR):
    head, *buffers = take_snapshot(figure, rung).parts
    return pickle.loads(head, buffers=[bytearray(part) for part in buffers])["figure"]


# -- what is left out ------------------------------------------------------------------


def on_the_figure(figure, thing):
    figure.keeps = thing


def on_an_axes(figure, thing):
    figure.axes[0].keeps = thing


def on_a_line(figure, thing):
    figure.axes[0].lines[0].keeps = thing


def on_a_spine(figure, thing):
    figure.axes[0].spines["left"].keeps = thing


def on_an_axis(figure, thing):
    figure.axes[0].xaxis.keeps = thing


PLACES = [on_the_figure, on_an_axes, on_a_line, on_a_spine, on_an_axis]


@pytest.mark.parametrize("keep", PLACES)
@pytest.mark.parametrize(
    "thing", [HEAVY, threading.Lock(), lambda: None], ids=["data", "lock", "lambda"]
)
def test_what_is_kept_on_a_part_of_the_figure_does_not_travel(figure, keep, thing):
    before = size(figure)

    keep(figure, thing)

    assert size(figure) == pytest.approx(before, rel=0.05)


def test_a_small_thing_on_an_artist_may_travel(figure):
    figure.axes[0].lines[0].keeps = "small"

    assert loaded(figure).axes[0].lines[0].keeps == "small"


def test_a_figure_class_that_only_adds_names_travels_as_a_plain_figure():
    figure = Browser()
    FigureCanvasAgg(figure)
    figure.add_subplot().plot([1, 2])
    figure.data = HEAVY

    copy = loaded(figure)

    assert type(copy) is Figure
    assert len(copy.axes[0].lines) == 1


def test_the_program_keeps_what_does_not_travel(figure):
    figure.keeps = HEAVY

    take_snapshot(figure, Rung.MIRROR)

    assert figure.keeps is HEAVY


def test_a_function_that_picks_stays_here(figure):
    line = figure.axes[0].lines[0]
    line.set_picker(lambda artist, event: (True, {}))

    assert loaded(figure).axes[0].lines[0].get_picker() is None
    assert callable(line.get_picker())


@pytest.mark.parametrize("name", ["format_coord", "fmt_xdata", "fmt_ydata"])
@pytest.mark.parametrize("rung", [Rung.MIRROR, Rung.MIRROR_BY_VALUE])
def test_a_function_that_writes_coordinates_stays_here(figure, name, rung):
    kept = HEAVY
    setattr(figure.axes[0], name, lambda *position: str(kept))

    copy = loaded(figure, rung).axes[0]

    assert copy._coordinates_by_kernel
    assert "lambda" not in repr(getattr(copy, name))
    assert copy.format_coord(1, 2)


def test_a_formatter_of_matplotlib_writes_coordinates_in_the_window(figure):
    figure.axes[0].fmt_xdata = DateFormatter("%Y")

    copy = loaded(figure).axes[0]

    assert type(copy.fmt_xdata) is DateFormatter
    assert not hasattr(copy, "_coordinates_by_kernel")


def test_what_matplotlib_sets_on_a_part_travels(figure):
    axes = figure.axes[0]
    figure.colorbar(axes.imshow([[1, 2]]))
    figure.suptitle("above")
    axes.legend(["line"])
    axes.hexbin([1, 2], [3, 4], marginals=True)
    figure.keeps = HEAVY

    copy = loaded(figure)

    assert copy.axes[1]._colorbar.mappable is copy.axes[0].images[0]
    assert copy._suptitle.get_text() == "above"
    for part, its_copy in ((figure, copy), (axes, copy.axes[0])):
        unlike = vars(part).keys() ^ vars(its_copy).keys()
        assert unlike <= {"canvas", "keeps", "_original_dpi"}
    assert copy.axes[0].collections[0].hbar in copy.axes[0].collections


# -- where the program's code draws ----------------------------------------------------


def test_a_figure_that_draws_in_its_own_way_keeps_all():
    figure = Painting()
    FigureCanvasAgg(figure)
    figure.colour = "red"

    copy = loaded(figure)

    assert type(copy) is Painting
    assert copy.colour == "red"


def test_the_figure_of_an_artist_that_draws_in_its_own_way_keeps_all(figure):
    figure.colour = "red"
    figure.axes[0].add_line(Painted([0, 1], [1, 0]))

    assert loaded(figure).colour == "red"


def test_the_axes_of_a_formatter_of_the_programs_own_keep_all(figure):
    figure.axes[0].unit = "km"
    figure.axes[0].xaxis.set_major_formatter(Labels())

    assert loaded(figure).axes[0].unit == "km"


def test_a_method_that_the_program_has_replaced_keeps_all(figure):
    line = figure.axes[0].lines[0]
    figure.colour = "red"
    line.draw = Painted.draw.__get__(line)

    copy = loaded(figure, Rung.MIRROR_BY_VALUE)

    assert copy.colour == "red"
    figure.keeps = threading.Lock()
    with pytest.raises(FigureNotTransferable):
        take_snapshot(figure, Rung.MIRROR)


def test_a_class_that_only_adds_names_is_no_reason_to_keep_all(figure):
    figure.keeps = HEAVY
    figure.axes[0].add_line(Named([0, 1], [1, 0]))

    copy = loaded(figure)

    assert not hasattr(copy, "keeps")
    assert type(copy.axes[0].lines[1]) is Line2D


def test_code_that_comes_later_brings_all_back(figure):
    figure.colour = "red"
    assert not hasattr(loaded(figure), "colour")

    figure.axes[0].add_line(Painted([0, 1], [1, 0]))

    assert loaded(figure).colour == "red"


@pytest.mark.parametrize(
    ("kind", "base"),
    [
        (Figure, Figure),
        (Browser, Figure),
        (Named, Line2D),
        (Painting, None),
        (Painted, None),
        (int, None),
    ],
)
def test_a_class_draws_as_the_one_that_it_only_adds_names_to(kind, base):
    assert matplotlibs_base(kind) is base


def test_methods_are_no_attributes_of_matplotlibs():
    assert "draw" not in names_of(Line2D)
    assert "_color" in names_of(Line2D)
    assert "_paths" in names_of(LineCollection)


def test_where_the_names_cannot_be_read_all_travels(figure, monkeypatch):
    monkeypatch.setattr(needed, "can_tell", lambda: False)
    figure.keeps = "small"

    assert loaded(figure).keeps == "small"


# -- size ------------------------------------------------------------------------------


def test_large_data_that_are_drawn_travel(figure):
    figure.axes[0].plot(np.arange(200_000.0))

    assert loaded(figure).axes[0].lines[1].get_ydata()[-1] == 199_999


@pytest.mark.parametrize("rung", [Rung.MIRROR, Rung.MIRROR_BY_VALUE])
def test_data_beyond_the_limit_are_not_copied(figure, rung):
    for _ in range(9):
        figure.axes[0].plot(HEAVY)

    with pytest.raises(FigureTooLarge, match="more than 4 MB"):
        take_snapshot(figure, rung)


def test_data_inside_the_pickle_count_too(figure):
    keep = list(range(3_000_000))
    figure.axes[0].xaxis.set_major_formatter(FuncFormatter(Holder(keep).write))

    with pytest.raises(FigureTooLarge):
        take_snapshot(figure, Rung.MIRROR)


class Holder:
    def __init__(self, values):
        self.values = values

    def write(self, value, pos):
        return ""


def test_nothing_here_keeps_a_figure():
    lone = Figure()
    FigureCanvasAgg(lone)
    lone.keeps = threading.Lock()
    take_snapshot(lone, Rung.MIRROR)
    gone = weakref.ref(lone)

    del lone
    gc.collect()

    assert gone() is None


@pytest.mark.parametrize("thing", [HEAVY, threading.Lock()], ids=["data", "lock"])
def test_figures_of_our_own_backend_keep_things_here_too(plt, host, thing):
    figure = plt.figure()
    figure.add_subplot().plot([1, 2])
    figure.axes[0].lines[0].keeps = figure.keeps = thing
    host.welcome()

    update, parts = host.show()

    assert update.transfer == "mirror"
    assert sum(map(len, parts)) < 1 << 20
