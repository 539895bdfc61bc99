"""A slider of Matplotlib that mpl_interactions has made changes the curve."""

from typing import Any

from user import User

LIBRARY = "mpl-interactions"
FIGURE = "Figure 1"


def work(user: User) -> dict[str, Any]:
    """Click at three quarters of the slider."""
    user.run("""
import numpy as np
import mpl_interactions.ipyplot as iplt
from matplotlib.widgets import Slider
x = np.linspace(0, 6, 50)
figure, axes = plt.subplots()
figure.subplots_adjust(bottom=0.25)
place = figure.add_axes((0.2, 0.1, 0.6, 0.03))
slider = Slider(place, "tau", 0.0, 4.0, valinit=1.0)
controls = iplt.plot(x, lambda x, tau: tau * x, tau=slider, ax=axes)
""")
    user.window(FIGURE)
    user.click(FIGURE, user.place("new", "place.transData.transform((3.0, 0.5))"))
    user.until("slider.val != 1.0")
    last = "float(axes.lines[0].get_ydata()[-1])"
    user.until(f"{last} != 6.0")
    return {
        "tau": user.value("round(float(slider.val), 2)"),
        "curve": user.value(f"round({last}, 1)"),
    }
