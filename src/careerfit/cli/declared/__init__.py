"""The commands and what each of them takes; the work is done in the modules they import."""
