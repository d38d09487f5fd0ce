"""What each teacher agreed to. A teacher's word outlives any post."""
