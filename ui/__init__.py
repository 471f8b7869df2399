"""The researchers' desk: a Streamlit app over the read models of `kb.queries`. Pages draw; they hold no rules."""
