"""Names for the arrays that the simulation passes around."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]
Texts: TypeAlias = NDArray[Any]

#: Days counted from the shop's first, as an array or a column; NaN where there is none.
Days: TypeAlias = Floats | Ints | pd.Series
