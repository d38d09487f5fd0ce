"""The clock struck: jobs the bell asked for, the timetable, and the sweep that finds whatever was forgotten."""
