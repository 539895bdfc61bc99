"""What is known of the machine and of other packages: displays, libraries, versions.

Used by server, kernels, host and doctor; standard library only.
"""
