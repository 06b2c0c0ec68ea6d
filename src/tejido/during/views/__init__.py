"""Pages of this domain: the desk of the team, the wall, the room."""
