"""Curves, a surface and an implicit curve of expressions."""

from sympy import cos, plot, plot_implicit, sin, symbols
from sympy.plotting import plot3d

x, y = symbols("x y")
plot(sin(x), cos(x) / 2, (x, -5, 5), legend=True, show=True)
plot3d(cos(x * y), (x, -2, 2), (y, -2, 2), show=True)
plot_implicit(x**2 + y**2 - 4, (x, -3, 3), (y, -3, 3), show=True)
