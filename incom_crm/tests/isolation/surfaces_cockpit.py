"""Ways through the cockpit: a page of one's own must tell nothing of others' customers."""

from .matrix import Surfaces
from .world import ANYBODY, SEEING, secrets_in

surfaces = Surfaces()
ROLES = ("salesperson", "leader", "director")
YEAR = {"from": "2000-01-01", "to": "2100-01-01"}


@surfaces.add()
def page_of_the_victim(world, env):
    """The day of a person who does not stand below."""
    page = env["incom.cockpit"].get_page("salesperson", "month", world.users["victim"].id)
    return page["tiles"]["all"]["count"]


@surfaces.add(allowed=())
def own_pages(world, env):
    """Whatever page is open to him by right, no secret is on it."""
    cockpit = env["incom.cockpit"]
    roles = cockpit._roles(cockpit._people())
    pages = [cockpit.get_page(role, period) for role in roles for period in ("month", YEAR)]
    return secrets_in([page.get("worklist") for page in pages])


@surfaces.add(allowed=())
def pages_of_all_roles(world, env):
    """A page that his role does not open."""
    cockpit = env["incom.cockpit"]
    closed = set(ROLES) - set(cockpit._roles(cockpit._people()))
    return [cockpit.get_tiles(role) for role in sorted(closed)]


@surfaces.add(allowed=())
def tiles_counted_for_all(world, env):
    """Every number of one's own pages is of customers one may read."""
    cockpit = env["incom.cockpit"]
    found = []
    for role in cockpit._roles(cockpit._people()):
        for tile in cockpit.get_tiles(role, YEAR).values():
            records = env[tile["res_model"]].search(tile["domain"])
            found += records.mapped("display_name")
    return secrets_in(found)


@surfaces.add()
def customers_by_period_of_care(world, env):
    """Searching by what happened in a period."""
    return env["res.partner"].search(
        [
            ("id", "=", world.customer.id),
            ("customer_profile_id", "any", [("cared_in", "!=", "1990-01-01/1990-01-31")]),
        ]
    )


@surfaces.add(allowed=(*SEEING, "accountant"), refused=tuple(set(ANYBODY) - {"accountant"}))
def customers_by_period_of_purchase(world, env):
    return env["res.partner"].search(
        [
            ("id", "=", world.customer.id),
            ("customer_profile_id", "any", [("bought_in", "!=", "1990-01-01/1990-01-31")]),
        ]
    )


@surfaces.add()
def opportunities_not_quoted(world, env):
    ids = world.hidden["crm.lead"].ids
    return env["crm.lead"].search([("id", "in", ids), ("is_open_unquoted", "in", [True, False])])
