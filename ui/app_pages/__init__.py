"""The pages. Streamlit runs each as a script; importing one draws nothing."""
