"""How rows are kept: the base every table shares, sessions, upserts, the audit log, and the migrations."""
