"""What lies outside the school and Google: one guarded way to read an address, and what catalogues and pages say of a source.

Nothing here is asked by a student or by the clock, only when the librarian looks a source up; `THROUGHLINE_LOOKUPS=off` ends it.
"""
