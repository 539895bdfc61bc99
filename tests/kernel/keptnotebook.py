"""A notebook whose cells are run by nobody, and what is on the pictures it gets."""

from __future__ import annotations

import base64
import contextlib
import io
from types import SimpleNamespace

import matplotlib as mpl
import numpy as np
from IPython.core.events import EventManager, available_events
from matplotlib._pylab_helpers import Gcf
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image


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
