"""Where windows are on the desktop, and what they are called; the GUI thread."""
