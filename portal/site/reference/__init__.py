"""Loads the reference files: what the region's sources say, checked row by row.

The files are the source of the facts they hold: loading corrects them in the database. What a file
does not mention is left alone, nothing is ever deleted, and what staff have unpublished or changed
by hand stays so: that is told, and only `--overwrite` gives the file the last word.
"""
