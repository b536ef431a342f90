"""What instruments ask of a close look: one file a reading, a frozen wish and its answer."""
