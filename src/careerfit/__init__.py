"""careerfit: a career quiz for the terminal that tells near-neighbour roles apart and explains every rank."""

__version__ = "0.1.0"
