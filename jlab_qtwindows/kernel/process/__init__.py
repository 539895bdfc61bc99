"""What this process is and does: notebook and cell, activity, interpreter, words.

Any thread.
"""
