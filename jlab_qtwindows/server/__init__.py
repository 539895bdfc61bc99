"""The Jupyter server extension: starts the window host and serves the panel.

On the server's event loop.
"""
