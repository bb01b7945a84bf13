"""How many headers seen in the wild are recognised by name alone, and how many of those rightly."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from analysis.reading.fields import OTHER, WEAK_ID
from analysis.reading.meaning.matching import claims_by_name

COLLECTED = Path(__file__).resolve().parents[5] / "shared" / "data" / "synonyms.json"

#: What the collection calls a field, and what we do: ours are finer, and some of theirs are of no use to us.
OURS: Mapping[str, frozenset[str | None]] = {
    "client_id": frozenset({"client_id", "tax_id"}),
    "client_name": frozenset({"client_name"}),
    "date": frozenset({"date"}),
    "amount": frozenset({"amount", "net_amount"}),
    "quantity": frozenset({"quantity"}),
    "unit_price": frozenset({"unit_price"}),
    "service": frozenset({"service"}),
    "staff": frozenset({"staff"}),
    "status": frozenset({"status", "attendance", "voided"}),
    "payment_method": frozenset({None}),
    "due_date": frozenset({"due"}),
    "paid_date": frozenset({"paid"}),
    "phone": frozenset({"phone"}),
    "email": frozenset({"email"}),
    "birthday": frozenset({"birthday"}),
    "complaint_opened": frozenset({"opened"}),
    "complaint_closed": frozenset({"closed"}),
    "rating": frozenset({"rating"}),
    "contact_date": frozenset({"contact_date"}),
    "contact_channel": frozenset({"channel"}),
    "referral": frozenset({"referred_by"}),
    "odometer": frozenset({"meter"}),
    "notes": frozenset({None}),
}


@pytest.mark.skipif(
    not COLLECTED.is_file(), reason="the collected headers (../shared/data) are not on this machine"
)
def test_headers_seen_in_the_wild_are_recognised_by_their_name():
    right = wrong = missed = 0
    for field, headers in json.loads(COLLECTED.read_text("utf-8")).items():
        for header in headers:
            claims = claims_by_name(header)
            best = max(claims, key=lambda name: claims[name], default=None)
            if best in OURS[field]:
                right += 1
            elif best is None:
                missed += 1
            else:
                wrong += 1
    precision, recall = right / (right + wrong), right / (right + wrong + missed)
    assert right + wrong + missed == 675
    assert (precision >= 0.97, recall >= 0.95) == (True, True), (precision, recall)


def test_a_name_of_another_field_is_no_claim():
    assert claims_by_name("Forma de pago") == {}
    assert not {OTHER, WEAK_ID} & claims_by_name("Code").keys()
