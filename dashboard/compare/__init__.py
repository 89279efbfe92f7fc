"""比べる: areas side by side, each number beside the mean of the nation and of its prefecture."""
