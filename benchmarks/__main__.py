"""Measurements of incom_crm; see benchmarks/README.md."""

import argparse
import sys

from . import backtest, curve, perf, retail
from .database import Refused

COMMANDS = (retail, backtest, curve, perf)


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
