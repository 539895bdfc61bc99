"""MNE's browser: pages by keys, a channel marked by a click, and no key of ours."""

from typing import Any

from user import User

LIBRARY = "mne"


def work(user: User) -> dict[str, Any]:
    """Page to the right and back, mark a channel, press keys of Matplotlib."""
    user.run("""
import mne, numpy as np
mne.set_log_level("error")
mne.viz.set_browser_backend("matplotlib")
random = np.random.default_rng(9)
info = mne.create_info(["A1", "A2", "A3", "A4", "A5"], 100.0, "eeg")
raw = mne.io.RawArray(random.normal(size=(5, 6000)) * 2e-5, info)
browser = raw.plot(show=True, block=False, duration=10)
title = browser.canvas.manager.get_window_title()
axes = browser.mne.ax_main
""")
    title = user.value("title")
    user.window(title)
    user.key(title, "shift+Right")
    page = user.until("float(browser.mne.t_start)")
    user.key(title, "Home", "shift+Right", "shift+Right", "Left")
    user.until(f"browser.mne.t_start > {page}")
    later = user.value("round(float(browser.mne.t_start), 2)")
    label = user.place("label", "axes.transAxes.transform((-0.02, 0.5))")
    user.click(title, label)
    bad = user.until("raw.info['bads'] or browser.mne.info['bads']")
    user.key(title, "l", "g", "q")
    user.key(title, "minus")
    user.until("browser.mne.scale_factor != 1")
    return {
        "page": page,
        "later": later,
        "bad": bad,
        "scale": user.value("axes.get_yscale(), axes.get_xscale()"),
        "zoom": user.value("round(float(browser.mne.scale_factor), 3)"),
        "open": user.value("len(plt.get_fignums())"),
    }
