"""Statistics on a frame of its own: a grid of relations, a heat map, a cluster map."""

import numpy as np
import pandas as pd
import seaborn as sns

random = np.random.default_rng(1)
frame = pd.DataFrame(
    {
        "dose": random.normal(5, 2, 120),
        "response": random.normal(0, 1, 120),
        "group": np.repeat(["a", "b", "c"], 40),
        "sex": np.tile(["f", "m"], 60),
    }
)
sns.set_theme()
sns.relplot(frame, x="dose", y="response", hue="group", style="sex", col="sex")
sns.jointplot(frame, x="dose", y="response", hue="group")
sns.clustermap(random.random((12, 8)), annot=True, fmt=".1f")
