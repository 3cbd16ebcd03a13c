from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """Tell the web client whether this user has to decide about isolation."""
        info = super().session_info()
        if self.env.user._is_internal():
            info["incom_isolation_reminder"] = self.env.user._needs_isolation_reminder()
        return info
