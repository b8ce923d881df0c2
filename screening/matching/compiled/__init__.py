"""The search of names compiled to machine code: the pairs and scores of the reference, for long lists and large batches.

Imported when names are first searched; every kernel frees the interpreter, so that slices run in threads.
"""
