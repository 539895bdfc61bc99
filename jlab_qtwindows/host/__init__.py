"""The window host: the one process that runs Qt and draws the mirrored figures."""
