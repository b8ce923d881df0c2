"""Lists as data: find, validate, date, digest. Knows nothing of screening."""
