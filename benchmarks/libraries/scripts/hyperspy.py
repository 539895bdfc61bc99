"""Signals with a navigator, an image."""

import hyperspy.api as hs
import numpy as np

hs.preferences.GUIs.warn_if_guis_are_missing = False
random = np.random.default_rng(10)
hs.signals.Signal1D(random.random((10, 12, 64)).cumsum(axis=2)).plot()
hs.signals.Signal2D(random.random((4, 32, 32))).plot()
