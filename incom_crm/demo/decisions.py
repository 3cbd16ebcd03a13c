"""What people decided about a customer by hand."""

from . import tables

CYCLE_DAYS = 28
# option → (kind of the pin, open days ago, days it still holds)
PINS = {
    "pin_other": ("other", 30, None),
    "pin_stopped": ("stopped", 20, None),
    "pin_cycle": ("cycle", 5, None),
    "pin_level": ("level", 5, 60),
    "snooze": ("snooze", 3, 14),
}


def set_up_decisions(stage):
    """Pins, each with its reason."""
    stage.env["incom.customer.pin"].create([
        {
            "partner_id": customer.partner.id,
            "company_id": stage.company.id,
            "kind": kind,
            "level_id": _regular(stage) if kind == "level" else False,
            "cycle_days": CYCLE_DAYS if kind == "cycle" else False,
            "reason": tables.phrases()["reason"][option],
            "date": stage.clock.open_day(days_ago),
            "until": stage.clock.ahead(days_ahead) if days_ahead else False,
            "user_id": customer.user.id,
        }
        for option, (kind, days_ago, days_ahead) in PINS.items()
        for customer in stage.having(option)
    ])  # fmt: skip


def _regular(stage):
    return stage.env.ref("incom_crm.approach_level_regular").id
