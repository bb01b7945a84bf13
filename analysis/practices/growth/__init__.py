"""Where growth comes from: new and existing clients, second visits, cohorts and what brings those who stay."""
