"""A tree map."""

import matplotlib.pyplot as plt
import squarify

plt.figure()
squarify.plot([13, 22, 35, 5], label=["A", "B", "C", "D"], alpha=0.7)
plt.axis("off")
