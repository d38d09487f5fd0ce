"""What the library teaches the staff: series of sessions, and how many colleagues came; a number only, and never student reach."""
