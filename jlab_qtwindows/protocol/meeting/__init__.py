"""How the processes meet: files, directories, and the host that one of them starts.

Used by server, kernels and host; standard library only.
"""
