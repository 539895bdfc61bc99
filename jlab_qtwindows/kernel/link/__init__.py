"""The connection to a host: finding one, speaking with it, what becomes of it.

The I/O thread; what any thread may call says so.
"""
