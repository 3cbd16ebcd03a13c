"""Field types of the addon."""

from odoo import fields
from odoo.tools import SQL


class CustomerProfileLink(fields.Many2one):
    """Many2one from a contact to its row in the profile of the current company; no column.

    The row is found by its key (contact, company) wherever SQL needs it, with one join that all
    fields related through the link share. So they can be sorted, grouped and aggregated.
    """

    def to_sql(self, model, alias):
        return SQL(
            "(SELECT %(id)s FROM %(table)s WHERE %(key)s)",
            id=SQL.identifier(self._profile_table(model), "id"),
            table=SQL.identifier(self._profile_table(model)),
            key=self._key_to_sql(model, alias, self._profile_table(model)),
        )

    def join(self, model, alias, query):
        profile = model.env[self.comodel_name]
        profile_alias = query.make_alias(alias, self.name)
        query.add_join(
            "LEFT JOIN",
            profile_alias,
            profile._table,
            self._key_to_sql(model, alias, profile_alias),
        )
        return profile, profile_alias

    def _profile_table(self, model):
        return model.env[self.comodel_name]._table

    def _key_to_sql(self, model, alias, profile_alias):
        """The condition that joins the profile's row to the contact's."""
        profile_fields = model.env[self.comodel_name]._fields
        return SQL(
            "%s = %s AND %s = %s",
            SQL.identifier(profile_alias, "partner_id", to_flush=profile_fields["partner_id"]),
            SQL.identifier(alias, "id"),
            SQL.identifier(profile_alias, "company_id", to_flush=profile_fields["company_id"]),
            model.env.company.id,
        )
