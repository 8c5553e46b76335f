"""What is about this one article: its tables, its claims, its audit."""
