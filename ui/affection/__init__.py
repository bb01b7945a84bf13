"""Affection and movement: the map, the bands, who moved, goals and the owner's word."""
