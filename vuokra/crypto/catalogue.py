"""What the tables of the keys are: nobody's data."""

from vuokra.policy.catalogue import not_personal

not_personal("vuokra_crypto_subject_key", "wrapped data keys, one per person id")
not_personal("vuokra_crypto_key_canary", "a known text sealed with each key")
