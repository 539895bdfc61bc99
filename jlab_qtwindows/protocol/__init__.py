"""What kernel, host and server say to each other.

Standard library only: every process, also a bare kernel environment, can import it.
"""
