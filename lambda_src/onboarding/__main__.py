"""The command line: `python -m onboarding --help`."""

from onboarding.cli.command import app

if __name__ == "__main__":
    app(prog_name="python -m onboarding")
