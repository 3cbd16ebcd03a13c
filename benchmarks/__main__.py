"""Measurements of incom_crm; see benchmarks/README.md."""

import argparse
import sys

from odoo.tools import config

# Makes the addon importable, so it comes before the commands.
config.parse_config(["--log-level=warn", "--http-interface=127.0.0.1"], setup_logging=True)

from . import backtest, curve, isolation, perf, retail  # noqa: E402
from .database import Refused  # noqa: E402
from .perf import writers  # noqa: E402

COMMANDS = (retail, backtest, perf, isolation, curve, writers)


def main():
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    subparsers = parser.add_subparsers(dest="command", required=True)
    for command in COMMANDS:
        command.add_to(subparsers)
    arguments = parser.parse_args()
    try:
        return arguments.run(arguments)
    except Refused as reason:
        print(f"bench: {reason}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
