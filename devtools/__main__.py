"""Dispatch ``./dev <subcommand>``."""

import sys

from .commands import bench, cycle, glance, i18n, lifecycle, lint, odoo, run, test, upstream
from .console import DevError

COMMANDS = {
    "setup": lifecycle.setup,
    "run": run.run,
    "test": test.test,
    "lint": lint.lint,
    "format": lint.format_code,
    "bench": bench.bench,
    "upstream": upstream.upstream,
    "cycle": cycle.cycle,
    "i18n": i18n.i18n,
    "glance": glance.glance,
    "odoo": odoo.odoo,
    "shell": odoo.shell,
    "psql": odoo.psql,
    "stop": lifecycle.stop,
    "clean": lifecycle.clean,
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
