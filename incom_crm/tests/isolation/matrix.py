"""Surfaces and how they are attacked: what each attacker gets, and whether who may still can."""

from collections.abc import Callable
from pprint import pformat
from typing import NamedTuple
from unittest.mock import patch

from odoo.exceptions import AccessError, MissingError, RedirectWarning, UserError
from odoo.tools.misc import mute_logger

from .world import ANYBODY, SEEING, IsolationWorld, secrets_in

# How Odoo says no.
REFUSALS = (AccessError, MissingError, RedirectWarning, UserError)


class Surface(NamedTuple):
    """A way to somebody's data.

    :param attack: ``attack(world, env)``, ``env`` of who tries; returns what was obtained
    :param refused: who must obtain nothing, or an error that names nothing
    :param allowed: who must obtain something
    """

    name: str
    attack: Callable
    refused: tuple = ANYBODY
    allowed: tuple = SEEING


class Surfaces(list):
    """A collection of surfaces; addons keep their own, and a test class for it."""

    def add(self, refused=ANYBODY, allowed=SEEING):
        """Register the decorated function as an attack, its name as the surface's."""

        def register(attack):
            self.append(Surface(attack.__name__, attack, refused, allowed))
            return attack

        return register


class MatrixCase(IsolationWorld):
    """Attacks the world; see ``attacked``."""

    def assertIsolated(self, *surfaces):
        """Of each surface: whom it refuses obtains nothing, whom it allows obtains something."""
        wrong = {}
        for surface in surfaces:
            judged = [(who, self._leak(surface, who)) for who in surface.refused]
            judged += [(who, self._breakage(surface, who)) for who in surface.allowed]
            if found := {who: what for who, what in judged if what}:
                wrong[surface.name] = found
        self.assertFalse(wrong, f"surfaces that do not hold:\n{pformat(wrong, width=200)}")

    def _leak(self, surface, who):
        """What an attacker obtained, in words; nothing where he was refused without naming anything."""
        try:
            obtained = self._attempt(surface, who)
        except REFUSALS as refusal:
            named = [line for line in str(refusal).splitlines() if secrets_in(line)]
            return named and f"named: {named[0]}"
        return obtained and f"obtained: {str(obtained)[:200]}"

    def _breakage(self, surface, who):
        """What stands in the way of who may, in words."""
        try:
            return not self._attempt(surface, who) and "obtained nothing"
        except REFUSALS as refusal:
            return f"refused: {str(refusal)[:200]}"

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def _attempt(self, surface, who):
        """Attack as a user would, with the developer mode on; afterwards nothing has happened."""
        user = self.users[who]
        env = self.env(user=user, context=dict(user.context_get()))
        savepoint = self.env.cr.savepoint()
        self.env.invalidate_all()
        try:
            with patch.object(type(user), "has_group", _has_group_in_debug_mode):
                return surface.attack(self, env)
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()


def _has_group_in_debug_mode(user, group):
    """Outside a request there is no developer mode; who attacks has it on."""
    return user._has_group(group)


def attacked(surfaces):
    """Class decorator: one test per surface, tried by everybody it names."""

    def add_tests(case):
        for surface in surfaces:
            setattr(case, f"test_{surface.name}", _test_of(surface))
        return case

    return add_tests


def _test_of(surface):
    def test(self):
        self.assertIsolated(surface)

    test.__doc__ = surface.attack.__doc__
    return test
