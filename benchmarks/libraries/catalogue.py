"""The libraries: their scripts, their distributions, and what is known of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Library:
    """One line of the table."""

    name: str
    distribution: str = ""  # as pip lists it, "" where it is `name`
    file: str = ""  # of its script, "" where it is `name`
    note: str = ""

    @property
    def requirement(self) -> str:
        return self.distribution or self.name

    @property
    def script(self) -> Path:
        return FOLDER / "scripts" / f"{self.file or self.name}.py"


LIBRARIES = (
    Library("seaborn"),
    Library("pandas"),
    Library("mplfinance"),
    Library("cartopy"),
    Library(
        "astropy",
        note="units and times have classes inside functions",
    ),
    Library("networkx"),
    Library("xarray"),
    Library("scikit-learn", file="sklearn"),
    Library("statsmodels"),
    Library("geopandas"),
    Library("obspy"),
    Library(
        "mne",
        note="its browser holds a context of variables (`_close_context`)",
    ),
    Library(
        "hyperspy",
        note="its Axes know the whole signal (`hspy_fig`)",
    ),
    Library(
        "bluesky",
        note="with `RunEngine({})`; devices of `ophyd.sim`",
    ),
    Library("mpl-interactions", file="mpl_interactions"),
    Library("mplcursors"),
    Library("mpltern"),
    Library("ultraplot"),
    Library("plotnine"),
    Library(
        "metpy",
        note="texts of `StationPlot` fail with this Matplotlib, with Agg too",
    ),
    Library("healpy"),
    Library(
        "control",
        note="its locus is computed anew when a drawing sets the limits",
    ),
    Library("shap"),
    Library("qcodes"),
    Library(
        "livelossplot",
        note="a figure for each `send`",
    ),
    Library("windrose"),
    Library("matplotlib-scalebar", file="scalebar"),
    Library("mpl-scatter-density", file="scatter_density"),
    Library("axisartist", distribution="matplotlib", note="of Matplotlib"),
    Library(
        "pint",
        note="an Axis holds the registry of units, which no pickle carries",
    ),
    Library("unyt"),
    Library("sympy"),
    Library("squarify"),
    Library("adjustText", file="adjusttext"),
    Library("ipywidgets"),
)
