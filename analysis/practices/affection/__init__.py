"""Affection: what moved a score, what is known, who moved between the bands, what each is worth, goals, referrals."""
