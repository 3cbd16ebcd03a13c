"""The words of an HTML text, found by the database: what a person wrote, not what a mail program added."""

from odoo.tools import SQL

ATTRIBUTES = r"""(?:"[^"]*"|'[^']*'|[^>"'])*"""
TAG = f"<[/!a-z]{ATTRIBUTES}>"
INLINE = (
    r"</?(?:a|abbr|b|big|code|del|em|font|i|ins|mark|s|small|span|strong|sub|sup|u)"
    rf"(?:\s{ATTRIBUTES})?>"
)
# Alternatives make a pattern greedy whatever is in them; repeating the whole "once, lazily" undoes that.
INVISIBLE = r"(?:<(style|script|title)\M.*?</\1>|<!--.*?-->){1,1}?"
# Tags that open nothing.
VOID = r"^<(?:area|br|col|hr|img|input|link|meta|source|wbr)\M|/>$"
# How Odoo marks quoted replies and signatures; what merely contains a quote is none.
MARKED = r'\sdata-o-mail-quote="1"|\sclass="[^"]*(?:o-signature-container|o-mail-signature)[\s"]'

# The ampersand comes last, or "&amp;lt;" would be decoded twice.
ENTITIES = (
    ("&nbsp;", " "),
    ("&#160;", " "),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", '"'),
    ("&#34;", '"'),
    ("&#39;", "'"),
    ("&amp;", "&"),
)
# What nobody sees: a blank that does not break, then characters without a width.
UNSEEN = "\u00a0\u200b\u200c\u200d\u2060\ufeff"


def plain_text(body: SQL) -> SQL:
    """The text of ``body`` in one line: no style, comment, tag, quoted reply or signature."""
    text = SQL("regexp_replace(%s, %s, ' ', 'gi')", _own_words(body), INVISIBLE)
    text = SQL("regexp_replace(%s, %s, '', 'gi')", text, INLINE)
    text = SQL("regexp_replace(%s, %s, ' ', 'gi')", text, TAG)
    for entity, character in ENTITIES:
        text = SQL("replace(%s, %s, %s)", text, entity, character)
    return SQL(r"btrim(regexp_replace(translate(%s, %s, ' '), '\s+', ' ', 'g'))", text, UNSEEN)


def _own_words(body: SQL) -> SQL:
    """``body`` without the elements that Odoo marked; a body without any is left alone.

    Elements nest, which no pattern can follow: the pieces are numbered, ``depth`` counts the elements open
    after each. At one depth pieces that open and pieces that close take turns, so an element ends with the
    next piece of its depth; what comes before the furthest end of a marked one is left out. Each step reads
    the pieces once: mail threads have thousands of marked elements.
    """
    return SQL(
        """CASE WHEN %(body)s IS NULL THEN ''
                WHEN %(body)s !~ %(marked)s THEN %(body)s
                ELSE (
                SELECT coalesce(string_agg(part, '' ORDER BY no), '')
                  FROM (SELECT no, part,
                               max(CASE WHEN step > 0 AND part ~ %(marked)s THEN coalesce(last, 'infinity') END)
                                   OVER (ORDER BY no) AS hidden_to
                          FROM (SELECT no, part, step,
                                       lead(no::float) OVER (PARTITION BY step <> 0, depth + (step < 0)::int
                                                             ORDER BY no) AS last
                                  FROM (SELECT no, part, step, sum(step) OVER (ORDER BY no) AS depth
                                          FROM (SELECT no, match[1] AS part,
                                                       CASE WHEN match[1] ~ '^</' THEN -1
                                                            WHEN match[1] ~* '^<[a-z]' AND match[1] !~* %(void)s THEN 1
                                                            ELSE 0 END AS step
                                                  FROM regexp_matches(%(body)s, %(pieces)s, 'gi')
                                                       WITH ORDINALITY AS found(match, no)) AS piece
                                       ) AS nested) AS element) AS own
                 WHERE hidden_to IS NULL OR hidden_to < no)
           END""",
        body=body,
        marked=MARKED,
        void=VOID,
        pieces=f"({TAG}|[^<]+|<)",
    )
