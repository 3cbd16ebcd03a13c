from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from ..engine.plain_text import plain_text


@tagged("post_install", "-at_install")
class TestPlainText(TransactionCase):
    """What a person wrote, out of bodies as they come."""

    BODIES = (
        (None, ""),
        ("", ""),
        ("<p>one</p><p>two</p><b>bo</b>ld", "one two bold"),
        ("<p>&nbsp;\u00a0\u200b \t\n</p>", ""),
        ("<p>5 &lt; 6 &amp;lt; 7</p>", "5 < 6 &lt; 7"),
        ('<p title="a > b">text</p>', "text"),
        ("<style>a{}</style>between<style>b{}</style> end", "between end"),
        ("<!-- hidden > still -->shown", "shown"),
        ("<p>he said</p><blockquote>we order in June</blockquote>", "he said we order in June"),
        (
            '<p>first</p><blockquote data-o-mail-quote="1">q</blockquote><p>second</p>'
            '<blockquote data-o-mail-quote="1">q</blockquote><p>third</p>',
            "first second third",
        ),
        (
            '<p>mine</p><div data-o-mail-quote-container="1" data-o-mail-quote="1">Wrote:'
            "<div>old <b>deep</b><br></div><p>older</p></div><p>PS</p>",
            "mine PS",
        ),
        (
            '<div data-o-mail-quote-container="1"><p>Ok</p>'
            '<span data-o-mail-quote="1">--<br data-o-mail-quote="1">Bob</span></div>',
            "Ok",
        ),
        ('<p>Ok</p><div class="o-signature-container"><div>--</div>Bob</div>', "Ok"),
        ('<p>Ok</p><blockquote data-o-mail-quote="1"><p>never closed', "Ok"),
        ("a < b and b > c", "a < b and b > c"),
        ("<STYLE>a{}</STYLE><P>Upper</P><SCRIPT>if (a < b) c()</SCRIPT>", "Upper"),
        ("<script>var a = '</p><p>no text';</script>text", "text"),
        ("<!--[if mso]><p>Outlook</p><![endif]-->shown", "shown"),
        ("&amp;nbsp; &quot;quoted&quot; &#39;too&#39;", "&nbsp; \"quoted\" 'too'"),
        ("<p>ok<br>then<br/>more<img src='x'></p>", "ok then more"),
        (
            '<p>Yes</p><blockquote data-o-mail-quote="1"><blockquote data-o-mail-quote="1"><p>a</p>'
            "</blockquote><p>b</p></blockquote><p>and no</p>",
            "Yes and no",
        ),
        ('</p></div><p>Closed too often</p><i data-o-mail-quote="1">q</i>', "Closed too often"),
        ("Chào anh, giá mới từ 1/7 ạ", "Chào anh, giá mới từ 1/7 ạ"),
    )

    def text(self, body):
        [(text,)] = self.env.execute_query(SQL("SELECT %s", plain_text(SQL("%s::text", body))))
        return text

    def test_bodies(self):
        for body, expected in self.BODIES:
            with self.subTest(body=body):
                self.assertEqual(self.text(body), expected)

    def test_long_threads_take_no_longer_than_their_length(self):
        """Where each quoted element were looked for among all others, this would take a minute."""
        line = '<p data-o-mail-quote="1">old <b data-o-mail-quote="1">words</b></p>'
        self.env.cr.execute("SET LOCAL statement_timeout = '15s'")
        self.assertEqual(self.text("<p>mine</p>" + line * 4000 + "<p>PS</p>"), "mine PS")
        self.env.cr.execute("SET LOCAL statement_timeout = DEFAULT")
