"""Importers of official list files: one module a source and form, all of the shape of ``source.Importer``."""
