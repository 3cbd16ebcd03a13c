from odoo.tests import HttpCase


class BrowserCase(HttpCase):
    """Tours in which what a person does shows at once, as after the commit of a request."""

    def setUp(self):
        super().setUp()
        self._refresh_where_production_commits()

    def _refresh_where_production_commits(self):
        """Refresh touched customers at the end of a request, as the hooks after a commit do.

        A test's cursor never commits and drops those hooks.
        """
        queue = self.env.registry["incom.customer.queue"]
        flush_touched = queue._flush_touched

        def flush_and_refresh(records):
            touched = list(records.env.cr.precommit.data.get("incom_crm.touched", ()))
            flush_touched(records)
            records.env["incom.customer.profile"].sudo()._refresh_touched(touched)

        self.patch(queue, "_flush_touched", flush_and_refresh)
