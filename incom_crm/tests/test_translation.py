import io
import re
from collections import Counter

import polib

from odoo.tests import tagged
from odoo.tools import file_path
from odoo.tools.translate import code_translations, trans_export

from .common import IncomCrmCommon

LANG = "vi_VN"
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sdg%]|</?\w+")


@tagged("post_install", "-at_install")
class TestTranslation(IncomCrmCommon):
    """The Vietnamese file covers what the addon shows, and people meet their own words."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang(LANG)
        cls.env.ref("base.module_incom_crm")._update_translations([LANG], overwrite=True)
        cls.vietnamese = polib.pofile(file_path("incom_crm/i18n/vi.po"))

    def in_vietnamese(self, records):
        return records.with_context(lang=LANG)

    # -- the files ---------------------------------------------------------------------------------

    def exported_terms(self):
        buffer = io.BytesIO()
        trans_export(None, ["incom_crm"], buffer, "po", self.env)
        return {entry.msgid for entry in polib.pofile(buffer.getvalue().decode())}

    def test_files_hold_what_the_addon_shows(self):
        exported = self.exported_terms()
        template = polib.pofile(file_path("incom_crm/i18n/incom_crm.pot"))
        for name, file in (("vi.po", self.vietnamese), ("incom_crm.pot", template)):
            with self.subTest(file=name):
                self.assertEqual({entry.msgid for entry in file}, exported)

    def test_every_term_is_translated(self):
        empty = [entry.msgid for entry in self.vietnamese if not entry.msgstr.strip()]
        fuzzy = [entry.msgid for entry in self.vietnamese if entry.fuzzy]
        self.assertEqual((empty, fuzzy), ([], []))

    def test_placeholders_and_tags_are_kept(self):
        different = [
            entry.msgid
            for entry in self.vietnamese
            if Counter(PLACEHOLDER.findall(entry.msgid))
            != Counter(PLACEHOLDER.findall(entry.msgstr))
        ]
        self.assertEqual(different, [])

    def test_calm_words(self):
        loud = [entry.msgid for entry in self.vietnamese if "!" in entry.msgstr]
        self.assertEqual(loud, [])

    # -- the words ---------------------------------------------------------------------------------

    def test_approach_levels(self):
        levels = self.in_vietnamese(self.env["incom.approach.level"]).search([])
        words = {
            "potential": "Tiềm năng",
            "approaching": "Đang tiếp cận",
            "starting": "Bắt đầu hợp tác",
            "good": "Đã hợp tác tốt > 1 năm",
            "regular": "Đặt hàng đều",
            "irregular": "Đặt hàng không đều",
            "lapsed": "Đã ngừng hợp tác",
            "other": "Khác",
        }
        self.assertEqual({level.code: level.name for level in levels}, words)

    def test_lists_people_choose_from(self):
        words = {
            "incom.purchase.cycle": [
                *("2 tuần", "3 tuần", "1 tháng", "2 tháng", "3 tháng", "6 tháng", "1 năm"),
            ],
            "incom.meeting.type": [
                "Gặp mặt & giới thiệu sản phẩm",
                "Gặp xử lý cơ hội bán hàng",
                "Gặp xử lý phát sinh",
                "Gặp đi demo",
                "Gặp giao hàng",
                "Gặp khác",
            ],
        }
        for model, names in words.items():
            with self.subTest(model=model):
                self.assertEqual(
                    self.in_vietnamese(self.env[model]).search([]).mapped("name"), names
                )
        promise = self.in_vietnamese(self.env.ref("incom_crm.mail_activity_type_promise"))
        self.assertEqual(promise.name, "Hứa hẹn")

    def test_statuses(self):
        fields = self.in_vietnamese(self.env["incom.customer.profile"]).fields_get(
            ["care_alert", "purchase_status"], ["selection"]
        )
        words = {
            "care_alert": ("Ổn", "Cần chăm sóc", "Bỏ sót", "Lãng quên"),
            "purchase_status": (
                *("Chưa mua lần nào", "Trong chu kỳ", "Sắp lặp lại", "Trễ chu kỳ", "Ngừng mua"),
            ),
        }
        for name, labels in words.items():
            with self.subTest(field=name):
                self.assertEqual(tuple(dict(fields[name]["selection"]).values()), labels)

    def test_menus(self):
        root = self.in_vietnamese(self.env.ref("incom_crm.menu_root"))
        self.assertEqual(root.name, "Chăm sóc khách hàng")

    def test_words_of_the_browser(self):
        messages = code_translations.get_web_translations("incom_crm", LANG)["messages"]
        words = {message["id"]: message["string"] for message in messages}
        self.assertEqual((words["Answered"], words["%sM"]), ("Có bắt máy", "%s tr"))

    def test_explanation_of_a_late_customer(self):
        customer = self.make_customer()
        self.make_orders(customer, (154, 125, 96, 67, 38))
        profile = self.in_vietnamese(self.profile(customer))
        last, due = (self.days_ago(age).strftime("%d/%m/%Y") for age in (38, 9))
        purchases, status, care = profile.status_explanation.split("; ")
        self.assertEqual(purchases, f"5 lần mua, chu kỳ 29 ngày, lệch 0,00, lần cuối {last}")
        self.assertEqual(status, f"đến kỳ mua {due}, quá hạn 9 ngày")
        self.assertIn("38 ngày chưa liên hệ, cho phép 14", care)
        self.assertEqual(profile.care_reason, "38 ngày chưa liên hệ, cho phép 14")
