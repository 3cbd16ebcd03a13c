def add_to(subparsers):
    pass
