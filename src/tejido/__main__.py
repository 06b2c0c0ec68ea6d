"""`python -m tejido` is the `tejido` command."""

from tejido.cli import main

main()
