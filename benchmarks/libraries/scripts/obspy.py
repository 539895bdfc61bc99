"""A seismogram, its spectrogram, a beach ball."""

import matplotlib.pyplot as plt
import numpy as np
from obspy import Stream, Trace, UTCDateTime
from obspy.imaging.beachball import beachball

random = np.random.default_rng(8)
traces = [
    Trace(
        random.normal(size=3000).cumsum(),
        {"station": name, "sampling_rate": 20.0, "starttime": UTCDateTime(2024, 1, 1)},
    )
    for name in ("AAA", "BBB")
]
Stream(traces).plot(fig=plt.figure(figsize=(8, 5)))
axes = plt.figure().add_subplot()
traces[0].spectrogram(axes=axes, show=False)
beachball([210, 70, -30], fig=plt.figure(figsize=(3, 3)))
