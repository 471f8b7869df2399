"""Sources: where articles come from again and again, each one YAML file, and what collecting from one means."""
