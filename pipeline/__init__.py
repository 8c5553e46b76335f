"""What is built from what; runs notebooks; the only place that writes results."""
