"""How the directory speaks HTTP."""
