"""Install, upgrade and remove the addons in a scratch database: nothing of them may stay."""

import argparse
import json

from ..console import say, step
from ..context import prefix, prepare
from ..database import ALONE, Databases, check_log, complete

# What the addons could leave behind: each query gives rows that must be the same before and after.
LEFT_BEHIND = {
    "record rules": """
        SELECT imd.module || '.' || imd.name, r.name, r.active, r.domain_force, r.global,
               r.perm_read, r.perm_write, r.perm_create, r.perm_unlink,
               array(SELECT group_id FROM rule_group_rel WHERE rule_group_id = r.id ORDER BY 1)
          FROM ir_rule r
          LEFT JOIN ir_model_data imd ON imd.model = 'ir.rule' AND imd.res_id = r.id""",
    "groups": "SELECT id, name::text, comment::text, privilege_id, sequence FROM res_groups",
    "implied groups": "SELECT gid, hid FROM res_groups_implied_rel",
    "groups of users": "SELECT uid, gid FROM res_groups_users_rel",
    "access rights": """
        SELECT name, model_id, group_id, active, perm_read, perm_write, perm_create, perm_unlink
          FROM ir_model_access""",
    "parameters": "SELECT key FROM ir_config_parameter",
    "models": "SELECT model FROM ir_model",
    "fields": "SELECT model, name, ttype FROM ir_model_fields",
    # That an addon can be installed is known from its first sight on.
    "names of records": """
        SELECT module, name, model, noupdate
          FROM ir_model_data WHERE model <> 'ir.module.module'""",
    "scheduled jobs": "SELECT cron_name, active FROM ir_cron",
    "server actions": "SELECT name::text, state FROM ir_act_server",
    "views": "SELECT name, model, arch_db::text, active FROM ir_ui_view",
    "menus": "SELECT name::text, parent_id, active FROM ir_ui_menu",
    # Odoo keeps a note of each foreign key of a removed field, whatever the addon.
    "constraints noted": "SELECT name, type FROM ir_model_constraint WHERE type <> 'f'",
    "columns": """
        SELECT table_name, column_name, data_type, is_nullable
          FROM information_schema.columns WHERE table_schema = 'public'""",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    # Of groups and rules each declares what becomes of their relation; the last one loaded wins.
    "constraints": """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
          FROM pg_constraint WHERE conname <> 'rule_group_rel_group_id_fkey'""",
    "functions and triggers": """
        SELECT proname FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace
         WHERE nspname = 'public'
         UNION ALL SELECT tgname FROM pg_trigger WHERE NOT tgisinternal""",
}


def cycle(arguments):
    """Install, upgrade and remove the addons in a scratch database and compare."""
    parser = argparse.ArgumentParser(prog="./dev cycle", description=cycle.__doc__)
    parser.add_argument(
        "--complete", action="store_true", help="with the addons beside the main one"
    )
    contents = complete() if parser.parse_args(arguments).complete else ALONE
    databases = Databases(prepare())
    name = f"{prefix()}_cycle"
    databases.clone(databases.template(modules=contents.modules()), name)
    before = traces(databases, name)
    go_through(databases, name, contents.addons)
    log = databases.uninstall(name, contents.addons)
    found = [line for line in log.splitlines() if " ERROR " in line]
    found += differences(before, traces(databases, name))
    databases.drop(name)
    for line in found:
        print(line)
    say("nothing is left behind" if not found else f"{len(found)} traces, see above")
    return int(bool(found))


def go_through(databases, name, installed):
    """Install, then upgrade while the rules of isolation are in force."""
    own = ",".join(installed)
    with step(f"Installing {own}"):
        check_log(databases.odoo(name, "-i", own), installed)
    databases.set_parameter(name, "incom_crm.isolation", "on")
    with step(f"Upgrading {own} with isolation on"):
        check_log(databases.odoo(name, "-u", own), installed)


def traces(databases, name):
    """``{subject: rows}`` of what could stay, as sets of texts."""
    return {
        subject: {json.dumps(row) for row in databases.sql(query, name)}
        for subject, query in LEFT_BEHIND.items()
    }


def differences(before, after):
    """One line for each row that came or went."""
    found = []
    for subject, rows in before.items():
        found += [f"{subject}, gone: {row}" for row in sorted(rows - after[subject])]
        found += [f"{subject}, left: {row}" for row in sorted(after[subject] - rows)]
    return found
