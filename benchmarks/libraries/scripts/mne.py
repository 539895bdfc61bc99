"""The browser of simulated channels, their spectrum, an evoked response."""

import mne
import numpy as np

mne.set_log_level("error")
mne.viz.set_browser_backend("matplotlib")
random = np.random.default_rng(9)
names = ["Fp1", "Fp2", "C3", "C4", "O1", "O2"]
info = mne.create_info(names, 100.0, "eeg").set_montage("standard_1020")
raw = mne.io.RawArray(random.normal(size=(6, 3000)) * 2e-5, info)
raw.plot(show=False, block=False)
raw.compute_psd().plot(show=False)
evoked = mne.EvokedArray(random.normal(size=(6, 100)) * 1e-6, info, tmin=-0.2)
evoked.plot_joint(times=[0.1, 0.3], show=False)
