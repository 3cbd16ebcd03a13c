from . import care, customer, sales
