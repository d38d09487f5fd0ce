"""A worker killed between each two of its steps, with the pretend Google in a process of its own."""
