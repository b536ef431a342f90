"""Charts of one chain: σ′ at every neuron, the size of each term, the gradients."""
