"""What is asked of applications: a fixed number of statements each."""
