"""The Streamlit user interface: pages read `kb.queries` and draw."""
