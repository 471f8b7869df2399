"""From inputs to extractions: reading, cleaning, annotating, extracting, writing."""
