"""Where growth comes from."""
