"""What Matplotlib calls: canvas, manager, toolbar, timers, what stands for a window.

The thread of the program that calls, most often the main one.
"""
