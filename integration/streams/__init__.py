"""What stands in each class's stream: topics, announcements and materials, and never anything a student wrote."""
