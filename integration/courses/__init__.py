"""Which classes there are, whose they are, which grade each is and how sure we are; the teachers in them."""
