"""A window's toolbar, and what the user does on its canvas; the GUI thread."""
