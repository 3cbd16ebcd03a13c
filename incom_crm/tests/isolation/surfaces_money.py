"""Ways to the money of somebody's customers."""

from .matrix import Surfaces
from .surfaces_order import UNLESS_ACCOUNTANT
from .world import SEEING

surfaces = Surfaces()
READERS = (*SEEING, "accountant")


def _of_customer(world):
    return [("partner_id", "=", world.customer.id)]


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=READERS)
def money_lines(world, env):
    return env["incom.money.line"].search_read(_of_customer(world), ["amount", "partner_id"])


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=READERS)
def money_grouped(world, env):
    return env["incom.money.line"]._read_group(_of_customer(world), ["box"], ["amount:sum"])


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=())
def rest_of_order_given_up(world, env):
    return env["sale.order"].browse(world.order.id).incom_close_rest("Not mine to give up")
