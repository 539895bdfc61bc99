"""A measurement of simulated parameters in a data base of its own."""

import tempfile
from pathlib import Path

import numpy as np
from qcodes.dataset import (
    Measurement,
    initialise_or_create_database_at,
    load_or_create_experiment,
    plot_dataset,
)
from qcodes.parameters import ManualParameter

folder = tempfile.TemporaryDirectory()
initialise_or_create_database_at(Path(folder.name) / "data.db")
experiment = load_or_create_experiment("bench", "sample")
gate, bias = ManualParameter("gate", unit="V"), ManualParameter("bias", unit="mV")
current = ManualParameter("current", unit="A")
measurement = Measurement(experiment)
measurement.register_parameter(gate)
measurement.register_parameter(bias)
measurement.register_parameter(current, setpoints=(gate, bias))
with measurement.run() as saver:
    for x in np.linspace(-1, 1, 12):
        for y in np.linspace(0, 5, 9):
            saver.add_result((gate, x), (bias, y), (current, 1e-9 * x * y))
plot_dataset(saver.dataset)
