# cython: boundscheck=False, wraparound=False
"""Take a page apart into its tags: what `boilerkill.read.limits` does with patterns, compiled.

It is built where there is a compiler (see ``hatch_build.py``), and takes a tenth of the time.
"""


def take_apart(str html, frozenset raw, opened, frozenset only_once=frozenset()):
    """Open and close the elements of a page, and return how many attributes a tag has at most.

    Args:
        html: A page.
        raw: The names of the elements whose text has no markup, to their end tag.
        opened: What to open and close elements of; see `boilerkill.read.nesting`.
        only_once: The names of the elements that have the attributes of all their tags together.
    """
    cdef Py_ssize_t at = 0, end = len(html), most = 0, of_all = 0
    cdef Py_ssize_t start, attributes = 0
    begin, close = opened.begin, opened.end
    while True:
        at = html.find("<", at) + 1
        if at == 0 or at == end:
            return most
        if html.startswith("!--", at):
            at = _behind_comment(html, at + 3, end)
        elif _is_letter(html[at]):
            start = at
            at = _behind_name(html, at, end)
            name = _lowered(html[start:at])
            begin(name)
            attributes = 0
            at = _behind_tag(html, at, end, &attributes)
            if name in only_once:
                of_all += attributes
                attributes = of_all
            most = max(most, attributes)
            if name in raw:
                at = _behind_raw(html, at, end, name)
        elif html[at] == u"/" and at + 1 < end and _is_letter(html[at + 1]):
            start = at + 1
            at = _behind_name(html, start, end)
            close(_lowered(html[start:at]))
            at = _behind_tag(html, at, end, &attributes)
        elif html[at] in u"!?/":
            at = html.find(">", at)
            if at < 0:
                return most


cdef str _lowered(str name):
    return name.lower() if name.isascii() else name


cdef Py_ssize_t _behind_comment(str html, Py_ssize_t at, Py_ssize_t end):
    """Return where a comment ends, given where its text begins."""
    if html.startswith((">", "->"), at):
        return html.find(">", at) + 1
    while True:
        at = html.find("--", at)
        if at < 0:
            return end
        if html.startswith((">", "!>"), at + 2):
            return html.find(">", at) + 1
        at += 1


cdef Py_ssize_t _behind_raw(str html, Py_ssize_t at, Py_ssize_t end, str name):
    """Return where the tag starts that ends an element whose text has no markup."""
    cdef Py_ssize_t behind
    while True:
        at = html.find("</", at)
        if at < 0:
            return end
        behind = at + 2 + len(name)
        if behind < end and html[at + 2 : behind].lower() == name:
            if _ends_name(html[behind]):
                return at
        at += 2


cdef Py_ssize_t _behind_tag(str html, Py_ssize_t at, Py_ssize_t end, Py_ssize_t* count) noexcept:
    """Return where a tag ends, given where its name does, and count its attributes."""
    while at < end and html[at] != u">":
        if html[at] == u"/" or _is_white(html[at]):
            at += 1
        else:
            count[0] += 1
            at = _behind_attribute(html, at, end)
    return min(at + 1, end)


cdef Py_ssize_t _behind_attribute(str html, Py_ssize_t at, Py_ssize_t end) noexcept:
    cdef Py_ssize_t equals
    # A name may begin with the sign that ends it elsewhere.
    at += 1
    while at < end and html[at] != u"=" and not _ends_name(html[at]):
        at += 1
    equals = _behind_white(html, at, end)
    if equals == end or html[equals] != u"=":
        return at
    at = _behind_white(html, equals + 1, end)
    if at < end and (html[at] == u'"' or html[at] == u"'"):
        return _behind_quote(html, at + 1, end, html[at])
    while at < end and html[at] != u">" and not _is_white(html[at]):
        at += 1
    return at


cdef inline Py_ssize_t _behind_quote(
    str html, Py_ssize_t at, Py_ssize_t end, Py_UCS4 quote
) noexcept:
    while at < end and html[at] != quote:
        at += 1
    return min(at + 1, end)


cdef inline Py_ssize_t _behind_white(str html, Py_ssize_t at, Py_ssize_t end) noexcept:
    while at < end and _is_white(html[at]):
        at += 1
    return at


cdef inline Py_ssize_t _behind_name(str html, Py_ssize_t at, Py_ssize_t end) noexcept:
    while at < end and not _ends_name(html[at]):
        at += 1
    return at


cdef inline bint _ends_name(Py_UCS4 sign) noexcept:
    return sign == u">" or sign == u"/" or _is_white(sign)


cdef inline bint _is_white(Py_UCS4 sign) noexcept:
    return sign == u" " or sign == u"\t" or sign == u"\n" or sign == u"\r" or sign == u"\f"


cdef inline bint _is_letter(Py_UCS4 sign) noexcept:
    return u"a" <= sign <= u"z" or u"A" <= sign <= u"Z"
