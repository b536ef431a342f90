"""What the program reads and never writes: MNIST, experiments, lectures, icons, the style sheet."""
