"""Where things are: the checkout ``./dev`` was started from and its ``.dev`` folder."""

import hashlib
import os
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
MAIN_ADDON = "incom_crm"


def state_dir():
    """The folder for everything made; several checkouts may link to one folder."""
    folder = CHECKOUT / ".dev"
    folder.mkdir(exist_ok=True)
    return folder.resolve()


def checkout_key():
    """Short name of this checkout, for files that must not be shared with another."""
    return hashlib.sha256(os.fsencode(CHECKOUT)).hexdigest()[:10]


def addons():
    """The addons of this checkout: the main one first, then the bridges beside it."""
    names = sorted(path.parent.name for path in CHECKOUT.glob("*/__manifest__.py"))
    return sorted(names, key=lambda name: name != MAIN_ADDON)


def bridges():
    """The addons beside the main one, which install themselves where the apps they tie in are."""
    return [name for name in addons() if name != MAIN_ADDON]
