"""What several instruments are made of."""
