"""The windows, and what kernels and server want of them; the GUI thread."""
