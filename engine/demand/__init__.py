"""Expected replacement requests: seasonal months, and a forecast with its error."""

from .forecast import Forecast, forecast, seasonal_mean
from .peaks import Peak, fixed_peaks

__all__ = ["Forecast", "Peak", "fixed_peaks", "forecast", "seasonal_mean"]
