"""What people may ask of the register (tietopyynnöt): from receipt to a proved answer."""
