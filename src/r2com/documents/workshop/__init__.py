"""Where files from outside are taken apart and drawn anew.

It runs in a process of its own, with limits on memory and time (see `apart.py`), and knows no Django, no
database and no key: a file that was made to break a reader breaks this process and nothing else.
"""
