"""What communes will ask for: months that come back, and a forecast that says its error."""

from .forecast import Forecast, forecast, seasonal_mean
from .peaks import Peak, fixed_peaks

__all__ = ["Forecast", "Peak", "fixed_peaks", "forecast", "seasonal_mean"]
