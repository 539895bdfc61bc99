"""Figures that have arrived: loading them, what a user changes of them, drawing.

The receiver thread loads, the GUI thread does all else.
"""
