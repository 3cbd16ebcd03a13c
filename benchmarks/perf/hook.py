"""What the addon adds to a user's transaction, against an Odoo without it (9: 11)."""

from contextlib import contextmanager

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry

from devtools.perf import fresh_database

from .meter import Meter

TRANSACTIONS = 50
ROUNDS = 6
# A message also goes into the diary: one statement in a savepoint of its own.
MESSAGE_STATEMENTS = 4
# Any other transaction: the customers it touched, and the stamp of who sees what.
OTHER_STATEMENTS = 2
BODY = "Talked about the next order and the delivery of the last one."


def post_message(env, partner):
    partner.message_post(body=BODY, message_type="comment")


def make_order(env, partner):
    env["sale.order"].create({"partner_id": partner.id})


def confirm_order(env, partner):
    env["sale.order"].create({"partner_id": partner.id}).action_confirm()


def touch(env, partner):
    env["incom.customer.queue"]._touch(partner.ids)


WORK = (post_message, make_order, confirm_order)


def measure(trial):
    """Alternate between the two databases; compare statements and work up to the commit."""
    plain = fresh_database("plain", installed=False)
    with user_environment(trial.env.cr.dbname) as ours, user_environment(plain) as theirs:
        for work in WORK:
            costs = {ours: [], theirs: []}
            for _round in range(ROUNDS):
                for env in costs:
                    costs[env].append(run(env, work))
            report(trial, work, least(costs[ours]), least(costs[theirs]))
        hook = least(run(ours, touch) for _round in range(ROUNDS))
        message = least(run(theirs, post_message) for _round in range(ROUNDS))
        trial.add("hook alone: statements", ratio=hook[0], at_most=1)
        trial.add("hook alone / posting a message", ratio=hook[1] / message[1], at_most=0.05)


@contextmanager
def user_environment(name):
    """A person at work: what the superuser posts is no contact with a customer."""
    with Registry(name).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        yield env(user=env.ref("base.user_admin"), su=False)


def run(env, work):
    """One round of transactions.

    :return: statements and work of each
    """
    partner = env["res.partner"].create(
        {"name": "Customer", "is_company": True, "customer_rank": 1, "user_id": env.uid}
    )
    work(env, partner)
    close(env)
    with Meter(env.cr).cost() as cost:
        statements = env.cr.sql_log_count
        for _transaction in range(TRANSACTIONS):
            work(env, partner)
            close(env)
        statements = env.cr.sql_log_count - statements
    return statements / TRANSACTIONS, cost.total_work / TRANSACTIONS


def close(env):
    """End the user's transaction; the refresh that follows it is not his."""
    env.flush_all()
    env.cr.precommit.run()
    env.cr.postcommit.clear()
    env.cr.commit()
    env.invalidate_all()


def least(rounds):
    """The least of the statements and of the work: other processes only ever add."""
    return tuple(map(min, zip(*rounds, strict=True)))


def report(trial, work, ours, theirs):
    name = work.__name__.replace("_", " ")
    at_most = MESSAGE_STATEMENTS if work is post_message else OTHER_STATEMENTS
    trial.add(f"{name}: more statements", ratio=round(ours[0] - theirs[0]), at_most=at_most)
    trial.add(f"{name}: more ms", ratio=1000 * (ours[1] - theirs[1]))
