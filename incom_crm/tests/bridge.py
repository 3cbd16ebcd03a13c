from .common import SALES_GROUPS, IncomCrmCommon

SECRET = "Quokka"


class BridgeCommon(IncomCrmCommon):
    """What an addon beside this one isolates: ``customer`` is A's, ``own`` is the colleague's."""

    # groups of another app that make the model readable at all, and that the people are given
    groups = ()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer, cls.own = cls.env["res.partner"].create(
            [
                {"name": name, "is_company": True, "user_id": user.id}
                for name, user in ((f"{SECRET} Ltd", cls.sale_a1), ("Mine", cls.sale_a2))
            ]
        )
        cls.mixed = cls._user("sale_and_more", ",".join((SALES_GROUPS, *cls.groups)))
        cls.mixed.crm_manager_id = cls.leader_a
        for group in cls.groups:
            people = cls.sale_a1 | cls.sale_a2 | cls.leader_a | cls.leader_b | cls.director
            cls.env.ref(group).user_ids |= people

    def assertSeen(self, hidden, free=None, own=None):
        """
        :param hidden: records of A's customer, for A and who stands above
        :param free: records that name nobody, for everybody
        :param own: records of the colleague's customer, for the colleague
        """
        nobody = hidden.browse()
        free, own = free or nobody, own or nobody
        everything = hidden | free | own
        for user, seen in (
            (self.sale_a1, hidden | free),
            (self.leader_a, everything),
            (self.director, everything),
            (self.sale_a2, own | free),
            (self.leader_b, free),
            (self.mixed, free),
        ):
            with self.subTest(user=user.login, model=hidden._name):
                self.env.flush_all()
                self.env.invalidate_all()
                found = hidden.with_user(user).search([("id", "in", everything.ids)])
                self.assertEqual(found, seen)
                refused = (everything - seen).with_user(user)
                self.assertFalse(refused._filtered_access("write"))
