"""Declared spellings turned into values that can be compared: countries, numbers, dates, codes and quantities."""
