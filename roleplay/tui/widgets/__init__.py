"""The widgets, one a file. They show values and post what was done; they decide nothing."""
