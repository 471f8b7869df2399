"""Tools for people who work on the project: benchmarks and test servers."""
