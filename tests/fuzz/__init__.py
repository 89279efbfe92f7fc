"""`make fuzz`: mutated files through the check; bounded, repeatable, and never part of the suite's time."""
