"""The host as a process: which Qt, its life-line, its log.

Main thread, but for the life-line's own.
"""
