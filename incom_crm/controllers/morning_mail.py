from odoo import http
from odoo.http import request
from odoo.tools import consteq


class MorningMail(http.Controller):
    """Stopping the morning mail from the mail itself, without logging in."""

    @http.route(
        "/incom_crm/morning_mail/<int:user_id>/stop/<string:token>",
        type="http",
        auth="public",
        methods=["GET", "POST"],
        csrf=False,
    )
    def stop(self, user_id, token, **_params):
        """Ask on opening the link, which mail programs do by themselves; stop on the button.

        The token stands for the login: it is in the reader's mail alone, and opens nothing else.
        """
        # sudo: who has the mail is its reader, logged in or not
        user = request.env["res.users"].sudo().browse(user_id).exists()
        is_token = token.isascii() and user
        if not is_token or not consteq(token, request.env["incom.morning.mail"]._token(user)):
            raise request.not_found()
        stopped = request.httprequest.method == "POST"
        if stopped:
            user.crm_morning_mail = False
        html = (
            request.env["ir.qweb"]
            .with_context(lang=user.lang)
            ._render("incom_crm.morning_mail_stop", {"stopped": stopped})
        )
        return request.make_response(html)
