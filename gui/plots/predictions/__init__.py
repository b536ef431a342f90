"""What the network says of the examples, and of the plane."""
