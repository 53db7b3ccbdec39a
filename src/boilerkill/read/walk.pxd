# The types of walk.py, for its compiled form.

cimport cython

cdef class Container:
    cdef public Py_ssize_t parent
    cdef public int tag
    cdef public object own
    cdef public object around
    cdef public str signature


cdef class Block:
    cdef public str text
    cdef public Py_ssize_t container
    cdef public Py_ssize_t linked
    cdef public bint beside_links
    cdef public Py_ssize_t links
    cdef public Py_ssize_t bold
    cdef public bint quoted
    cdef public bint tight


cdef class _Element:
    cdef Py_ssize_t container
    cdef bint block
    cdef bint link
    cdef bint bold
    cdef bint pre
    cdef bint code
    cdef bint quoted
    cdef str tag
    cdef Py_ssize_t items
    cdef Py_ssize_t list
    cdef _Element plain

    @cython.locals(inner=_Element)
    cdef _Element inner(self, str tag, Py_ssize_t container)
    cdef _Element inner_plain(self)


cdef class Walk:
    cdef public list blocks
    cdef public list containers
    cdef bint _hidden
    cdef frozenset _skipped
    cdef list _open
    cdef list _parts
    cdef Block _block
    cdef str _mark
    cdef bint _pre
    cdef bint _behind_link
    cdef int _seam
    cdef bint _custom_seam
    cdef Py_ssize_t _last_list
    cdef str _html
    cdef frozenset _controlled
    cdef Py_ssize_t _opener

    cpdef walk(self, str html)
    @cython.locals(block=Block, total=Py_ssize_t)
    cpdef Py_ssize_t characters(self)
    @cython.locals(block=Block, total=Py_ssize_t, size=Py_ssize_t)
    cpdef Py_ssize_t prose(self)
    @cython.locals(at=Py_ssize_t, size=Py_ssize_t, start=Py_ssize_t)
    cdef _read(self, str html)
    @cython.locals(name_end=Py_ssize_t, behind=Py_ssize_t, end=Py_ssize_t, tag=str, attributes=dict, outer=_Element, depth=Py_ssize_t, behind_opener=bint)
    cdef Py_ssize_t _enter(self, str html, Py_ssize_t at) except -1
    @cython.locals(outer=_Element, container=Container, role=str, identity=str)
    cdef bint _conceals(self, str tag, dict attributes, bint behind_opener) except -1
    cdef frozenset _controls(self)
    @cython.locals(outer=_Element, element=_Element, block=bint, link=bint, container=Py_ssize_t)
    cdef _open_element(self, str tag, dict attributes)
    @cython.locals(outer=Container, names=str)
    cdef Py_ssize_t _contain(self, Py_ssize_t parent, str tag, dict attributes) except -1
    cdef str _item_mark(self, _Element outer, dict attributes)
    @cython.locals(element=_Element, outer=_Element)
    cdef _leave(self)
    @cython.locals(element=_Element, block=Block, length=Py_ssize_t)
    cdef _add(self, str text)
    @cython.locals(block=Block, text=str, within=Py_ssize_t, outer=_Element)
    cdef _flush(self)


@cython.locals(found=Py_ssize_t)
cdef Py_ssize_t _behind(str html, str mark, Py_ssize_t at) except -1
cdef Py_ssize_t _behind_remark(str html, Py_ssize_t at) except -1
@cython.locals(equals=Py_ssize_t, end=Py_ssize_t, name=str)
cdef Py_ssize_t _read_attributes(str html, Py_ssize_t at, dict attributes) except -1
@cython.locals(depth=Py_ssize_t, name_end=Py_ssize_t, behind=Py_ssize_t, inner=str)
cpdef Py_ssize_t behind_element(str html, str tag, Py_ssize_t at) except -1
@cython.locals(found=Py_ssize_t, end=str)
cdef Py_ssize_t _raw_end(str html, str tag, Py_ssize_t at) except -1
cdef str _unescaped(str text)
@cython.locals(last=str)
cdef bint _are_apart(str before, str behind) except -1
cdef bint _is_hidden(dict attributes) except -1
cdef Py_ssize_t _list_number(str given, Py_ssize_t default) except? -1
cdef str _tidy(str text)
