"""What staff look at: who fits at a door, openings, and who is on call."""
