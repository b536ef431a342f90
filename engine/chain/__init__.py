"""Single neurons in a row (Nielsen, chapter 5): the product that makes gradients unstable."""
