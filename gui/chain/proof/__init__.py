"""The proof, live: a nudge of b_1 that travels to the cost, and the gradient by other ways."""
