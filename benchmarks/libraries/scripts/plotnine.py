"""Points by group with a smooth line, facets."""

import numpy as np
import pandas as pd
from plotnine import aes, facet_wrap, geom_bar, geom_point, geom_smooth, ggplot

random = np.random.default_rng(13)
frame = pd.DataFrame(
    {"x": np.arange(60.0), "y": random.normal(size=60).cumsum(), "g": list("abc") * 20}
)
(
    ggplot(frame, aes("x", "y", color="g")) + geom_point() + geom_smooth(method="lm")
).draw(show=True)
(ggplot(frame, aes("g", fill="g")) + geom_bar() + facet_wrap("g")).draw(show=True)
