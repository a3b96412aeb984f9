"""The paper archive (paperiarkisto): where paper lies, who has taken it, how it was destroyed."""
