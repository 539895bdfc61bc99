"""The whole sky, and a part of it."""

import healpy as hp
import numpy as np

sky = np.arange(hp.nside2npix(16), dtype=float)
hp.mollview(sky, title="all")
hp.graticule()
hp.gnomview(sky, rot=(30, 40))
hp.projview(sky, coord=["G"], graticule=True, graticule_labels=True)
