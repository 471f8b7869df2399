"""What an article says: times, entities, claims. Pure functions over spaCy documents."""
