"""The kernel's side: the Matplotlib backend `qtwindows` and what follows the figures.

Runs in any Python process that plots: a Jupyter kernel, IPython, a script. Needs
matplotlib, numpy and pyzmq; never Qt, jupyter_server or tornado.
"""
