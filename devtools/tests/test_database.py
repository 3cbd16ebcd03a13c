"""What decides whether a database can be used as it is."""

from devtools.access import missing_access
from devtools.database import addon_content, digest, troubles


def write(folder, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def test_only_loaded_files_count(tmp_path):
    addon = tmp_path / "addon"
    write(addon, {"models/a.py": "a", "views/a.xml": "<odoo/>"})
    before = digest(list(addon_content(addon)))
    write(addon, {"tests/test_a.py": "", "static/src/a.js": "", "models/__pycache__/a.pyc": ""})
    assert digest(list(addon_content(addon))) == before
    write(addon, {"models/a.py": "b"})
    assert digest(list(addon_content(addon))) != before


def test_parts_of_a_key_do_not_run_together():
    assert digest(["ab", "c"]) != digest(["a", "bc"])


def test_troubles_are_the_addons_own():
    log = (
        "2025-01-01 00:00:00,000 1 WARNING db odoo.modules: incom_crm: no access rules\n"
        "2025-01-01 00:00:00,000 1 INFO db odoo.modules: loading incom_crm\n"
        "2025-01-01 00:00:00,000 1 WARNING db odoo.modules: something of crm\n"
    )
    assert len(troubles(log, ["incom_crm"])) == 1


def test_models_need_access(tmp_path):
    addon = tmp_path / "addon"
    write(
        addon,
        {
            "models/a.py": (
                "class A(models.Model):\n    _name = 'x.a'\n"
                "class B(models.Model):\n    _name = 'x.b'\n"
                "class C(models.Model):\n    _inherit = 'res.partner'\n"
                "class D(models.AbstractModel):\n    _name = 'x.d'\n"
                "class E(models.Model):\n    _name = 'x.e'\n    _inherit = ['x.d']\n"
                "class F(models.Model):\n    _name = 'x.f'\n    _inherit = ['x.f', 'x.d']\n"
            ),
            "security/ir.model.access.csv": (
                "id,name,model_id:id,group_id:id,perm_read\n"
                "access_x_a,x.a,model_x_a,base.group_user,1\n"
                "access_x_e,x.e,addon.model_x_e,base.group_user,1\n"
            ),
        },
    )
    assert missing_access(addon) == ["x.b"]
