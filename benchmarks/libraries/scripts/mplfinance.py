"""Candles with a volume and moving averages; bricks."""

import mplfinance as mpf
import numpy as np
import pandas as pd

random = np.random.default_rng(3)
close = 100 + random.normal(size=60).cumsum()
frame = pd.DataFrame(
    {
        "Open": close - random.normal(size=60) / 2,
        "High": close + 2,
        "Low": close - 2,
        "Close": close,
        "Volume": random.integers(100, 900, 60),
    },
    index=pd.bdate_range("2024-01-01", periods=60),
)
mpf.plot(frame, type="candle", volume=True, mav=(5, 10), returnfig=True)
mpf.plot(frame, type="renko", style="yahoo", returnfig=True)
