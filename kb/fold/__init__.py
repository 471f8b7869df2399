"""Claims and judgements folded into events. Pure functions: no store, no clock."""
