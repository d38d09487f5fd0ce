"""Citation workshops: the unit's sources, kits made of them for a grade, the practice page, and what each class could do.

No student is known here. What is kept of practice are counts for a class and a question, never who tried or when.
"""
