"""`python -m careerfit` is the `careerfit` command."""

from careerfit.cli import main

if __name__ == "__main__":
    main()
