"""Parts of pages: each draws one thing from a read model."""
