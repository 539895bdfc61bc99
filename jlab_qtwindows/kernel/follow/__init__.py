"""When a figure is taken: what has changed, what is due, what it may cost.

The I/O thread, or the thread that draws; changes are noted in any thread.
"""
