"""Template tags, navigation, formats and the component gallery."""
