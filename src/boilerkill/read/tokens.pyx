# cython: boundscheck=False, wraparound=False
"""Take a page apart into its tags: what `boilerkill.read.limits` does with patterns, compiled.

It is built where there is a compiler (see ``hatch_build.py``), and takes a tenth of the time.
"""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ

from boilerkill.read.nesting cimport OpenElements


# The signs of a page: how many bytes each has, where they lie, and how many there are.
cdef struct Signs:
    int kind
    void* data
    Py_ssize_t end


cdef inline Py_UCS4 _sign(Signs signs, Py_ssize_t at) noexcept:
    return PyUnicode_READ(signs.kind, signs.data, at)


def take_apart(str html, frozenset raw, OpenElements opened, frozenset only_once=frozenset()):
    """Open and close the elements of a page, and return how many attributes a tag has at most.

    Args:
        html: A page.
        raw: The names of the elements whose text has no markup, to their end tag.
        opened: What to open and close elements of; see `boilerkill.read.nesting`.
        only_once: The names of the elements that have the attributes of all their tags together.
    """
    cdef Py_ssize_t at = 0, end = len(html), most = 0, of_all = 0
    cdef Py_ssize_t start, attributes = 0
    cdef Signs signs = Signs(PyUnicode_KIND(html), PyUnicode_DATA(html), end)
    cdef str name
    while True:
        at = html.find("<", at) + 1
        if at == 0 or at == end:
            return most
        if _is_letter(_sign(signs, at)):
            start = at
            at = _behind_name(signs, at)
            name = _lowered(html, signs, start, at)
            opened.begin(name)
            attributes = 0
            at = _behind_tag(signs, at, &attributes)
            if name in only_once:
                of_all += attributes
                attributes = of_all
            most = max(most, attributes)
            if name in raw:
                at = _behind_raw(html, at, end, name)
        elif _sign(signs, at) == u"/" and at + 1 < end and _is_letter(_sign(signs, at + 1)):
            start = at + 1
            at = _behind_name(signs, start)
            opened.end(_lowered(html, signs, start, at))
            at = _behind_tag(signs, at, &attributes)
        elif html.startswith("!--", at):
            at = _behind_comment(html, at + 3, end)
        elif _sign(signs, at) in u"!?/":
            at = html.find(">", at)
            if at < 0:
                return most


cdef str _lowered(str html, Signs signs, Py_ssize_t start, Py_ssize_t end):
    """Return a name in small letters, in which most names are."""
    cdef str name = html[start:end]
    cdef Py_ssize_t at
    for at in range(start, end):
        if not (u"a" <= _sign(signs, at) <= u"z" or u"0" <= _sign(signs, at) <= u"9"):
            return name.lower() if name.isascii() else name
    return name


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


cdef Py_ssize_t _behind_tag(Signs signs, Py_ssize_t at, Py_ssize_t* count) noexcept:
    """Return where a tag ends, given where its name does, and count its attributes."""
    while at < signs.end and _sign(signs, at) != u">":
        if _sign(signs, at) == u"/" or _is_white(_sign(signs, at)):
            at += 1
        else:
            count[0] += 1
            at = _behind_attribute(signs, at)
    return min(at + 1, signs.end)


cdef Py_ssize_t _behind_attribute(Signs signs, Py_ssize_t at) noexcept:
    cdef Py_ssize_t equals
    # A name may begin with the sign that ends it elsewhere.
    at += 1
    while at < signs.end and _sign(signs, at) != u"=" and not _ends_name(_sign(signs, at)):
        at += 1
    equals = _behind_white(signs, at)
    if equals == signs.end or _sign(signs, equals) != u"=":
        return at
    at = _behind_white(signs, equals + 1)
    if at < signs.end and (_sign(signs, at) == u'"' or _sign(signs, at) == u"'"):
        return _behind_quote(signs, at + 1, _sign(signs, at))
    while at < signs.end and _sign(signs, at) != u">" and not _is_white(_sign(signs, at)):
        at += 1
    return at


cdef inline Py_ssize_t _behind_quote(Signs signs, Py_ssize_t at, Py_UCS4 quote) noexcept:
    while at < signs.end and _sign(signs, at) != quote:
        at += 1
    return min(at + 1, signs.end)


cdef inline Py_ssize_t _behind_white(Signs signs, Py_ssize_t at) noexcept:
    while at < signs.end and _is_white(_sign(signs, at)):
        at += 1
    return at


cdef inline Py_ssize_t _behind_name(Signs signs, Py_ssize_t at) noexcept:
    while at < signs.end and not _ends_name(_sign(signs, at)):
        at += 1
    return at


cdef inline bint _ends_name(Py_UCS4 sign) noexcept:
    return sign == u">" or sign == u"/" or _is_white(sign)


cdef inline bint _is_white(Py_UCS4 sign) noexcept:
    return sign == u" " or sign == u"\t" or sign == u"\n" or sign == u"\r" or sign == u"\f"


cdef inline bint _is_letter(Py_UCS4 sign) noexcept:
    return u"a" <= sign <= u"z" or u"A" <= sign <= u"Z"
