"""Products of the demo company with their units, categories and prices in VND."""

from odoo import Command

from . import tables
from .stage import by_name


def set_up_products(stage, taxes):
    """Create the catalogue; `stage.products` becomes code → ``product.product``.

    :param dict taxes: VAT rate in percent → ``account.tax``
    """
    rows = tables.rows("products")
    units = _units(stage.env, {row["unit"] for row in rows})
    categories = by_name(stage.env["product.category"], sorted({row["category"] for row in rows}))
    products = stage.env["product.product"].create([
        {
            "name": row["name"],
            "default_code": row["code"],
            "categ_id": categories[row["category"]].id,
            "uom_id": units[row["unit"]].id,
            "list_price": float(row["price"]),
            "standard_price": float(row["cost"]),
            "taxes_id": [Command.set(taxes[row["vat"]].ids)],
            "supplier_taxes_id": [Command.clear()],
            "invoice_policy": "order",
            "company_id": stage.company.id,
        }
        for row in rows
    ])  # fmt: skip
    stage.products = dict(zip([row["code"] for row in rows], products, strict=True))


def _units(env, names):
    """Units by name: kilograms are Odoo's own, the rest are countable."""
    kilogram = env.ref("uom.product_uom_kgm")
    return by_name(env["uom.uom"], sorted(names - {"kg"})) | {"kg": kilogram}
