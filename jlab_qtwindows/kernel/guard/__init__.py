"""The cell-run guard, for kernels in which a GUI loop runs; the main thread.

Needs nothing but the standard library and the kernel around it.
"""
