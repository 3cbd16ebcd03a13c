"""Does every model have access rights? Read from the sources, without a database."""

import ast
import csv

STORED_BASES = {"Model", "TransientModel"}


def declared_models(addon):
    """Names of the models that an addon's Python files define."""
    for path in sorted(addon.rglob("*.py")):
        if "tests" in path.relative_to(addon).parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef):
                yield from model_name(node)


def model_name(node):
    """The model that a class introduces, if it introduces one that needs rights."""
    bases = {base.attr for base in node.bases if isinstance(base, ast.Attribute)}
    if not bases & STORED_BASES:
        return
    values = {}
    for statement in node.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            values[statement.targets[0].id] = statement.value
    name = literal(values.get("_name"))
    inherited = literal(values.get("_inherit"))
    inherited = [inherited] if isinstance(inherited, str) else inherited or []
    if name and name not in inherited:
        yield name


def literal(node):
    """The value of a literal, None for anything else."""
    try:
        return ast.literal_eval(node) if node is not None else None
    except ValueError:
        return None


def models_with_access(addon):
    """External ids of the models that the access file names."""
    path = addon / "security/ir.model.access.csv"
    if not path.is_file():
        return set()
    with path.open(newline="") as handle:
        return {row["model_id:id"].rpartition(".")[2] for row in csv.DictReader(handle)}


def missing_access(addon):
    """Models of an addon that nobody was given access to."""
    known = models_with_access(addon)
    return [
        name for name in declared_models(addon) if f"model_{name.replace('.', '_')}" not in known
    ]
