from odoo import models


class IrUiMenu(models.Model):
    """The handovers are for superiors; nobody else has anything to do there."""

    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        hidden = super()._load_menus_blacklist()
        people = self.env["incom.handover"]._people_ids()
        if people is not None and not people:
            # gone while the addon is being removed
            menus = (
                self.env.ref(f"incom_crm.{name}", raise_if_not_found=False)
                for name in ("menu_team", "menu_handovers", "menu_orphaned_customers")
            )
            hidden += [menu.id for menu in menus if menu]
        return hidden
