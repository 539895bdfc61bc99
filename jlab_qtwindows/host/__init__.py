"""The window host: the one process that runs Qt and draws the mirrored figures.

Qt's objects belong to its GUI thread, the socket to the channel's.
"""
