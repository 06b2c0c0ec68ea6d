"""A certificate as an Open Badges 3.0 credential: what it says, how it is signed, how it is revoked, how it becomes a picture."""
