"""Retention (säilytys): how long each kind of data is kept, as dates. The engine comes later."""
