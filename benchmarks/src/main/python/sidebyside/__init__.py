"""The field, side by side: runs FTP servers under the same load, in turn, and reports what each of them costs.

Start reading at compare.py; the life of one measurement is rounds.py. Only the standard library is used.
"""
