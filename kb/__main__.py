"""`python -m kb` is `chronograph`."""

from kb.cli import main

if __name__ == "__main__":
    main()
