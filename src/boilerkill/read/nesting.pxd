# The types of nesting.py, for its compiled form.

cimport cython

cdef int _IS_SHORT, _IS_SPECIAL, _IS_SCOPE, _IS_TABLE, _IS_FORMATTING, _IS_OPTION
cdef dict _BITS


cdef class OpenElements:
    cdef public Py_ssize_t depth
    cdef public Py_ssize_t most
    cdef public Py_ssize_t formatting
    cdef public Py_ssize_t most_formatting
    cdef public Py_ssize_t options
    cdef Py_ssize_t _begun
    cdef dict _places
    cdef list _special
    cdef list _scopes
    cdef list _tables

    @cython.locals(bits=int, place=Py_ssize_t, places=list)
    cpdef begin(self, str name)

    @cython.locals(bits=int, last=Py_ssize_t, places=list)
    cpdef end(self, str name)

    cdef Py_ssize_t _reach(self, int bits)


cdef Py_ssize_t _last(list places)

@cython.locals(at=Py_ssize_t)
cdef _remove(list places, Py_ssize_t place)
