"""Explanations made by hand: a bee swarm, a waterfall, a scatter."""

import matplotlib.pyplot as plt
import numpy as np
import shap

random = np.random.default_rng(14)
data = random.normal(size=(100, 4))
explanation = shap.Explanation(
    data * [3, 2, 1, 0.5],
    np.zeros(100),
    data,
    feature_names=["age", "dose", "weight", "height"],
)
shap.plots.beeswarm(explanation, show=False)
plt.figure()
shap.plots.waterfall(explanation[0], show=False)
plt.figure()
shap.plots.scatter(explanation[:, 0], ax=plt.gca(), show=False)
