"""The benchmark: zicha and other bots under the same crowd, in one run, compared as ratios."""
