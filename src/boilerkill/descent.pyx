# cython: boundscheck=False, wraparound=False, initializedcheck=False
"""From the roots of trees to their leaves: what `boilerkill.trees` does with numpy, compiled.

It is built where there is a compiler (see ``hatch_build.py``), and takes a third of the time.
"""

# So many rows go down a tree side by side: the processor works on all of them while it waits for
# what the next step of each looks at.
cdef enum:
    LANES = 8


# One of `boilerkill.trees.NODE`.
cdef struct Node:
    int feature
    float threshold
    # The right one, and the left one.
    int[2] children


def descend(
    const float[:, ::1] table,
    const unsigned char[:, ::1] trees,
    const float[:, ::1] values,
    int depth,
    float[:, ::1] found,
):
    """Find what each tree says of each row.

    Args:
        table: The measurements; (rows, features).
        trees: The bytes of the nodes of each tree; (trees, nodes * size of a node).
        values: What a tree says that ends at a node; (trees, nodes).
        depth: The most steps from a root to a leaf, which has itself for its children.
        found: Where what the trees say is written; (rows, trees).
    """
    cdef Py_ssize_t row = 0, rows = table.shape[0]
    with nogil:
        while row < rows:
            if rows - row >= LANES:
                _descend(table, trees, values, depth, found, row, LANES)
                row += LANES
            else:
                _descend(table, trees, values, depth, found, row, 1)
                row += 1


cdef inline void _descend(
    const float[:, ::1] table,
    const unsigned char[:, ::1] trees,
    const float[:, ::1] values,
    int depth,
    float[:, ::1] found,
    Py_ssize_t row,
    Py_ssize_t lanes,
) noexcept nogil:
    """Take some rows down every tree; for a fixed number of them the loops over it are unrolled."""
    cdef Py_ssize_t tree, lane
    cdef int step
    cdef int[LANES] at
    cdef const Node* nodes
    cdef const Node* node
    for tree in range(trees.shape[0]):
        nodes = <const Node*> &trees[tree, 0]
        for lane in range(lanes):
            at[lane] = 0
        for step in range(depth):
            for lane in range(lanes):
                node = nodes + at[lane]
                at[lane] = node.children[table[row + lane, node.feature] <= node.threshold]
        for lane in range(lanes):
            found[row + lane, tree] = values[tree, at[lane]]
