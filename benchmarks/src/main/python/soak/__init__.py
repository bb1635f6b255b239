"""An hour of mixed clients, well-behaved and not, against one server; at rest in between it has to be as small as at first.

Start reading at run.py. jobs.py is what clients do, server.py starts and measures. Only the standard library is used.
"""
