"""The access log on the screen: who has looked at whom, own views, and whether it is whole."""
