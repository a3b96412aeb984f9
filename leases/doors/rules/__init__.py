"""The domain of the door, without a database and a clock: who may be let in, and on-call time."""
