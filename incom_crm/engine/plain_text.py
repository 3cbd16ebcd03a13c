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
    after each, and a marked element ends with the piece that brings the depth back to the one before it.
    """
    return SQL(
        """CASE WHEN %(body)s IS NULL THEN ''
                WHEN %(body)s !~ %(marked)s THEN %(body)s
                ELSE (
                WITH piece AS MATERIALIZED (
                     SELECT no, part, step > 0 AND part ~ %(marked)s AS is_marked,
                            sum(step) OVER (ORDER BY no) AS depth
                       FROM (SELECT no, match[1] AS part,
                                    CASE WHEN match[1] ~ '^</' THEN -1
                                         WHEN match[1] ~* '^<[a-z]' AND match[1] !~* %(void)s THEN 1
                                         ELSE 0 END AS step
                               FROM regexp_matches(%(body)s, %(pieces)s, 'gi') WITH ORDINALITY AS found(match, no)
                            ) AS stepped),
                     marked AS MATERIALIZED (
                     SELECT opening.no AS first,
                            (SELECT min(closing.no) FROM piece AS closing
                              WHERE closing.no > opening.no AND closing.depth < opening.depth) AS last
                       FROM piece AS opening
                      WHERE opening.is_marked)
                SELECT coalesce(string_agg(part, '' ORDER BY no), '')
                  FROM piece
                 WHERE NOT EXISTS (SELECT FROM marked
                                    WHERE piece.no >= marked.first
                                      AND (piece.no <= marked.last OR marked.last IS NULL)))
           END""",
        body=body,
        marked=MARKED,
        void=VOID,
        pieces=f"({TAG}|[^<]+|<)",
    )
