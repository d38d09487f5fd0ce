"""The school's goals, what came of the work, and the page for the principal, in every form it is asked for."""
