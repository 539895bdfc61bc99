"""Quantiles, autocorrelation, a regression's diagnosis."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import statsmodels.api as sm

random = np.random.default_rng(7)
x = random.normal(size=80)
model = sm.OLS(2 * x + random.normal(size=80), pd.DataFrame({"const": 1.0, "x": x}))
fit = model.fit()
sm.qqplot(fit.resid, line="s")
sm.graphics.tsa.plot_acf(x.cumsum())
sm.graphics.plot_regress_exog(fit, "x", fig=plt.figure(figsize=(8, 6)))
