"""Own front-end code: Streamlit components (version 2), each in a folder, without packages or remote files."""
