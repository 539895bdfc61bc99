"""The host as a process: which Qt, its life-line, its log."""
