"""Developer tooling behind ``./dev``; standard library only, so that it runs first."""
