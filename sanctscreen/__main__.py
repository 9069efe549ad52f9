"""The command line as ``python -m sanctscreen``, where no script is installed."""

from sanctscreen.cli import main

if __name__ == "__main__":
    main()
