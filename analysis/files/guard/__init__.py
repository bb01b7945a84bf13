"""Looking at the bytes before any reader does: what is no export and would take the machine down is refused here."""
