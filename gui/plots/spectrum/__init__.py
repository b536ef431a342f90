"""The singular values of the Jacobian from every layer to the output."""
