"""What comes back from windows: events, edits, whose keys they are; the main thread.

The I/O thread puts in, the main thread takes out.
"""
