"""Where the gradient of one example dies."""
