"""How roles are given and ended, as several audiences do it, each under its own address."""
