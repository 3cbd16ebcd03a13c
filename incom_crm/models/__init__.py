# The order of import is the order of inheritance.
from . import customer  # isort: skip
from . import care, sales
