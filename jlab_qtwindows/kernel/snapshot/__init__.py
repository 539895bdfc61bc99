"""How a figure is taken: its state as a pickle, without what no drawing needs.

The thread that takes it.
"""
