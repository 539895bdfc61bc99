"""Remembered texts look like those that plain Agg renders, whatever has changed."""

from __future__ import annotations

import matplotlib as mpl
import numpy as np
import pytest
from gallery import FIGURES, agg_pixels, new_figure
from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.patheffects import withStroke

from jlab_qtwindows.host.figure import fonts, texts


def words():
    figure = new_figure()
    figure.suptitle("Grüße \N{GREEK SMALL LETTER ALPHA}", style="italic")
    axes = figure.add_subplot()
    axes.set(xscale="log", xlim=(1e-3, 1e4), title="two\nlines", ylim=(-0.31, 0.29))
    axes.set_xlabel(r"$\frac{a}{b^2} + \sqrt{x_i}$", fontsize=13)
    axes.tick_params("y", rotation=35)
    place = {"transform": axes.transAxes}
    axes.text(0.1, 0.3, "turned", rotation=71, color="red", alpha=0.4, **place)
    axes.text(0.4, 0.31, "boxed", bbox={"facecolor": "pink"}, weight="bold", **place)
    axes.text(0.7, 0.3, "rough", antialiased=False, **place)
    axes.text(0.5, 0.6, "ringed", path_effects=[withStroke(linewidth=3)], **place)
    axes.text(0.93, 0.5, "clipped at the side", clip_on=True, **place)
    axes.text(0.1, 0.6, "mono", family="monospace", **place)
    axes.annotate("there", (0.1, 0.1), (0.3, 0.15), arrowprops={"arrowstyle": "->"})
    return figure


@pytest.mark.parametrize("build", [*FIGURES.values(), words])
def test_a_figure_looks_the_same_with_remembered_texts(build, request):
    rendered = agg_pixels(build())

    request.getfixturevalue("remembered_texts")
    agg_pixels(build())
    remembered = agg_pixels(build())  # every text has been drawn before

    assert np.array_equal(rendered, remembered)


@pytest.fixture
def rendered(remembered_texts, monkeypatch):
    """Texts that Matplotlib has rendered, in order."""
    found = []
    render = texts._draw_text_anew

    def note(renderer, gc, x, y, s, *args):
        found.append(s)
        return render(renderer, gc, x, y, s, *args)

    monkeypatch.setattr(texts, "_draw_text_anew", note)
    return found


def test_texts_at_their_old_places_are_not_rendered_again(rendered):
    agg_pixels(words())
    assert "turned" in rendered
    rendered.clear()

    agg_pixels(words())

    # The line of a fraction and that of a root are no pictures since Matplotlib 3.11.
    assert set(rendered) <= {r"$\frac{a}{b^2} + \sqrt{x_i}$"}


def set_in_place(figure, **properties):
    figure.texts[0].set(**properties)


def use_features(figure):
    if not hasattr(figure.texts[0], "set_fontfeatures"):
        pytest.skip("letters are joined in one way only before Matplotlib 3.11")
    set_in_place(figure, fontfeatures=["-kern"])


CHANGES = {
    "color": lambda figure: set_in_place(figure, color="red"),
    "alpha": lambda figure: set_in_place(figure, alpha=0.3),
    "text": lambda figure: set_in_place(figure, text="AV as"),
    "place": lambda figure: set_in_place(figure, x=0.31),
    "angle": lambda figure: set_in_place(figure, rotation=30),
    "size": lambda figure: figure.texts[0].get_fontproperties().set_size(31),
    "family": lambda figure: set_in_place(figure, family="serif"),
    "weight": lambda figure: set_in_place(figure, weight="bold"),
    "edges": lambda figure: set_in_place(figure, antialiased=False),
    "no math": lambda figure: figure.texts[1].set_parse_math(False),
    "features": use_features,
    "dpi": lambda figure: figure.set_dpi(91),
    "height": lambda figure: figure.set_size_inches(4, 3.07),
    "hinting": lambda figure: mpl.rcParams.update({"text.hinting": "none"}),
    "fonts": lambda figure: mpl.rcParams.update({"font.sans-serif": ["STIXGeneral"]}),
    "math": lambda figure: figure.texts[1].set_math_fontfamily("stix"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_a_text_depends_on_is_seen(change, request):
    def build():
        figure = new_figure()
        figure.text(0.3, 0.6, "AV AT fi", size=22)
        figure.text(0.3, 0.3, "$x^2 + y$", size=22)
        return figure

    def changed():
        """Draw, change something, and draw again with the same renderer."""
        figure = build()
        before = agg_pixels(figure)
        change(figure)
        return before, agg_pixels(figure)

    with mpl.rc_context():
        before, right = changed()
    if before.shape == right.shape:
        assert not np.array_equal(before, right), "the change is not to be seen"

    request.getfixturevalue("remembered_texts")
    with mpl.rc_context():
        assert np.array_equal(changed()[1], right)


def test_a_font_that_is_added_later_is_used(remembered_texts, tmp_path, monkeypatch):
    manager = font_manager.fontManager
    monkeypatch.setattr(manager, "ttflist", list(manager.ttflist))
    figure = new_figure()
    figure.text(0.3, 0.6, "a", size=22, family=["Later", "serif"])
    before = agg_pixels(figure)

    file = font_manager.findfont("DejaVu Sans Mono")
    later = font_manager.FontEntry(fname=file, name="Later", size="scalable")
    manager.ttflist.append(later)
    manager._findfont_cached.cache_clear()

    assert not np.array_equal(agg_pixels(figure), before)
    manager._findfont_cached.cache_clear()


def test_a_text_rendered_in_the_middle_of_a_change_of_settings_is_not_kept(
    remembered_texts, monkeypatch
):
    """As by a library that is imported in the receiver thread meanwhile."""
    figure = new_figure()
    figure.text(0.3, 0.6, "AV AT", size=22)
    right = agg_pixels(figure)
    texts._memory._known.clear()
    render = texts._draw_text_anew

    def disturbed(*args):
        mpl.rcParams["font.sans-serif"] = ["STIXGeneral"]
        render(*args)

    with mpl.rc_context(), monkeypatch.context() as context:
        context.setattr(texts, "_draw_text_anew", disturbed)
        FigureCanvasAgg(figure).draw()
    assert np.array_equal(agg_pixels(figure), right)


def test_a_text_drawn_while_fonts_are_added_is_not_kept(remembered_texts, monkeypatch):
    manager = font_manager.fontManager
    monkeypatch.setattr(manager, "ttflist", list(manager.ttflist))
    figure = new_figure()
    figure.text(0.3, 0.6, "a", size=22, family=["Later", "serif"])
    clear = manager._findfont_cached.cache_clear

    class Cache:
        def __getattr__(self, name):
            return getattr(found, name)

        def __call__(self, *args):
            return found(*args)

        def cache_clear(self):
            agg_pixels(figure)  # the GUI thread comes first
            clear()

    found = manager._findfont_cached
    before = agg_pixels(figure)
    file = font_manager.findfont("DejaVu Sans Mono")
    entry = vars(font_manager.FontEntry(fname=file, name="Later", size="scalable"))
    with monkeypatch.context() as context:
        context.setattr(type(manager), "_findfont_cached", Cache())
        fonts.add_fonts([entry], [])

    assert not np.array_equal(agg_pixels(figure), before)
    clear()


def test_what_is_remembered_has_a_limit_and_the_oldest_goes(rendered, monkeypatch):
    monkeypatch.setattr(texts, "_MOST_BYTES", 20_000)
    figure = new_figure()
    title = figure.suptitle("")
    figure.text(0.1, 0.1, "always")
    for count in range(50):
        title.set_text(f"step {count}")
        agg_pixels(figure)
    assert rendered.count("always") == 1

    size = sum(map(texts._size, texts._memory._known.values()))
    assert 10_000 < size == texts._memory._bytes <= 20_000
    rendered.clear()
    for text, again in (("step 49", []), ("step 0", ["step 0"])):
        title.set_text(text)
        agg_pixels(figure)
        assert rendered == again


def test_a_text_that_failed_is_tried_again(remembered_texts, monkeypatch):
    renderer = RendererAgg(400, 300, 100)
    canvas, gc = renderer._renderer, renderer.new_gc()
    prop = font_manager.FontProperties()

    def fail(*args):
        args[0]._renderer.draw_text_image(np.zeros((2, 2), np.uint8), 9, 9, 0, gc)
        raise ValueError("in the middle of it")

    with monkeypatch.context() as context:
        context.setattr(texts, "_draw_text_anew", fail)
        with pytest.raises(ValueError, match="middle"):
            renderer.draw_text(gc, 20, 30, "a", prop, 0)
    assert renderer._renderer is canvas

    renderer.draw_text(gc, 20, 30, "a", prop, 0)
    assert np.asarray(renderer.buffer_rgba()).any()


@pytest.mark.parametrize("change", ["x", "y", "angle", "size", "height", "dpi"])
def test_each_argument_counts_by_itself(change, request):
    if change == "height" and mpl.__version_info__ < (3, 11):
        pytest.skip("texts stand at whole px, counted from above")
    prop = font_manager.FontProperties(size=20)

    def draw(x=50.2, y=60.3, angle=0.0, size=20, height=100, dpi=100):
        renderer = RendererAgg(200, height, dpi)
        prop.set_size(size)  # in place
        renderer.draw_text(renderer.new_gc(), x, y, "Agf", prop, angle)
        return np.array(renderer.buffer_rgba())[:100]

    other = {"angle": 40.0, "size": 23, "height": 100.4, "dpi": 90}
    changed = {change: other.get(change, 71.6)}
    right = draw(**changed)
    assert not np.array_equal(draw(), right)

    request.getfixturevalue("remembered_texts")
    draw()
    assert np.array_equal(draw(**changed), right)


def test_a_text_of_which_no_picture_was_seen_is_drawn_each_time(
    remembered_texts, monkeypatch
):
    """As by a Matplotlib that draws texts in a way we do not know."""
    drawn = []
    monkeypatch.setattr(texts, "_draw_text_anew", lambda *args: drawn.append(args[4]))
    renderer = RendererAgg(400, 300, 100)
    for _ in range(2):
        renderer.draw_text(
            renderer.new_gc(), 20, 30, "a", font_manager.FontProperties(), 0
        )
    assert drawn == ["a", "a"]


def test_two_windows_of_one_size_share_their_texts(rendered):
    for _ in range(2):
        figure = new_figure()
        figure.text(0.3, 0.6, "the same")
        FigureCanvasAgg(figure).draw()

    assert rendered == ["the same"]
