"""A Bode plot, a Nyquist plot, a root locus."""

import control as ct
import matplotlib.pyplot as plt

system = ct.tf([1.0], [1.0, 0.5, 1.0, 0.2])
ct.bode_plot(system)
plt.figure()
ct.nyquist_plot(system)
plt.figure()
ct.root_locus_plot(system)
