"""`python -m kb` is `chronograph`."""


def main() -> None:
    """The command line, loaded when it is run: processes that `chronograph` starts import this module only."""
    from kb.cli import main

    main()


if __name__ == "__main__":
    main()
