"""The plan, the ledger, and the only writing into Classroom. Nothing reaches a class that is not in the ledger first."""
