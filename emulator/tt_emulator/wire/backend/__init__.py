"""The platform's server API, as a game's own backend calls it over HTTP."""
