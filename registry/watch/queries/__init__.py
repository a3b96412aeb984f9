"""What staff look at in this room. Each function runs a fixed number of statements."""
