import numpy as np
import numpy.typing as npt

def descend(
    table: npt.NDArray[np.float32],
    trees: npt.NDArray[np.uint8],
    values: npt.NDArray[np.float32],
    depth: int,
    found: npt.NDArray[np.float32],
) -> None: ...
