"""The search of names compiled to machine code: the same pairs and scores as the reference, for long lists and large batches.

Imported only when a search is large enough to pay for it; every kernel frees the interpreter, so that slices run in threads.
"""
