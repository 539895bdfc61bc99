"""A click on a root locus tells gain and damping."""

from typing import Any

from user import User

LIBRARY = "control"
FIGURE = "Figure 1"


def work(user: User) -> dict[str, Any]:
    """Click a branch of the locus."""
    user.run("""
import control
figure = plt.figure()
system = control.tf([1.0], [1.0, 3.0, 2.0, 0.0])
control.root_locus_plot(system)
axes = figure.axes[0]
""")
    user.window(FIGURE)
    roots = "control.root_locus_map(system, gains=[0.2]).loci[0]"
    place = "axes.transData.transform(sorted((r.real, r.imag) for r in {})[-1])"
    user.click(FIGURE, user.place("root", place.format(roots)))
    user.until("'gain' in axes.get_title().lower()")
    return {"title": user.value("axes.get_title()")}
