"""How long tests wait for what other processes do."""

PATIENCE = 300.0
"""Seconds. A machine that is busy with other things may be twenty times as slow; a test that passes waits no longer
than it must, and what is not there by then has gone wrong."""
