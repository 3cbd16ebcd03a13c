from odoo.tests import HttpCase, tagged
from odoo.tools.misc import mute_logger

from .matrix import MatrixCase, attacked
from .surfaces_http import surfaces


@tagged("post_install", "-at_install")
@attacked(surfaces)
class TestWebSurfaces(MatrixCase, HttpCase):
    """Every way through the web server, as a browser or a program goes it."""

    @mute_logger("odoo.http", "odoo.addons.http_routing.models.ir_http")
    def _attempt(self, surface, who):
        login = self.users[who].login
        self.authenticate(login, login, session_extra={"debug": "1"})
        return super()._attempt(surface, who)

    def test_customer_reads_his_own_papers(self):
        self.customer_login.partner_id.parent_id = self.customer
        login = self.customer_login.login
        self.authenticate(login, login)
        for url in (f"/my/orders/{self.order.id}", f"/my/invoices/{self.invoice.id}"):
            with self.subTest(url=url):
                response = self.url_open(url, allow_redirects=False)
                self.assertEqual(response.status_code, 200)

    def test_customer_signs_his_quotation(self):
        """By the link in his mail, without logging in."""
        self.quotation.write({"require_signature": True, "state": "sent"})
        picture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
        self.authenticate(None, None)
        self.make_jsonrpc_request(
            f"/my/orders/{self.quotation.id}/accept",
            {
                "access_token": self.quotation._portal_ensure_token(),
                "name": "Buyer",
                "signature": picture,
            },
        )
        self.assertEqual(self.quotation.state, "sale")
