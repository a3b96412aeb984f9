"""Global search (haku): one box for everything; rooms register what they find."""
