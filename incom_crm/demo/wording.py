"""Sentences as the people of the demo company write them."""

from . import tables
from .orders import basket

# Quantities people ask for, by unit, in steps of the product.
STEPS_ASKED = (2, 4, 8, 10, 20)
TON = 1000


class Wording:
    """Fills the table's sentences with a customer's own people and products.

    :param random.Random rng: chooses sentences, products and quantities
    """

    def __init__(self, customer, rng):
        self._rng = rng
        self._phrases = tables.phrases()
        self._products = [row for row in tables.rows("products") if row["code"] in basket(customer)]
        contact, title = customer.contacts[0]
        self._who = f"{title} {contact.name.rsplit(' ', 1)[-1]}"

    def about(self, occasion):
        """One sentence for an occasion of ``phrases.json``."""
        return self.fill(self._rng.choice(self._phrases[occasion]))

    def fill(self, phrase):
        """A phrase with its placeholders filled; the first letter is a capital."""
        product = self._rng.choice(self._products)
        text = phrase.format(
            who=self._who,
            product=product["name"].split(",")[0],
            quantity=self._quantity(product),
            day=self._rng.choice(self._phrases["days"]),
        )
        return text[0].upper() + text[1:]

    def _quantity(self, product):
        amount = int(product["step"]) * self._rng.choice(STEPS_ASKED)
        if product["unit"] == "kg" and amount % TON == 0:
            return f"{amount // TON} tấn"
        return f"{amount:,}".replace(",", ".") + f" {product['unit'].lower()}"
