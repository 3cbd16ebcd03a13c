"""Words of the tables the cockpit is built from, in the reader's language."""


def in_words(env, term):
    """A term declared with ``LazyTranslate``, as the reader of ``env`` says it.

    The terms stand in tables, so that what is shown is said beside how it is counted.
    """
    return term._translate(env.lang or "en_US")
