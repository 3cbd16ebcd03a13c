"""Plain text tables on the terminal."""


def print_table(title, rows, formats=None):
    """Print dicts as a table, one column per key of the first.

    :param formats: ``{key: format specification}`` for columns that are not shown as they are
    """
    print(f"\n{title}")
    if not rows:
        print("  nothing")
        return
    formats = formats or {}
    lines = [list(rows[0])]
    lines += [[format_cell(row[key], formats.get(key, "")) for key in rows[0]] for row in rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    for line in lines:
        print("  " + "  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)))


def format_cell(value, specification):
    return "-" if value is None else format(value, specification) if specification else str(value)
