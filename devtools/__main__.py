"""Dispatch ``./dev <subcommand>``."""

import sys

from .commands import lifecycle, lint, odoo, test
from .console import DevError

COMMANDS = {
    "setup": lifecycle.setup,
    "test": test.test,
    "lint": lint.lint,
    "format": lint.format_code,
    "odoo": odoo.odoo,
    "shell": odoo.shell,
    "psql": odoo.psql,
    "stop": lifecycle.stop,
}


def main(arguments):
    """Run a subcommand; a failure of ours is one message, not a traceback."""
    name = arguments[0] if arguments else "--help"
    if name not in COMMANDS:
        for command, function in COMMANDS.items():
            print(f"  ./dev {command:<12} {function.__doc__.splitlines()[0]}")
        return 0 if name in ("-h", "--help", "help") else 2
    try:
        return COMMANDS[name](arguments[1:]) or 0
    except DevError as error:
        print(f"dev: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
