"""The Jupyter server extension: starts the window host and serves the panel."""
