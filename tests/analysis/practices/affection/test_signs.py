"""What is known of affection: by hand, in the samples, and where the export tells nothing but visits."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.affection_weights import SIGNS
from analysis.portfolio import Portfolio, analyse
from analysis.practices.affection.signs import (
    BAND_SIGNS,
    band_sign_counts,
    band_signs,
    known_share,
    unknown_signs,
)
from analysis.reading import read
from tests.analysis.books import book_of, every, line, simulated
from tests.shops import till


@pytest.fixture(scope="module")
def shop() -> Portfolio:
    """Ana praises, Eva complains and was refunded, Leo has not come for over a year; Ana brought Eva."""
    return analyse(
        book_of(
            [*every("ana", 30, 14, last="2026-10-30"), *every("eva", 30, 14, last="2026-10-28")],
            lines=[
                line("ana", "2026-10-30", amount=30.0, rating=9.0),
                line("eva", "2026-10-01", "refund", amount=-30.0),
                line("leo", "2025-09-01", amount=30.0),
            ],
            clients=[{"client_id": "ana"}, {"client_id": "eva", "referred_by": "ana"}, {"client_id": "leo"}],
            problems=[{"client_id": "eva", "opened": "2026-10-01"}],
        )
    )


def answers(portfolio: Portfolio, client: str) -> dict[str, str]:
    row = band_signs(portfolio).set_index("client_id").loc[client]
    return {str(sign): str(answer) for sign, answer in row.items()}


def test_each_sign_of_the_essay_is_yes_no_or_not_known(shop: Portfolio) -> None:
    ana, eva, leo = (answers(shop, client) for client in ("ana", "eva", "leo"))
    assert (ana["praises"], ana["recommends"], ana["complains"], ana["speaks_badly"]) == (
        "yes",
        "yes",
        "no",
        "no",
    )
    assert (ana["no_trouble"], eva["no_trouble"]) == ("yes", "no")
    # A refund is a quarrel, an open problem a complaint; nobody rated for Eva, so how she speaks is not known.
    assert (eva["quarrels"], eva["complains"], eva["speaks_badly"]) == ("yes", "yes", "unknown")
    # A visit within the year is contact; who has been away longer may have been called: no contacts, so not known.
    assert (ana["no_contact"], leo["no_contact"]) == ("no", "unknown")


def test_a_word_within_the_year_is_contact_too() -> None:
    rows = [
        {"client_id": "leo", "date": "2025-10-31", "outcome": "contesta"},
        {"client_id": "tom", "date": "2025-10-30", "outcome": "contesta"},  # 365 days ago: the year is over
    ]
    portfolio = analyse(
        book_of(
            [
                *every("ana", 30, 14, last="2026-10-30"),
                *(("leo", "2025-09-01"), ("tom", "2025-10-29"), ("eva", "2025-10-30")),
            ],
            contacts=rows,
        )
    )
    assert answers(portfolio, "leo")["no_contact"] == "no"
    assert answers(portfolio, "tom")["no_contact"] == "yes"
    assert answers(portfolio, "eva")["no_contact"] == "no"  # 365 days ago: not over a year yet


def test_praise_begins_at_eight_and_bad_words_end_at_five() -> None:
    ratings = {"eight": 8.0, "seven": 7.9, "five": 5.0, "six": 5.1}
    visits = [visit for who in ratings for visit in every(who, 30, 6, last="2026-09-30")]
    rated = [line(who, "2026-10-30", amount=30.0, rating=rating) for who, rating in ratings.items()]
    portfolio = analyse(book_of(visits, lines=rated))
    said = {who: answers(portfolio, who) for who in ratings}
    assert [who for who in ratings if said[who]["praises"] == "yes"] == ["eight"]
    assert [who for who in ratings if said[who]["speaks_badly"] == "yes"] == ["five"]
    # All pay the same: known, and no better than others.
    assert {said[who]["pays_better"] for who in ratings} == {"no"}


def test_what_is_not_known_of_a_client_says_what_would_tell_it(shop: Portfolio) -> None:
    found = {unknown.sign: unknown for unknown in unknown_signs(shop, "eva")}
    # The export has ratings, and none of hers; it has no bills and no contacts at all.
    assert found["rating"].columns == ()
    assert found["unpaid"].columns == ("payments.due", "payments.paid")
    assert found["answers"].columns == ("contacts.date", "contacts.outcome")
    most = [unknown.most for unknown in unknown_signs(shop, "eva")]
    assert most == sorted(most, reverse=True)
    assert found["rating"].most == 4.0


def test_of_how_many_each_sign_is_known(shop: Portfolio) -> None:
    table = known_share(shop).set_index("sign")
    assert table.loc["rating", "known"] == 1
    assert table.loc["rating", "share"] == pytest.approx(1 / 3)
    assert table.loc["problems", "share"] == 1.0  # the export tells of problems: who has none, has none
    assert table.loc["unpaid", "share"] == 0.0
    assert table.loc["punctual", "known"] == 2  # Leo came once: no gap yet


@pytest.mark.parametrize("sample", ["salon_sample", "workshop_sample"])
def test_the_samples_know_every_sign_of_somebody(sample: str, request: pytest.FixtureRequest) -> None:
    portfolio: Portfolio = request.getfixturevalue(sample)
    table = known_share(portfolio)
    assert table["sign"].tolist() == list(SIGNS)
    assert (table["known"] > 0).all()
    assert not any(table["columns"])


def test_the_bands_show_their_signs_in_the_sample(salon_sample: Portfolio) -> None:
    """Praise is commoner among the loved, complaints and bad words among the hated."""
    table = band_sign_counts(salon_sample).set_index("sign")
    for sign in ("pays_better", "praises", "recommends"):
        assert table.loc[sign, "yes_loved"] > table.loc[sign, "yes_ignored"] > table.loc[sign, "yes_hated"]
    for sign in ("complains", "speaks_badly"):
        assert table.loc[sign, "yes_hated"] > table.loc[sign, "yes_ignored"] > table.loc[sign, "yes_loved"]
    assert table.loc["no_contact", "yes_loved"] == 0
    assert set(table.index) == {sign for signs in BAND_SIGNS.values() for sign in signs}


def test_the_planted_mood_shows_in_what_clients_say(
    salon_sample: Portfolio, salon_truth: pd.DataFrame
) -> None:
    mood = salon_truth.set_index("client_id")["mood"]
    signs = band_signs(salon_sample).set_index("client_id")
    moods = pd.to_numeric(mood.reindex(signs.index))
    assert moods[signs["praises"] == "yes"].mean() > moods[signs["praises"] == "no"].mean() + 1


def test_a_till_of_visits_alone_says_which_columns_to_add() -> None:
    portfolio = analyse(read([till()]))
    table = known_share(portfolio).set_index("sign")
    assert table.loc["rating", "columns"] == ("sales.rating",)
    assert table.loc["problems", "columns"] == ("problems.opened",)
    assert table.loc["referrals", "columns"] == ("clients.referred_by",)
    assert table.loc["frequency", "columns"] == ()
    told = band_sign_counts(portfolio).set_index("sign")["known"]
    assert told[["praises", "recommends", "quarrels", "complains", "speaks_badly", "no_trouble"]].eq(0).all()


def test_scores_from_behaviour_alone_stay_near_the_middle(salon_sample: Portfolio) -> None:
    """With nothing but visits and money, four in five scores lie within two points of 5, and all from 3.1 to 8.9.

    5 + 2.4 + 1.5 = 8.9: what visits and money add together at most; 3.1 is the floor without an explicit sign. Where
    the sample's other signs are known too, scores reach from 0 to 10.
    """
    book = book_of(
        [
            (row.client_id, str(row.date.date()), row.amount, row.service, row.staff)
            for row in salon_sample.visits.itertuples()
        ]
    )
    alone = analyse(book).clients
    assert alone["behaviour_only"].all()
    assert alone["affection"].between(3.1, 8.9).all()
    assert (alone["affection"] - 5).abs().le(2).mean() > 0.8
    assert alone["affection"].std() < 0.75 * salon_sample.clients["affection"].std()
    assert not alone["band"].eq("hated").any()


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 10_000), st.floats(1.0, 8.0), st.integers(0, 900))
def test_whatever_the_visits_silence_never_makes_anybody_hated(seed: int, k: float, away: int) -> None:
    """The whole way from lines to clients: some come on, and whoever stopped `away` days ago is at worst ignored."""
    visits = simulated(6, k=k, days=500, seed=seed)
    end = pd.Timestamp("2025-05-15") + pd.Timedelta(days=away)
    portfolio = analyse(book_of([*visits, *every("stays", 30, 4, last=str(end.date()))]))
    clients = portfolio.clients
    assert not clients["band"].eq("hated").any()
    assert clients["behaviour_only"].all()
    assert clients["affection"].between(3.1, 8.9).all()
