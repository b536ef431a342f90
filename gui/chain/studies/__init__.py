"""Questions about the chain, one module each."""
