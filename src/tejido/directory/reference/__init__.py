"""What a new installation starts with. Sources and rules: README.md in this folder."""
