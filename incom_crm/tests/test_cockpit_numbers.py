import random
from datetime import timedelta

from odoo.tests import TransactionCase, freeze_time, tagged

from ..models.cockpit.table import TILES
from .cockpit_world import SEED, CockpitWorld
from .history_world import NOW

CUSTOMERS = 200
TRIPLES = 500
# Tiles asked of one page.
EACH = 12
# Who may open which pages.
PAGES = (
    ("an", "salesperson", "an"),
    ("binh", "salesperson", "binh"),
    ("carol", "salesperson", "carol"),
    ("leader", "salesperson", "leader"),
    ("leader", "salesperson", "binh"),
    ("leader", "salesperson", "gone"),
    ("leader", "leader", "leader"),
    ("far_leader", "leader", "far_leader"),
    ("director", "salesperson", "carol"),
    ("director", "leader", "leader"),
    ("director", "leader", "director"),
    ("director", "director", "director"),
    ("director", "director", "far_leader"),
)
CODES = ("today", "week", "month", "quarter", "year", "last_week", "last_month")


@tagged("post_install", "-at_install")
class TestCockpitNumbers(TransactionCase):
    """A number is a list: tile, ``search_count`` of its domain and rows of the opened list agree."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        frozen = freeze_time(NOW)
        frozen.start()
        cls.addClassCleanup(frozen.stop)
        cls.env["incom.isolation"]._switch(True)
        cls.world = CockpitWorld(cls.env, CUSTOMERS)
        cls.users = cls.world.users

    def cockpit(self, login, company=None):
        user = self.users[login]
        allowed = (company or user.company_id).ids
        env = self.env(user=user, context={**user.context_get(), "allowed_company_ids": allowed})
        return env["incom.cockpit"]

    def periods(self, chance):
        """A period by code, or any days of the last two years."""
        if chance.random() < 0.5:
            return chance.choice(CODES)
        first = self.world.day - timedelta(days=chance.randint(0, 700))
        last = first + timedelta(days=chance.choice((0, 1, 6, 30, 90, 365)))
        return {"from": first.isoformat(), "to": last.isoformat()}

    # -- number = list -----------------------------------------------------------------------------

    def test_every_number_is_its_list(self):
        """500 random (tile, person, period)."""
        chance = random.Random(SEED)
        tried, counted = 0, 0
        while tried < TRIPLES:
            login, role, target = chance.choice(PAGES)
            period = self.periods(chance)
            cockpit = self.cockpit(login)
            tiles = cockpit.get_tiles(role, period, self.users[target].id)
            for key in chance.sample(sorted(tiles), min(EACH, len(tiles))):
                with self.subTest(viewer=login, role=role, of=target, period=period, tile=key):
                    self.assert_is_list(cockpit.env, tiles[key], TILES[key].amount)
                tried += 1
                counted += bool(tiles[key]["count"])
        self.assertGreater(counted, TRIPLES / 3, "most numbers are something")

    def assert_is_list(self, env, cell, amount=None):
        records = env[cell["res_model"]]
        self.assertEqual(records.search_count(cell["domain"]), cell["count"])
        specification = {amount: {}} if amount else {}
        rows = records.web_search_read(cell["domain"], specification)
        self.assertEqual((rows["length"], len(rows["records"])), (cell["count"],) * 2)
        if amount:
            total = sum(row[amount] for row in rows["records"])
            self.assertAlmostEqual(total, cell["amount"], delta=0.01)

    def test_numbers_in_tables_are_lists(self):
        for login, role in (("an", "salesperson"), ("leader", "leader"), ("director", "director")):
            cockpit = self.cockpit(login)
            page = cockpit.get_page(role, "quarter")
            cells = [
                cell for row in page["matrix"]["rows"] for cell in (*row["cells"], row["total"])
            ]
            for row in page.get("grid", {"rows": []})["rows"]:
                cells += [cell for cell in row["cells"].values() if "domain" in cell]
            cells += page.get("grid", {"total": {}})["total"].values()
            for cell in cells:
                with self.subTest(role=role, list=cell["name"]):
                    self.assert_is_list(cockpit.env, cell)

    def test_every_tile_counts_something(self):
        """Over both companies no number of the table is idle here."""
        found = set()
        for company in self.world.loader.settings.companies.values():
            cockpit = self.cockpit("director", company)
            counts = cockpit._counts(cockpit._scope("leader", "year", False))
            found |= {key for key in TILES if counts.total(key).count}
        self.assertEqual(TILES.keys() - found, set())

    # -- sums ---------------------------------------------------------------------------------------

    def test_matrix_adds_up(self):
        for login, role in (("an", "salesperson"), ("leader", "leader"), ("director", "director")):
            for period in ("month", "last_month", "year"):
                page = self.cockpit(login).get_page(role, period)
                cared, not_cared, everybody = page["matrix"]["rows"]
                with self.subTest(role=role, period=period):
                    for one, other, both in zip(
                        cared["cells"], not_cared["cells"], everybody["cells"], strict=True
                    ):
                        self.assertEqual(one["count"] + other["count"], both["count"])
                    for row in page["matrix"]["rows"]:
                        total = sum(cell["count"] for cell in row["cells"])
                        self.assertEqual(total, row["total"]["count"])
                        self.assertEqual(total, page["tiles"][row["key"]]["count"])
                    self.assertTrue(everybody["total"]["count"])

    def test_grid_adds_up(self):
        for login, role in (("leader", "leader"), ("director", "leader"), ("director", "director")):
            grid = self.cockpit(login).get_page(role, "last_month")["grid"]
            for key, total in grid["total"].items():
                with self.subTest(viewer=login, role=role, column=key):
                    rows = [row["cells"][key] for row in grid["rows"]]
                    self.assertEqual(sum(cell["count"] for cell in rows), total["count"])
                    amounts = sum(cell["amount"] or 0 for cell in rows)
                    self.assertAlmostEqual(amounts, total["amount"] or 0, delta=0.01)

    def test_alerts_partition_the_customers(self):
        tiles = self.cockpit("director").get_tiles("director", "month")
        fine = self.env["res.partner"].with_env(self.cockpit("director").env)
        fine = fine.search_count([("customer_profile_id", "any", [("care_alert", "=", "ok")])])
        alerts = sum(tiles[key]["count"] for key in ("needs_care", "missed", "neglected"))
        self.assertEqual(alerts + fine, tiles["all"]["count"])
        for one, other in (("cared", "not_cared"), ("bought", "not_bought")):
            self.assertEqual(tiles[one]["count"] + tiles[other]["count"], tiles["all"]["count"])

    def test_money_is_the_profiles(self):
        """The lists of documents add up to what the engine says of the customers."""
        cockpit = self.cockpit("director")
        profiles = cockpit.env["incom.customer.profile"]
        company = cockpit.env.company
        tiles = cockpit.get_tiles("director", "month")
        # who belongs to another company is no customer to be seen here, what he was offered is
        own = [("partner_id.company_id", "in", [company.id, False])]
        for key, field, whose in (
            ("unsigned", "unsigned_amount", []),
            ("overdue", "overdue_amount", own),
        ):
            [(amount,)] = profiles._read_group(
                [("company_id", "=", company.id), *whose], [], [f"{field}:sum"]
            )
            with self.subTest(tile=key):
                self.assertTrue(amount)
                self.assertAlmostEqual(tiles[key]["amount"], amount, delta=CUSTOMERS)

    # -- the period before ------------------------------------------------------------------------

    def test_previous_is_the_count_of_the_period_before(self):
        cockpit = self.cockpit("leader")
        for period in ("today", "week", "month", "quarter", "year", "last_week", "last_month"):
            tiles = cockpit.get_tiles("leader", period)
            before = cockpit._period(period).before()
            asked = {"from": before.first.isoformat(), "to": before.last.isoformat()}
            earlier = cockpit.get_tiles("leader", asked)
            for key, tile in tiles.items():
                with self.subTest(period=period, tile=key):
                    if TILES[key].by_period:
                        self.assertEqual(tile["previous"], earlier[key]["count"])
                    else:
                        self.assertIsNone(tile["previous"])

    # -- the worklist -----------------------------------------------------------------------------

    def test_worklist_is_short_and_ranked(self):
        cockpit = self.cockpit("leader")
        page = cockpit.get_page("leader", "month")
        worklist = page["worklist"]
        self.assertEqual(len(worklist["rows"]), 15)
        self.assertGreater(worklist["total"], 15)
        priorities = [row["priority"] for row in worklist["rows"]]
        self.assertEqual(priorities, sorted(priorities, reverse=True))
        more = cockpit.env["res.partner"].search(worklist["more"]["domain"], order="priority desc")
        self.assertEqual(len(more), worklist["total"])
        for row, partner in zip(worklist["rows"], more, strict=False):
            self.assertEqual(row["priority"], partner.priority)
        for row in worklist["rows"]:
            partner = cockpit.env["res.partner"].browse(row["partner_id"])
            self.assertFalse(partner.snoozed)
            self.assertTrue(
                partner.care_alert != "ok"
                or partner.purchase_status in ("due", "late")
                or partner.overdue_amount
            )
            self.assertTrue(row["reason"])
            self.assertTrue(row["explanation"])
