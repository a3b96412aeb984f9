"""What staff and the night do in this room. The only code that writes its tables."""
